internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What holds once everybody has gone home and the gateway has answered all: our records are its own truth.
extension Simulation {
  func auditEnd() throws(Violation) {
    for one in world.order { try auditEnd(of: one) }
    for purse in world.purseOrder {
      try auditPurse(purse.benefit.id)
      for intent in purse.intents { try auditEnd(of: intent, purse.benefit.id.text) }
      try require(
        purse.benefit.state != .pending || purse.intents.contains { $0.state.isOpen },
        "what is bought is paid, or given up", purse.benefit.id.text)
    }
    try require(
      gateway.overRefunds.isEmpty, "no more is asked back than was taken",
      gateway.overRefunds.first?.text ?? "")
    for method in world.methods.values.sorted(by: { $0.id < $1.id }) {
      try require(method.errand == nil, "no errand is left", method.id.text)
    }
    for bond in world.bondOrder { try auditBond(bond.link.id) }
    try auditGatewayAccounts()
  }

  private func auditEnd(of one: Case) throws(Violation) {
    let appointment = one.appointment
    let id = appointment.id.text
    try auditCase(appointment.id)
    for intent in one.intents { try auditEnd(of: intent, id) }
    for payment in one.payments {
      try require(
        payment.errand == nil && payment.state != .pending, "no errand is left", id,
        payment.id.text)
    }
    try require(
      appointment.due == nil && !appointment.state.isActive, "all that is due has happened", id,
      appointment.state.rawValue)
    try require(
      appointment.kept <= appointment.claim, "what is not owed has gone back", id,
      "\(appointment.state.rawValue) kept \(appointment.kept), claimed \(appointment.claim)")
    // What came through the gateway may have been given back in cash.
    let truth = one.intents.reduce(one.byHand) { $0 + (gateway.intents[$1.id]?.kept ?? 0) }
    try require(
      truth <= appointment.claim, "nobody is charged more than is claimed", id,
      "gateway and desk have \(truth), claimed \(appointment.claim)")
    try auditFee(of: appointment)
  }

  private func auditEnd(of intent: PaymentIntent, _ subject: String) throws(Violation) {
    try require(intent.errand == nil, "no errand is left", subject, "\(intent.state)")
    let held = gateway.intents[intent.id]
    let truth = (held?.captured ?? 0, (held?.refunded ?? 0) + (held?.lost ?? 0), held?.fee ?? 0)
    try require(
      truth == (intent.captured, intent.refunded, intent.fee), "an intent is what the gateway has",
      subject,
      "\(intent.captured), \(intent.refunded), \(intent.fee); the gateway has \(truth)")
  }

  /// rounded half up, of the price.
  private func auditFee(of appointment: Appointment) throws(Violation) {
    guard let terms = world.town.policies[appointment.service]?.appointments.cancellation else {
      return
    }
    let price = appointment.price.minorUnits
    func share(_ percent: Int32) -> Int64 { (price * Int64(percent) * 2 + 100) / 200 }
    let possible: [Int64] =
      switch appointment.state {
      case .cancelledByClient: [0, share(terms.inTimePercent), share(terms.latePercent)]
      case .completed where appointment.package?.isByProcedure == false:
        // A session costs a session.
        [0, appointment.attendance == .noShow ? price : 0]
      case .completed: [appointment.attendance == .noShow ? share(terms.noShowPercent) : 0]
      case .cancelledByTherapist, .paymentCancelled, .declined, .expired, .requested, .initiated,
        .paymentProcessing, .scheduled, .inProgress:
        [0]
      }
    // Where a fee is not wanted of what is unpaid, what was paid in part is kept.
    let isPart =
      appointment.state == .cancelledByClient && !terms.feeWhereUnpaid
      && (0...possible.max()!).contains(appointment.fee)
    try require(
      possible.contains(appointment.fee) || isPart, "a fee is its share of the price",
      appointment.id.text, "\(appointment.fee) of \(price)")
  }

  private func auditGatewayAccounts() throws(Violation) {
    var truth: [Currency: Int64] = [:]
    for held in gateway.intents.values {
      truth[held.amount.currency, default: 0] += held.kept - held.fee - held.disputed
    }
    for currency in Town.currencies {
      let booked = world.balance(.gateway, ModelGateway.name, currency)
      try require(
        booked == truth[currency, default: 0], "the books have what the gateway has", currency.code,
        "\(booked), the gateway has \(truth[currency, default: 0])")
    }
  }
}
