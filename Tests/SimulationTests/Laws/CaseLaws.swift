internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What holds for one thing after every change of it.
extension Simulation {
  func auditCase(_ id: AppointmentID) throws(Violation) {
    guard let one = world.cases[id] else { return }
    let appointment = one.appointment
    var (paid, refunded) = (Int64(0), Int64(0))
    for payment in one.payments {
      switch payment.direction {
      case .payment: paid += payment.amount.minorUnits
      case .refund: if payment.state != .failed { refunded += payment.amount.minorUnits }
      }
      try require(
        payment.state != .pending || payment.errand != nil, "what is on its way is asked for",
        id.text, payment.id.text)
    }
    try require(
      appointment.paid == paid && appointment.refunded == refunded,
      "paid and refunded are what moved", id.text,
      "\(appointment.paid) and \(appointment.refunded), moved \(paid) and \(refunded)")
    for intent in one.intents { try auditIntent(intent, one.payments, id.text) }
    try require(
      one.intents.filter { $0.state.isOpen }.count < 2, "one intent is open at a time", id.text)
    try auditExcess(one)
    try auditMembership(one)
    try auditEnded(one)
  }

  private func auditIntent(
    _ intent: PaymentIntent, _ payments: [Payment], _ subject: String
  ) throws(Violation) {
    var (taken, back) = (Int64(0), Int64(0))
    for payment in payments where payment.source == .gateway(intent.id) {
      switch payment.direction {
      case .payment: taken += payment.amount.minorUnits
      case .refund: if payment.state != .failed { back += payment.amount.minorUnits }
      }
    }
    // What a bank took of what had gone back by hand is a loss, and no movement.
    let isBack = intent.dispute == .lost ? back <= intent.refunded : back == intent.refunded
    try require(
      intent.captured == taken && isBack, "an intent has moved what it says",
      subject, "\(intent.captured) and \(intent.refunded), moved \(taken) and \(back)")
    try require(
      back <= taken, "no more goes back than came", subject, "\(back) of \(taken)")
  }

  /// Nothing is charged twice, and kept.
  private func auditExcess(_ one: Case) throws(Violation) {
    let appointment = one.appointment
    // A procedure may come to cost less than was paid by hand.
    guard !one.hasTrouble, appointment.package?.isByProcedure != true else { return }
    try require(
      appointment.kept <= appointment.price.minorUnits, "nothing is charged twice and kept",
      appointment.id.text, "kept \(appointment.kept) of \(appointment.price.minorUnits)")
  }

  /// What was cancelled keeps its fee at most, and takes no more than that.
  private func auditEnded(_ one: Case) throws(Violation) {
    let appointment = one.appointment
    guard appointment.state.isOff else { return }
    for intent in one.intents where intent.state.isOpen {
      try require(
        intent.errand?.kind == .cancel || intent.amount.minorUnits <= appointment.claim,
        "what is cancelled takes no money any more", appointment.id.text,
        "\(intent.state) of \(intent.amount.minorUnits) with \(intent.errand?.kind.rawValue ?? "-")"
      )
    }
    guard !one.hasTrouble else { return }
    try require(
      min(appointment.kept - appointment.claim, one.returnable) <= 0,
      "what is cancelled gives back what it kept", appointment.id.text,
      "kept \(appointment.kept), claimed \(appointment.claim)")
  }

  /// P-5: what a benefit is worth is what it was worth, less what left it.
  func auditPurse(_ id: BenefitID) throws(Violation) {
    guard let purse = world.purses[id] else { return }
    let benefit = purse.benefit
    try require(
      benefit.valueLeft >= 0 && (0...benefit.sessions).contains(benefit.sessionsLeft),
      "no benefit is overdrawn", id.text, "\(benefit.valueLeft) and \(benefit.sessionsLeft)")
    for intent in purse.intents { try auditIntent(intent, purse.payments, id.text) }
    if let link = benefit.link { try auditBond(link) }
    guard benefit.state != .pending else { return }
    let first = benefit.origin == .returned || !purse.wasActive ? 0 : benefit.value.minorUnits
    let left = first - purse.used - purse.lapsed - purse.returned
    try require(
      benefit.valueLeft == left, "benefits keep their value", id.text,
      "\(benefit.state) \(benefit.valueLeft), not \(left): \(first) less used \(purse.used), lapsed \(purse.lapsed), returned \(purse.returned)"
    )
  }

  /// P-3, P-4: ten minutes after the time to pay nobody has a slot for nothing.
  func requireSlotFree(_ id: AppointmentID) throws(Violation) {
    guard let one = world.cases[id]?.appointment, let deadline = one.paymentDeadline else { return }
    let isOver = deadline.advanced(byMs: 10 * Ms.minute + 2 * Ms.second) <= now
    try require(
      !(isOver && one.state.occupies && one.payable > 0),
      "a slot that is not paid is free ten minutes after its time", id.text,
      "\(one.state.rawValue), \(one.payable) to pay")
  }
}

extension Case {
  /// Whether a refund did not arrive, or a bank was asked for money back: what is kept is then not ours to say.
  var hasTrouble: Bool {
    payments.contains { $0.state == .failed } || intents.contains { $0.dispute != .none }
  }

  /// What came in by hand, less what went back by hand.
  var byHand: Int64 {
    payments.reduce(0) { sum, payment in
      guard payment.source == .hand else { return sum }
      let amount = payment.amount.minorUnits
      return sum + (payment.direction == .payment ? amount : -amount)
    }
  }

  /// What could go back without anyone's hands.
  var returnable: Int64 {
    var sum: Int64 = 0
    for intent in intents { sum += intent.captured - intent.refunded }
    for payment in payments {
      guard case .benefit = payment.source else { continue }
      sum += payment.direction == .payment ? payment.amount.minorUnits : -payment.amount.minorUnits
    }
    return sum
  }
}

extension AppointmentState {
  /// Whether it does not take place.
  var isOff: Bool {
    switch self {
    case .cancelledByClient, .cancelledByTherapist, .paymentCancelled, .declined, .expired: true
    case .requested, .initiated, .paymentProcessing, .scheduled, .inProgress, .completed: false
    }
  }
}
