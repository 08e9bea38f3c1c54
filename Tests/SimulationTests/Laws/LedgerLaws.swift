internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What all of it comes to, reckoned from the records alone: the books have to say the same (docs/ledger.md).
struct ExpectedBooks {
  var balances: [LedgerLine: Int64] = [:]

  mutating func add(_ kind: AccountKind, _ owner: String, _ currency: Currency, _ amount: Int64) {
    guard amount != 0 else { return }
    balances[
      LedgerLine(account: Account(kind: kind, owner: owner), currency: currency), default: 0] +=
      amount
  }
}

extension Simulation {
  /// P-9: the books balance, and say what the records say.
  func audit() throws(Violation) {
    audits += 1
    var sums: [Currency: Int64] = [:]
    for (line, balance) in world.balances { sums[line.currency, default: 0] += balance }
    for currency in Town.currencies {
      try require(
        sums[currency, default: 0] == 0, "the ledger sums to zero", currency.code,
        "\(sums[currency, default: 0])")
    }
    let expected = expectedBooks().balances
    let lines = Set(expected.keys).union(world.balances.keys).sorted {
      ($0.account, $0.currency) < ($1.account, $1.currency)
    }
    for line in lines {
      let (found, wanted) = (world.balances[line] ?? 0, expected[line] ?? 0)
      try require(
        found == wanted, "the books say what the records say",
        "\(line.account.kind.rawValue) \(line.account.owner)",
        "\(found) \(line.currency.code), not \(wanted)")
    }
  }

  private func expectedBooks() -> ExpectedBooks {
    var books = ExpectedBooks()
    for one in world.order { add(one, to: &books) }
    for purse in world.purseOrder { add(purse, to: &books) }
    let partner = Town.partner.text
    for payout in world.payouts {
      let amount = payout.amount.minorUnits
      books.add(.therapist, payout.therapist.text, payout.amount.currency, amount)
      books.add(.bank, partner, payout.amount.currency, -amount)
    }
    return books
  }

  private func add(_ one: Case, to books: inout ExpectedBooks) {
    let appointment = one.appointment
    guard let client = appointment.client?.text else { return }
    let currency = appointment.price.currency
    let therapist = appointment.therapist.text
    let partner = Town.partner.text
    let earned = appointment.earned
    let kept = appointment.paid - appointment.refunded
    books.add(.client, client, currency, max(0, earned - kept))
    books.add(.deferredRevenue, client, currency, -max(0, kept - earned) - appointment.posted)
    if appointment.wasHeld {
      let commission = world.town.commission(of: appointment)
      books.add(.therapist, therapist, currency, commission - earned)
      books.add(.partner, partner, currency, -commission)
    } else {
      books.add(.penalties, therapist, currency, appointment.posted - earned)
    }
    for intent in one.intents { add(intent, one.payments, to: &books) }
    for payment in one.payments where payment.state != .failed {
      let sign: Int64 = payment.direction == .payment ? 1 : -1
      let amount = sign * payment.amount.minorUnits
      switch payment.source {
      case .hand:
        books.add(.hand, appointment.plan == .onSite ? therapist : partner, currency, amount)
      case .benefit:
        books.add(.promotions, partner, currency, amount - sign * payment.benefitValue)
      case .gateway: break
      }
    }
  }

  private func add(_ purse: Purse, to books: inout ExpectedBooks) {
    let benefit = purse.benefit
    let (client, currency) = (benefit.client.text, benefit.value.currency)
    let partner = Town.partner.text
    if benefit.state == .active || benefit.state == .usedUp {
      books.add(.deferredRevenue, client, currency, -benefit.valueLeft)
    }
    if benefit.origin == .granted {
      books.add(.promotions, partner, currency, benefit.value.minorUnits)
    }
    books.add(.partner, partner, currency, -purse.lapsed)
    if benefit.link != nil {
      // The sum is owed, less what was returned and what was paid.
      let open = benefit.state == .canceled ? benefit.valueLeft : 0
      let paid = purse.payments.reduce(Int64(0)) { sum, payment in
        guard payment.state != .failed else { return sum }
        let amount = payment.amount.minorUnits
        return sum + (payment.direction == .payment ? amount : -amount)
      }
      books.add(.client, client, currency, benefit.value.minorUnits - open - paid)
    }
    for intent in purse.intents { add(intent, purse.payments, to: &books) }
    for payment in purse.payments where payment.state != .failed {
      let amount = payment.amount.minorUnits
      switch (payment.source, payment.direction) {
      case (.hand, .payment): books.add(.hand, partner, currency, amount)
      case (.hand, .refund): books.add(.hand, partner, currency, -amount)
      // What a bank took back of a benefit that was used already is owed.
      case (.gateway, .refund) where payment.returns == nil && benefit.link == nil:
        books.add(.client, client, currency, amount - payment.benefitValue)
      case (.gateway, _), (.benefit, _): break
      }
    }
  }

  private func add(
    _ intent: PaymentIntent, _ payments: [Payment], to books: inout ExpectedBooks
  ) {
    let currency = intent.amount.currency
    let back = payments.reduce(Int64(0)) { sum, payment in
      payment.source == .gateway(intent.id) && payment.direction == .refund
        && payment.state != .failed ? sum + payment.amount.minorUnits : sum
    }
    // What a bank took of what had gone back by hand stays there: the partner's loss.
    let held = intent.dispute == .open ? intent.disputed : intent.refunded - back
    let withheld = intent.dispute == .open ? intent.disputed : 0
    books.add(
      .gateway, intent.gateway, currency,
      intent.captured - intent.refunded - intent.fee - withheld)
    books.add(.disputes, Town.partner.text, currency, held)
    books.add(.fees, Town.partner.text, currency, intent.fee)
  }
}

extension Appointment {
  /// What it has earned (P-9): the price where it was held, the fee where it was cancelled or nobody came.
  var earned: Int64 {
    if package?.session == .released { return 0 }
    return switch state {
    case .completed where plan != .free: attendance == .noShow ? fee : price.minorUnits
    case .cancelledByClient, .cancelledByTherapist: plan == .free ? 0 : fee
    case .completed, .requested, .initiated, .paymentProcessing, .scheduled, .inProgress,
      .paymentCancelled, .declined, .expired:
      posted
    }
  }

  /// What is owed for a session to come whose procedure is known (K-5).
  var posted: Int64 {
    guard state == .scheduled || state == .inProgress, let package, package.procedure != nil,
      package.session != .released
    else { return 0 }
    return price.minorUnits
  }

  var wasHeld: Bool {
    state == .completed && attendance != .noShow && plan != .free && package?.session != .released
  }
}

extension Town {
  /// The partner's part of a session that was held (P-10), rounded half up.
  func commission(of appointment: Appointment) -> Int64 {
    let price = appointment.price.minorUnits
    let own = appointment.package?.commission
    switch own ?? policies[appointment.service]?.appointments.commission {
    case .share(let basisPoints): return (price * Int64(basisPoints) + 5_000) / 10_000
    case .fixed(let minorUnits): return min(minorUnits, price)
    case Commission.none?, nil: return 0
    }
  }
}
