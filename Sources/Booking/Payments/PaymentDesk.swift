internal import Accounting
internal import Availability
internal import Intervals

/// P-1, P-4, P-6: the money of appointments that moves outside, recorded by hand.
enum PaymentDesk {
  static func needs(_ id: AppointmentID) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(id)
    return needs
  }

  /// Money came in: all that is due, or a part.
  static func record(
    _ wish: MoneyWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let appointment = try known(wish, to: actor, facts: facts)
      guard !appointment.isTooLateToPay(at: stamp.at) else {
        throw Refused(.notInState(appointment.id, .paymentCancelled, .recordPayment))
      }
      guard appointment.takesPayments else {
        throw Refused(.notInState(appointment.id, appointment.state, .recordPayment))
      }
      let due = appointment.payable
      guard due > 0 else { throw Refused(.nothingDue(appointment.id)) }
      let amount = try wish.amount(upTo: due, of: appointment, or: due, "which is due")
      return .change(
        take(amount, as: wish, for: appointment, by: actor, facts: facts, stamp: stamp))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func take(
    _ amount: Int64, as wish: MoneyWish, for appointment: Appointment, by actor: Actor,
    facts: Facts, stamp: Stamp
  ) -> Change {
    let isWhole = amount == appointment.payable
    let confirms = isWhole && appointment.awaitsPayment
    let payment = wish.payment(.payment, of: appointment.money(amount), stamp: stamp)
    var till = Till(appointment, facts: facts, by: actor, stamp: stamp)
    till.move(payment)
    till.step(.paymentRecorded, reason: wish.note) {
      $0.paid += amount
      $0.paymentStatus = $0.status(onceWhole: isWhole)
      if confirms { $0.state = .scheduled }
    }
    if isWhole {
      till.settled()
      // What a gateway takes all the same is more than is owed, and goes back.
      till.stopIntents()
      till.tell(
        (confirms ? Messages.booked(till.appointment) : [])
          + [Messages.toClient(.paid, till.appointment)])
    }
    return Change(
      events: till.events, effects: till.effects, answer: .moneyMoved(payment, till.appointment))
  }

  /// Money was given back: never more than was paid (P-6).
  static func refund(
    _ wish: MoneyWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let appointment = try known(wish, to: actor, facts: facts)
      // What a package's sum pays goes back with its session, and in no other way.
      guard appointment.kept > 0, !appointment.isPaidByPackage else {
        throw Refused(.nothingPaid(appointment.id))
      }
      let amount = try wish.amount(
        upTo: appointment.kept, of: appointment, or: appointment.owedBack,
        "which is what was paid and not given back")
      let (changed, event) = appointment.stepping(
        .refundRecorded, by: actor, at: stamp.at, reason: wish.note
      ) {
        $0.refunded += amount
        $0.paymentStatus = $0.statusOnceRefunded
      }
      let refund = wish.payment(.refund, of: appointment.money(amount), stamp: stamp)
      return .change(
        Change(
          events: [.moneyMoved(refund), event],
          effects: [Messages.toClient(.refunded, changed)], answer: .moneyMoved(refund, changed)))
    } catch {
      return .refuse(error.refusal)
    }
  }

  /// The appointment, if its money is the actor's to record.
  private static func known(
    _ wish: MoneyWish, to actor: Actor, facts: Facts
  ) throws(Refused) -> Appointment {
    let appointment = try Appointment.known(
      wish.appointment, to: actor, seen: wish.seenVersion, facts: facts)
    if case .therapist = actor, appointment.plan != .onSite {
      throw Refused(.planNotTherapists(appointment.id, appointment.plan))
    }
    return appointment
  }
}

extension MoneyWish {
  /// The amount, or why it cannot be.
  /// - Parameters:
  ///   - most: at least 1.
  ///   - usual: what no amount means; 0 where there is no such.
  fileprivate func amount(
    upTo most: Int64, of appointment: Appointment, or usual: Int64, _ why: String
  ) throws(Refused) -> Int64 {
    func fault(_ field: String, _ expected: String) -> Refused {
      Refused(.invalid([FieldFault(field: field, expected: expected)]))
    }
    guard let amount else {
      guard usual > 0 else {
        throw fault("amount", "expected an amount: nothing is owed back")
      }
      return usual
    }
    guard amount.currency == appointment.price.currency else {
      throw fault(
        "amount.currency",
        "expected \(appointment.price.currency.code), got \(amount.currency.code)")
    }
    guard 1...most ~= amount.minorUnits else {
      throw fault(
        "amount.minor_units", "expected 1 to \(most), \(why), got \(amount.minorUnits)")
    }
    return amount.minorUnits
  }

  fileprivate func payment(
    _ direction: Payment.Direction, of amount: Money, stamp: Stamp
  ) -> Payment {
    Payment(
      id: stamp.id(Ordinal.payment), purpose: .appointment(appointment), direction: direction,
      amount: amount, method: method, note: note, at: stamp.at)
  }
}

extension Appointment {
  /// Whether it is certain only once it is paid (P-4).
  var awaitsPayment: Bool { state == .initiated || state == .paymentProcessing }

  /// From its deadline on it is not paid in time, whether or not anyone has written that down.
  func isTooLateToPay(at now: Instant) -> Bool {
    guard awaitsPayment, let paymentDeadline else { return false }
    return paymentDeadline <= now
  }

  /// What is paid after money came in.
  func status(onceWhole isWhole: Bool) -> PaymentStatus {
    if isWhole { return .paid }
    switch paymentStatus {
    case .refunded: return .partlyRefunded
    case .none, .due, .processing, .requiresAction, .failed, .paid, .partlyRefunded, .disputed:
      return paymentStatus
    }
  }

  /// What is paid after money was given back: where something was still to be paid, it still is.
  var statusOnceRefunded: PaymentStatus {
    switch paymentStatus {
    case .due, .processing, .requiresAction, .failed, .disputed: paymentStatus
    case .none, .paid, .partlyRefunded, .refunded: statusOfMoneyKept
    }
  }

  /// Whether it is binding, or was cancelled for a fee that is open.
  var takesPayments: Bool {
    switch state {
    case .initiated, .paymentProcessing, .scheduled, .inProgress, .completed: true
    case .cancelledByClient, .cancelledByTherapist: payable > 0
    case .requested, .paymentCancelled, .declined, .expired: false
    }
  }
}
