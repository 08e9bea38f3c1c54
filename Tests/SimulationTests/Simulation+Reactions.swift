internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What follows from what happened: what time and courier have to do, and what people do about it.
extension Simulation {
  func react(to event: Event) {
    switch event {
    case .appointmentBooked(let appointment, _):
      due(appointment, since: nil)
      planLife(of: appointment)
    case .appointmentChanged(let appointment, from: let old, let transition):
      due(appointment, since: old)
      trace(appointment, transition)
      react(to: transition.step, of: appointment)
    case .moneyMoved(let payment):
      if let errand = payment.errand { due(errand, .refund(payment.id)) }
    case .moneyChanged(let payment, from: let old):
      if let errand = payment.errand, errand != old.errand { due(errand, .refund(payment.id)) }
      note(.refund(payment.id), "refund \(payment.state) \(payment.amount.minorUnits)")
    case .paymentIntentMade(let intent): react(to: intent, from: nil)
    case .paymentIntentChanged(let intent, from: let old): react(to: intent, from: old)
    case .paymentMethodMade(let method), .paymentMethodChanged(let method):
      if let errand = method.errand { due(errand, .method(method.id)) }
    case .benefitMade(let benefit), .benefitChanged(let benefit, from: _):
      if let due = benefit.due { agenda.add(.expire(benefit.id), at: due) }
    case .appointmentReminded(let appointment): due(appointment, since: nil)
    case .packageLinked(let link): react(toNew: link)
    case .packageLinkChanged(let link, from: let old): if link.due != old.due { react(to: link) }
    case .clientRegistered, .therapyBegun, .therapyChanged, .seriesMade, .seriesChanged,
      .holdTaken, .holdRenewed, .holdReleased, .holdBooked, .holdLapsed, .locationPut,
      .therapistPut, .servicePut, .schedulePut, .policyPut, .payoutRecorded, .gatewayEventHeard,
      .attendanceStatusesPut, .clientChanged, .packagePut,
      .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut,
      .webhookEndpointDeleted, .deliveryNoted, .webhooksNoted:
      break
    }
  }

  private func due(_ errand: Errand, _ subject: ErrandSubject) {
    courier.recorded(errand, of: subject)
    agenda.add(.errand(subject, errand.number), at: errand.due)
  }

  private func due(_ appointment: Appointment, since old: Appointment?) {
    if let due = appointment.due, due != old?.due {
      // Whoever looks for what is due takes a moment.
      agenda.add(
        .passTime(appointment.id), at: due.advanced(byMs: dice.chance(100) ? dice.roll(0...900) : 0)
      )
    }
    if let deadline = appointment.paymentDeadline, deadline != old?.paymentDeadline {
      agenda.add(
        .slotCheck(appointment.id), at: deadline.advanced(byMs: 10 * Ms.minute + 2 * Ms.second))
    }
  }

  private func react(to intent: PaymentIntent, from old: PaymentIntent?) {
    if let errand = intent.errand, errand != old?.errand { due(errand, .intent(intent.id)) }
    note(
      .intent(intent.id),
      "intent \(intent.id.rawValue % 1_000) \(intent.state) captured \(intent.captured) refunded \(intent.refunded) errand \(intent.errand?.kind.rawValue ?? "-") \(intent.errand?.number ?? 0)"
    )
    guard intent.state == .requiresAction, old?.state != .requiresAction, dice.chance(700) else {
      return
    }
    let at = now.advanced(byMs: dice.roll(10 * Ms.second...20 * Ms.minute))
    if dice.chance(700) {
      agenda.add(.deed(.confirm(intent.id)), at: at)
    } else {
      agenda.add(.gateway(.payInBrowser(intent.id)), at: at)
    }
    // Two windows are open.
    if dice.chance(100) { agenda.add(.deed(.confirm(intent.id)), at: at.advanced(byMs: 1)) }
  }

