internal import Availability
internal import Intervals

/// cancelling, by client or therapist, until the start.
enum Cancelling {
  static func needs(_ wish: CancelWish) -> Needs {
    var needs = Needs()
    needs.appointments.insert(wish.appointment)
    return needs
  }

  static func decide(
    _ wish: CancelWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    guard let appointment = facts.appointments[wish.appointment],
      appointment.isVisible(to: actor)
    else { return .refuse(.notFound(id: wish.appointment.text, field: "appointment_id")) }

    let target: AppointmentState =
      switch actor {
      case .client: .cancelledByClient
      case .therapist, .staff: .cancelledByTherapist
      }
    if let seen = wish.seenVersion, seen != appointment.version {
      return .refuse(
        .staleVersion(id: appointment.id.text, seen: seen, current: appointment.version))
    }
    guard Transitions.allowed(from: appointment.state).contains(target) else {
      return .refuse(.transition(appointment.id, from: appointment.state, to: target))
    }
    guard stamp.at < appointment.span.start.instant else {
      return .refuse(.begun(appointment.id, at: appointment.span.start))
    }

    let cancelled = appointment.cancelled(as: target, reason: wish.reason, at: stamp.at)
    let transition = Transition(
      appointment: appointment.id, version: cancelled.version, from: appointment.state,
      to: target, at: stamp.at, by: actor, reason: wish.reason)
    return .change(
      Change(
        events: [.appointmentCancelled(cancelled, transition)],
        effects: [
          .message(.appointmentCancelled, to: .client(cancelled.client), about: cancelled.id),
          .message(.appointmentCancelled, to: .therapist(cancelled.therapist), about: cancelled.id),
        ],
        answer: .cancelled(cancelled)))
  }
}
