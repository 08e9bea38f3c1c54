internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What becomes durable.
extension World {
  mutating func take(_ event: Event) throws(Violation) {
    switch event {
    case .clientRegistered: break
    case .therapyBegun(let therapy), .therapyChanged(let therapy):
      therapies[therapy.pair] = therapy
    case .appointmentBooked(let appointment, _):
      let one = Case(appointment, number: order.count)
      try require(cases[appointment.id] == nil, "an id is given once", appointment.id.text)
      cases[appointment.id] = one
      order.append(one)
      if let package = appointment.package { bonds[package.link]?.cases.append(one) }
      try change(.occupy(appointment.occupation), appointment.id)
    case .appointmentChanged(let appointment, from: let old, _): try take(appointment, from: old)
    case .moneyMoved(let payment): take(payment)
    case .moneyChanged(let payment, from: _): try put(payment)
    case .paymentIntentMade(let intent):
      purposes[intent.id] = intent.purpose
      switch intent.purpose {
      case .appointment(let id): cases[id]?.intents.append(intent)
      case .benefit(let id): purses[id]?.intents.append(intent)
      }
    case .paymentIntentChanged(let intent, from: _): try put(intent)
    case .paymentMethodMade(let method):
      methods[method.id] = method
      patrons[method.client]?.wallet.append(method)
      patrons[method.client]?.wallet.sort { $0.id < $1.id }
    case .paymentMethodChanged(let method):
      methods[method.id] = method
      guard let patron = patrons[method.client],
        let place = patron.wallet.firstIndex(where: { $0.id == method.id })
      else {
        throw Violation(law: "a change is of what is there", subject: method.id.text, detail: "")
      }
      patron.wallet[place] = method
    case .benefitMade(let benefit): take(benefit)
    case .benefitChanged(let benefit, from: let old): try take(benefit, from: old)
    case .packageLinked(let link): try take(link)
    case .packageLinkChanged(let link, from: let old): try take(link, from: old)
    case .appointmentReminded(let appointment): cases[appointment.id]?.appointment = appointment
    case .payoutRecorded(let payout): payouts.append(payout)
    case .gatewayEventHeard(let gateway, let id):
      heard.insert(GatewayEventKey(gateway: gateway, id: id))
    case .seriesMade, .seriesChanged, .holdTaken, .holdRenewed, .holdReleased, .holdBooked,
      .holdLapsed, .locationPut, .therapistPut, .servicePut, .schedulePut, .policyPut,
      .attendanceStatusesPut, .clientChanged, .packagePut,

      .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut, .webhookEndpointDeleted,
      .deliveryNoted, .webhooksNoted:
      break
    }
  }

  private mutating func take(
    _ appointment: Appointment, from old: Appointment
  ) throws(Violation) {
    guard let one = cases[appointment.id] else {
      throw Violation(law: "a change is of what is there", subject: appointment.id.text, detail: "")
    }
    try require(
      one.appointment.version == old.version && appointment.version == old.version + 1,
      "versions grow by one", appointment.id.text,
      "\(one.appointment.version), from \(old.version) to \(appointment.version)")
    one.appointment = appointment
    guard old.taken != appointment.taken else { return }
    if let left = old.taken { try change(.vacate(left), appointment.id) }
    if let taken = appointment.taken { try change(.occupy(taken), appointment.id) }
  }

  private mutating func change(
    _ change: IndexChange, _ id: AppointmentID
  ) throws(Violation) {
    try require(index.apply(change), "a slot is taken once", id.text)
  }

  private mutating func take(_ payment: Payment) {
    if payment.direction == .refund { refundPurposes[payment.id] = payment.purpose }
    switch payment.purpose {
    case .appointment(let id):
      guard let one = cases[id] else { return }
      one.payments.append(payment)
      one.payments.sort { $0.id < $1.id }
      if case .benefit(let benefit) = payment.source {
        purses[benefit]?.used +=
          payment.direction == .payment ? payment.benefitValue : -payment.benefitValue
      }
    case .benefit(let id):
      guard let purse = purses[id] else { return }
      purse.payments.append(payment)
      purse.payments.sort { $0.id < $1.id }
      if payment.direction == .refund, purse.benefit.link == nil {
        purse.returned += payment.valueReturned
      }
    }
  }

  private mutating func put(_ payment: Payment) throws(Violation) {
    switch payment.purpose {
    case .appointment(let id):
      guard let one = cases[id],
        let place = one.payments.firstIndex(where: { $0.id == payment.id })
      else {
        throw Violation(law: "a change is of what is there", subject: payment.id.text, detail: "")
      }
      one.payments[place] = payment
    case .benefit(let id):
      guard let purse = purses[id],
        let place = purse.payments.firstIndex(where: { $0.id == payment.id })
      else {
        throw Violation(law: "a change is of what is there", subject: payment.id.text, detail: "")
      }
      if purse.benefit.link == nil, payment.state == .failed, purse.payments[place].state != .failed
      {
        purse.returned -= payment.valueReturned
      }
      purse.payments[place] = payment
    }
  }

  private mutating func put(_ intent: PaymentIntent) throws(Violation) {
    var all: [PaymentIntent] =
      switch intent.purpose {
      case .appointment(let id): cases[id]?.intents ?? []
      case .benefit(let id): purses[id]?.intents ?? []
      }
    guard let place = all.firstIndex(where: { $0.id == intent.id }) else {
      throw Violation(law: "a change is of what is there", subject: intent.id.text, detail: "")
    }
    try require(
      intent.version == all[place].version + 1, "versions grow by one", intent.id.text)
    all[place] = intent
    switch intent.purpose {
    case .appointment(let id): cases[id]?.intents = all
    case .benefit(let id): purses[id]?.intents = all
    }
  }

  private mutating func take(_ benefit: Benefit) {
    let purse = Purse(benefit)
    purses[benefit.id] = purse
    purseOrder.append(purse)
    patrons[benefit.client]?.purses.append(purse)
    patrons[benefit.client]?.purses.sort { $0.benefit.id < $1.benefit.id }
  }

  private mutating func take(_ benefit: Benefit, from old: Benefit) throws(Violation) {
    guard let purse = purses[benefit.id] else {
      throw Violation(law: "a change is of what is there", subject: benefit.id.text, detail: "")
    }
    if benefit.state == .expired, old.state != .expired { purse.lapsed += old.valueLeft }
    let wasPaid = purse.intents.contains { $0.state == .succeeded }
    if benefit.state == .active || wasPaid { purse.wasActive = true }
    purse.benefit = benefit
  }

  /// - Parameter lines: of one transfer.
  mutating func post(_ lines: [Posting]) throws(Violation) {
    var sums: [(Currency, Int64)] = []
    for line in lines {
      let currency = line.amount.currency
      balances[LedgerLine(account: line.account, currency: currency), default: 0] +=
        line.amount.minorUnits
      if let place = sums.firstIndex(where: { $0.0 == currency }) {
        sums[place].1 += line.amount.minorUnits
      } else {
        sums.append((currency, line.amount.minorUnits))
      }
    }
    for (currency, sum) in sums {
      try require(
        sum == 0, "each transfer balances", lines[0].account.owner, "\(sum) \(currency.code)")
    }
  }
}

extension Payment {
  /// Of what goes back of a benefit's price: what it is worth less by.
  fileprivate var valueReturned: Int64 { returns == nil ? benefitValue : amount.minorUnits }
}