  private func react(to step: AppointmentStep, of appointment: Appointment) {
    let id = appointment.id
    switch step {
    case .paymentFailed:
      guard appointment.payable > 0, dice.chance(600) else { return }
      agenda.add(.deed(.pay(id)), at: now.advanced(byMs: dice.roll(0...5 * Ms.hour)))
    case .refundFailed, .disputeWon, .disputeLost:
      agenda.add(.deed(.tidyUp(id)), at: now.advanced(byMs: dice.roll(Ms.hour...3 * Ms.day)))
    case .charged:
      // Just as it is charged, somebody cancels.
      if dice.chance(60) {
        agenda.add(.deed(.cancel(id)), at: now.advanced(byMs: dice.roll(0...35 * Ms.second)))
      }
    case .cancelled, .paymentCancelled:
      agenda.add(.deed(.tidyUp(id)), at: now.advanced(byMs: dice.roll(Ms.day...4 * Ms.day)))
      if appointment.payable > 0, dice.chance(400) {
        agenda.add(.deed(.payByHand(id)), at: now.advanced(byMs: dice.roll(0...3 * Ms.day)))
      }
    case .completed:
      agenda.add(.deed(.attend(id)), at: now.advanced(byMs: dice.roll(0...2 * Ms.day)))
      if appointment.payable > 0, dice.chance(750) {
        let at = now.advanced(byMs: dice.roll(0...2 * Ms.day))
        agenda.add(.deed(.payByHand(id)), at: at)
        if dice.chance(50) { agenda.add(.deed(.payByHand(id)), at: at) }
      }
      if dice.chance(30) {
        let at = now.advanced(byMs: dice.roll(0...9 * Ms.day))
        agenda.add(.deed(.refund(id)), at: at)
        // Two at the desk at once.
        if dice.chance(300) { agenda.add(.deed(.refund(id)), at: at) }
      }
      agenda.add(.deed(.tidyUp(id)), at: now.advanced(byMs: 12 * Ms.day))
    case .attendanceSet:
      if appointment.kept > appointment.claim {
        agenda.add(.deed(.tidyUp(id)), at: now.advanced(byMs: dice.roll(Ms.day...3 * Ms.day)))
      }
      if dice.chance(60) {
        agenda.add(.deed(.attend(id)), at: now.advanced(byMs: dice.roll(0...5 * Ms.day)))
      }
    case .procedureChosen:
      agenda.add(.deed(.tidyUp(id)), at: now.advanced(byMs: dice.roll(Ms.day...3 * Ms.day)))
      if appointment.payable > 0, dice.chance(300) {
        agenda.add(.deed(.payByHand(id)), at: now.advanced(byMs: dice.roll(0...Ms.day)))
      }
    case .booked, .requested, .accepted, .declined, .withdrawn, .expired, .rescheduled, .begun,
      .paymentBegun, .paymentRecorded, .refundRecorded, .paymentSucceeded, .paymentStopped,
      .benefitsUsed, .refundBegun, .disputed, .unlinked, .joinedSeries:
      break
    }
  }

  /// What becomes of an appointment because people are as they are.
  private func planLife(of appointment: Appointment) {
    let id = appointment.id
    let start = appointment.span.start.instant
    let lead = start.msSinceEpoch - now.msSinceEpoch
    if appointment.plan == .prepaid, appointment.payable > 0, dice.chance(920) {
      let at = now.advanced(byMs: dice.roll(0...17 * Ms.minute))
      agenda.add(.deed(.pay(id)), at: at)
      // A double click.
      if dice.chance(60) { agenda.add(.deed(.pay(id)), at: at.advanced(byMs: dice.roll(0...500))) }
    } else if appointment.payable > 0, dice.chance(60) {
      agenda.add(.deed(.pay(id)), at: now.advanced(byMs: dice.roll(0...lead)))
    }
    if appointment.package?.isByProcedure == true {
      agenda.add(.deed(.chooseProcedure(id)), at: now.advanced(byMs: dice.roll(0...lead + Ms.day)))
      if dice.chance(250) {
        agenda.add(
          .deed(.chooseProcedure(id)), at: now.advanced(byMs: dice.roll(0...lead + 3 * Ms.day)))
      }
    }
    if dice.chance(170) {
      agenda.add(.deed(.cancel(id)), at: now.advanced(byMs: dice.roll(0...lead)))
    }
    if dice.chance(80) {
      agenda.add(.deed(.reschedule(id)), at: now.advanced(byMs: dice.roll(0...lead)))
    }
    if dice.chance(30) {
      agenda.add(.deed(.useBenefits(id)), at: now.advanced(byMs: dice.roll(0...lead)))
    }
    if dice.chance(30) {
      agenda.add(.deed(.payByHand(id)), at: now.advanced(byMs: dice.roll(0...lead)))
    }
    if dice.chance(15) {
      agenda.add(.deed(.refund(id)), at: now.advanced(byMs: dice.roll(0...lead + Ms.day)))
    }
    if dice.chance(20) {
      agenda.add(.deed(.complete(id)), at: start.advanced(byMs: dice.roll(0...50) * Ms.minute))
    }
  }

  private func trace(_ one: Appointment, _ transition: Transition) {
    guard let traced, traced == one.id.text else { return }
    trace.append(
      "\(now.msSinceEpoch) \(transition.step.rawValue) by \(transition.by.kind.rawValue) \(transition.reason): "
        + "\(one.state.rawValue) \(one.paymentStatus.rawValue) paid \(one.paid) refunded \(one.refunded) "
        + "of \(one.price.minorUnits), fee \(one.fee)")
  }
}
