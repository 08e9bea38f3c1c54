/// What makes a session card (K-8) that can be handed out.
public protocol SessionCardPrinter: Sendable {
  /// A PDF document, whole. Takes its time on the thread that calls: not for an event loop.
  /// Throws `SessionCardError`.
  func print(_ card: SessionCard) throws -> [UInt8]
}

/// Why a card could not be made.
public enum SessionCardError: Error, Hashable {
  /// No IANA time zone of this name is known here.
  case unknownZone(String)
  /// What the drawing library says: memory ran out, as a rule.
  case drawing(String)
}
