internal import CWire
internal import Glibc
internal import Workload

extension cwire_appointment {
  /// What differs from the booking, in words; nil when it is the same.
  ///
  /// - Parameter scheduled: Whether it should stand, or be cancelled.
  func difference(from booking: Booking, scheduled: Bool) -> String? {
    let same = { (one: UnsafePointer<CChar>, other: String) in strcmp(one, other) == 0 }
    if !same(id, booking.appointmentID) { return "id \(String(cString: id))" }
    if !same(therapist_id, booking.slot.therapistID) {
      return "therapist \(String(cString: therapist_id))"
    }
    if !same(service_id, booking.slot.serviceID) { return "service \(String(cString: service_id))" }
    if !same(location_id, booking.slot.locationID) {
      return "location \(String(cString: location_id))"
    }
    if !same(client_id, booking.clientID) { return "client \(String(cString: client_id))" }
    if start_ms != booking.slot.startMs || end_ms != booking.slot.endMs {
      return "time \(start_ms)..<\(end_ms) ms"
    }
    let cancelled = [UInt32(CWIRE_CANCELLED_BY_CLIENT), UInt32(CWIRE_CANCELLED_BY_THERAPIST)]
    let isAsExpected =
      scheduled ? state == UInt32(CWIRE_SCHEDULED) : cancelled.contains(state)
    return isAsExpected ? nil : "state \(state)"
  }
}
