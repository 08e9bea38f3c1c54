/// Something that a correct server never does.
public enum Violation: Equatable, Sendable, CustomStringConvertible {
  /// A search offered a start during a booking that stood for the whole of the search.
  case offeredWhileHeld(startMs: Int64, booking: Booking)
  /// Two bookings that overlap were both acknowledged, for one therapist or one client.
  case doubleBooked(first: Booking, second: Booking)
  /// An acknowledged booking, or its cancellation, was not there when read back.
  case lost(booking: Booking, found: String)
  /// A reply that breaks the contract; says how.
  case malformed(String)

  public var description: String {
    switch self {
    case .offeredWhileHeld(let startMs, let booking):
      "offered \(booking.slot.therapistID) at \(startMs) ms, but \(Self.name(booking)) was held"
        + " from before the search was sent until after it was answered"
    case .doubleBooked(let first, let second):
      "acknowledged \(Self.name(second)) while \(Self.name(first)) was held"
    case .lost(let booking, let found):
      "\(Self.name(booking)) was acknowledged, but reading it back gave: \(found)"
    case .malformed(let how):
      "malformed reply: \(how)"
    }
  }

  private static func name(_ booking: Booking) -> String {
    "\(booking.appointmentID) (\(booking.slot.therapistID), \(booking.clientID),"
      + " \(booking.slot.startMs)..<\(booking.slot.endMs) ms)"
  }
}
