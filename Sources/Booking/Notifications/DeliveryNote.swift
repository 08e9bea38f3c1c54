public import Intervals

/// What came of a message that was to be sent (N-4).
public struct DeliveryNote: Hashable, Sendable {
  public enum Fate: Hashable, Sendable {
    /// - Parameter reference: the transport's own id; may be empty.
    case sent(reference: String)
    case retry(at: Instant, error: String)
    /// It would come too late, or there is nobody or no way to send it to.
    case skipped(why: String)
    case givenUp(error: String)
  }

  /// Which message: the position of its event, and its ordinal there.
  public let position: Int64
  public let ordinal: Int64
  public let tries: Int32
  public let fate: Fate
  public let at: Instant

  public init(position: Int64, ordinal: Int64, tries: Int32, fate: Fate, at: Instant) {
    self.position = position
    self.ordinal = ordinal
    self.tries = tries
    self.fate = fate
    self.at = at
  }
}
