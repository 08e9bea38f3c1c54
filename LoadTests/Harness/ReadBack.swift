internal import CWire
internal import Workload

/// Holds what was acknowledged against what the server has, once the load is over.
struct ReadBack {
  private static let sampleMax = 200
  private static let reason = "load test is over"

  private let desk: Desk
  /// Bookings that were read.
  private(set) var checked = 0
  private(set) var violations: [Violation] = []

  init(_ desk: Desk) {
    self.desk = desk
  }

  /// Reads a sample of the bookings that stand, and those that were cancelled.
  mutating func check(held: [Booking], cancelled: [Booking]) {
    let step = max(1, held.count / Self.sampleMax)
    for place in stride(from: 0, to: held.count, by: step) { check(held[place], stands: true) }
    for booking in cancelled { check(booking, stands: false) }
  }

  /// Cancels the bookings that stand, so that the next run finds what this one found.
  func cleanUp(_ held: [Booking]) throws(CallFailed) {
    for booking in held {
      try desk.call("Appointments/Cancel") { output, call in
        cwire_append_cancel(&output, call, booking.appointmentID, Self.reason)
      } decode: { arena, bytes, size -> Void? in
        var appointment = cwire_appointment()
        return cwire_decode_cancel(arena, bytes, size, &appointment) ? () : nil
      }
    }
  }

  private mutating func check(_ booking: Booking, stands: Bool) {
    checked += 1
    do throws(CallFailed) {
      let difference = try desk.call("Appointments/Get") { output, call in
        cwire_append_get(&output, call, booking.appointmentID)
      } decode: { arena, bytes, size -> String?? in
        var appointment = cwire_appointment()
        guard cwire_decode_get(arena, bytes, size, &appointment) else { return nil }
        return .some(appointment.difference(from: booking, scheduled: stands))
      }
      if let difference { violations.append(.lost(booking: booking, found: difference)) }
    } catch {
      violations.append(.lost(booking: booking, found: error.description))
    }
  }
}
