internal import Availability
internal import Booking

/// What one change makes of the time that appointments take, from before it to after it.
///
/// Appointments that move together may go to each other's places: all give up theirs first.
struct OccupationMoves {
  private var order: [AppointmentID] = []
  private var before: [AppointmentID: Occupation] = [:]
  private var after: [AppointmentID: Occupation] = [:]

  /// - Parameter old: nil for one that is new.
  mutating func note(_ appointment: Appointment, from old: Appointment?) {
    if !order.contains(appointment.id) {
      order.append(appointment.id)
      before[appointment.id] = old?.taken
    }
    after[appointment.id] = appointment.taken
  }

  private var moved: [AppointmentID] { order.filter { before[$0] != after[$0] } }

  var freed: [IndexChange] { moved.compactMap { before[$0].map(IndexChange.vacate) } }
  var taken: [IndexChange] { moved.compactMap { after[$0].map(IndexChange.occupy) } }
}
