internal import CWire
internal import Workload

/// Holds what was acknowledged against what the server has, once the load is over: every booking that
/// stands, and every one that was cancelled.
struct ReadBack {
  private static let atOnce = 256
  private static let reason = "load test is over"

  private let desk: Desk
  /// Bookings that were read.
  private(set) var checked = 0
  private(set) var violations: [Violation] = []

  init(_ desk: Desk) {
    self.desk = desk
  }

  /// Reads the bookings that stand, and those that were cancelled.
  mutating func check(held: [Booking], cancelled: [Booking]) throws(CallFailed) {
    try check(held, stand: true)
    try check(cancelled, stand: false)
  }

  /// Cancels the bookings that stand, so that the next load finds what this one found.
  func cleanUp(_ held: [Booking]) throws(CallFailed) {
    for batch in Self.batches(of: held) {
      var trouble: String?
      try desk.calls("Appointments/Cancel", count: batch.count) { output, call, number in
        cwire_append_cancel(&output, call, batch[number].appointmentID, Self.reason)
      } take: { _, frame, _ in
        if frame.status.code != UInt32(CWIRE_OK) { trouble = describe(frame.status) }
      }
      if let trouble { throw CallFailed("Appointments/Cancel", trouble) }
    }
  }

  private mutating func check(_ bookings: [Booking], stand: Bool) throws(CallFailed) {
    for batch in Self.batches(of: bookings) {
      var found: [Violation] = []
      try desk.calls("Appointments/Get", count: batch.count) { output, call, number in
        cwire_append_get(&output, call, batch[number].appointmentID)
      } take: { arena, frame, number in
        let booking = batch[number]
        if let difference = Self.difference(frame, from: booking, stands: stand, arena) {
          found.append(.lost(booking: booking, found: difference))
        }
      }
      checked += batch.count
      violations += found
    }
  }

  private static func difference(
    _ frame: cwire_frame, from booking: Booking, stands: Bool, _ arena: OpaquePointer
  ) -> String? {
    guard frame.status.code == UInt32(CWIRE_OK) else { return describe(frame.status) }
    var appointment = cwire_appointment()
    guard cwire_decode_get(arena, frame.bytes, frame.size, &appointment) else {
      return "no AppointmentsGetResponse with an appointment"
    }
    return appointment.difference(from: booking, scheduled: stands)
  }

  private static func batches(of bookings: [Booking]) -> [[Booking]] {
    stride(from: 0, to: bookings.count, by: atOnce).map { first in
      Array(bookings[first..<min(first + atOnce, bookings.count)])
    }
  }
}
