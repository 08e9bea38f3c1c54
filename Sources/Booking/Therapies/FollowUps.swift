internal import Availability

/// B-7: where the policy says so, what follows a first full session waits until one was held and paid.
///
/// All ways to a new appointment ask this: `need` before, `check` when it is decided.
enum FollowUps {
  /// - Parameter service: the one to be booked, whose policy counts.
  static func need(
    of pair: CarePair, booking service: ServiceID, by actor: Actor, in needs: inout Needs
  ) {
    needs.therapies.insert(pair)
    needs.services.insert(service)
    if isBound(actor) { needs.careHistories[pair] = service }
  }

  /// As `need` for who is in an appointment.
  static func need(of appointment: AppointmentID, by actor: Actor, in needs: inout Needs) {
    needs.appointmentsWhole.insert(appointment)
    if isBound(actor) { needs.careHistoriesOf.insert(appointment) }
  }

  /// - Parameter count: how many sessions are booked together, as in a series.
  static func check(
    _ service: HealthcareService, sessions count: Int = 1, with pair: CarePair, by actor: Actor,
    facts: Facts
  ) throws(Refused) {
    let policy = facts.policy(of: service).appointments
    guard policy.followUpsAfterFirstSession, isBound(actor) else { return }
    guard let history = facts.careHistories[pair] else {
      preconditionFailure("who asks for follow-ups needs their history")
    }
    switch history.followUps(fullSessionMinutes: policy.fullSessionMinutes) {
    case .first:
      // The first full one of several makes the others follow-ups.
      if count > 1 && service.durationMinutes >= policy.fullSessionMinutes {
        throw Refused(.followUpNotOpen(pair))
      }
    case .waiting: throw Refused(.followUpNotOpen(pair))
    case .open:
      switch actor {
      case .staff, .time, .gateway, .therapist: break
      case .client, .link:
        guard facts.therapies[pair]?.selfBooking == true else {
          throw Refused(.selfBookingOff(pair))
        }
      }
    }
  }

  /// Staff book regardless.
  private static func isBound(_ actor: Actor) -> Bool {
    switch actor {
    case .staff, .time, .gateway: false
    case .therapist, .client, .link: true
    }
  }
}
