internal import Availability
internal import Intervals

/// A-2, B-6, P-4: what time does to an appointment by itself: all that is due by now, in order.
///
/// Asked about one to which nothing is due, it changes nothing: a step is taken once, however often
/// it is asked for.
enum PassingTime {
  static func needs(_ id: AppointmentID) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(id)
    return needs
  }

  static func decide(_ id: AppointmentID, facts: Facts, stamp: Stamp) -> Decision {
    guard var appointment = facts.appointments[id],
      let service = facts.services[appointment.service]
    else { return .refuse(.notFound(id: id.text, field: "appointment_id")) }
    let policy = facts.policy(of: service).appointments
    var events: [Event] = []
    var effects: [Effect] = []
    while let due = appointment.due, due <= stamp.at, let next = next(of: appointment) {
      let stepped = appointment.stepping(next.step, by: .time, at: stamp.at) {
        $0.state = next.state
        if next.state == .paymentCancelled {
          // What was paid in part has to be given back.
          $0.paymentStatus = $0.statusOfMoneyKept
          $0.paymentDeadline = nil
        }
        $0.due = $0.nextDue(completeAfterMinutes: policy.completeAfterMinutes)
      }
      appointment = stepped.appointment
      events.append(stepped.event)
      if next.state == .paymentCancelled { effects += Messages.paymentCancelled(appointment) }
    }
    return .change(Change(events: events, effects: effects, answer: .timePassed(appointment)))
  }

  /// Nil for a state in which time brings nothing.
  private static func next(
    of appointment: Appointment
  ) -> (state: AppointmentState, step: AppointmentStep)? {
    switch appointment.state {
    case .requested: (.expired, .expired)
    case .initiated, .paymentProcessing: (.paymentCancelled, .paymentCancelled)
    case .scheduled: (.inProgress, .begun)
    case .inProgress: (.completed, .completed)
    case .completed, .cancelledByClient, .cancelledByTherapist, .paymentCancelled, .declined,
      .expired:
      nil
    }
  }
}
