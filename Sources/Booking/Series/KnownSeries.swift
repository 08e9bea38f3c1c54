internal import Availability
internal import Intervals

/// A series that a request is about by naming one of its appointments.
struct KnownSeries {
  let series: Series
  /// The one named.
  let pivot: Appointment
  /// In the order in which the rule gave them.
  let appointments: [Appointment]
  let zone: Zone
  /// What the rule gives.
  let days: [RuleDay]

  init(
    around id: AppointmentID, seen version: Int64?, by actor: Actor, facts: Facts
  ) throws(Refused) {
    pivot = try Appointment.known(id, to: actor, seen: version, facts: facts)
    guard let membership = pivot.recurrence else {
      throw Refused(
        .invalid([
          FieldFault(field: "appointment_id", expected: "expected an appointment of a series")
        ]))
    }
    guard let series = facts.series[membership.series],
      let appointments = facts.occurrences[membership.series],
      let therapist = facts.index.therapist(series.therapist)
    else { preconditionFailure("an appointment comes with its series") }
    self.series = series
    self.appointments = appointments
    zone = therapist.zone
    days = try RuleDay.all(of: series.rule, from: series.localStart, in: zone)
  }

  /// Where the rule has an appointment, wherever it was moved by itself since.
  ///
  /// A rule gives one a day at most. What its clocks showed may have changed with the zone's rules.
  func place(of appointment: Appointment) -> LocalMinute {
    let shown = zone.local(appointment.originalStart)
    return days.first { $0.local.date == shown.date }?.local ?? shown
  }

  /// What a scope is about, whatever its state.
  func members(in scope: SeriesScope) -> [Appointment] {
    switch scope {
    case .this: [pivot]
    case .thisAndFollowing: appointments.filter { $0.originalStart >= pivot.originalStart }
    case .all: appointments
    }
  }
}

extension Appointment {
  /// Where the rule had it when it was made, or moved with its series.
  var originalStart: Minute { recurrence?.originalStart ?? span.start }
}
