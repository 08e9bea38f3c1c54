internal import Accounting
internal import Availability
internal import Intervals

/// cancelling, by client or therapist, until the start.
enum Cancelling {
  static func needs(_ wish: CancelWish) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(wish.appointment)
    return needs
  }

  static func decide(
    _ wish: CancelWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let appointment = try Appointment.known(
        wish.appointment, to: actor, seen: wish.seenVersion, facts: facts)
      if case .link = actor, let refusal = appointment.linkRefusal(at: stamp.at) {
        throw Refused(refusal)
      }
      let (cancellation, till) = try cancel(
        appointment, wish.reason, by: actor, facts: facts, stamp: stamp)
      return .change(
        Change(
          events: till.events,
          effects: Messages.cancelled(cancellation.appointment, isQuiet: wish.isQuiet)
            + till.effects, answer: .cancelled(cancellation)))
    } catch {
      return .refuse(error.refusal)
    }
  }

  /// Cancels one that the actor may know of, and settles its money.
  static func cancel(
    _ appointment: Appointment, _ reason: String, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> (cancellation: Cancellation, till: Till) {
    let target: AppointmentState =
      switch actor.role {
      case .client: .cancelledByClient
      case .therapist, .staff: .cancelledByTherapist
      }
    try appointment.require(target)
    guard stamp.at < appointment.span.start.instant else {
      throw Refused(.begun(appointment.id, at: appointment.span.start))
    }
    let settlement = Settlement.of(
      appointment, by: actor, under: facts.policy(of: appointment).cancellation, at: stamp.at)
    // A request is not cancelled but taken back (B-6).
    let step: AppointmentStep = appointment.state == .requested ? .withdrawn : .cancelled
    let stepped = appointment.stepping(step, by: actor, at: stamp.at, reason: reason) {
      $0.state = target
      $0.cancelReason = reason
      $0.fee = settlement.fee.minorUnits
      // K-6: a session that costs something is used up.
      $0.package?.session = settlement.fee.isZero ? .released : .attended
      $0.paymentStatus = $0.paymentStatus(after: settlement)
      $0.chargeAt = nil
      $0.paymentDeadline = nil
      $0.givingUpAt = nil
      $0.due = nil
    }
    var till = Till(
      stepped.appointment, after: [stepped.event], facts: facts, by: actor, stamp: stamp)
    till.settleCancelled()
    return (
      Cancellation(
        appointment: till.appointment, settlement: settlement,
        alternatives: appointment.alternatives(
          for: appointment.client, by: actor, facts: facts, at: stamp.at)), till
    )
  }
}

extension Till {
  /// nothing more is taken than the fee, and what was paid beyond it goes back.
  fileprivate mutating func settleCancelled() {
    stopIntents()
    giveBackExcess(because: "cancelled")
    // While a gateway may still take the price, its answer is waited for: it decides how much is missing.
    if open == nil { chargeFee() }
  }

  /// What is missing of the fee is charged where there is something to charge; else it stands as an open claim.
  mutating func chargeFee() {
    guard appointment.plan == .captureBefore, appointment.payable > 0 else { return }
    let now = now
    amend { $0.chargeAt = now }
  }
}

extension Appointment {
  /// The appointment that a request names, if the actor may know of it and it is as they saw it.
  static func known(
    _ id: AppointmentID, to actor: Actor, seen version: Int64?, facts: Facts
  ) throws(Refused) -> Appointment {
    guard let appointment = facts.appointments[id], appointment.isVisible(to: actor) else {
      throw Refused(.notFound(id: id.text, field: "appointment_id"))
    }
    if let version, version != appointment.version {
      throw Refused(
        .staleVersion(id: id.text, seen: version, current: appointment.version))
    }
    return appointment
  }

  /// What is paid once it is cancelled: the claim goes with the session, but for a fee.
  fileprivate func paymentStatus(after settlement: Settlement) -> PaymentStatus {
    settlement.outstanding.isZero ? statusOfMoneyKept : .due
  }
}
