internal import Availability
internal import Booking

/// What intents, refunds and benefits are about.
struct MoneySubjects {
  var appointments: Set<AppointmentID> = []
  var benefits: Set<BenefitID> = []

  fileprivate mutating func insert(_ purpose: PaymentPurpose) {
    switch purpose {
    case .appointment(let id): appointments.insert(id)
    case .benefit(let id): benefits.insert(id)
    }
  }
}

extension StoreSnapshot {
  /// What the intents and refunds among the needs are for, and the payment methods.
  /// - Returns: what is to be loaded whole for them.
  func loadSubjects(
    _ needs: Needs, of partner: PartnerID, into facts: inout Facts
  ) throws -> MoneySubjects {
    var subjects = MoneySubjects()
    for id in needs.intents {
      guard let found = try paymentIntent(id) else { continue }
      guard found.owner == partner else {
        facts.takenElsewhere.insert(id.text)
        continue
      }
      facts.purposes[id] = found.intent.purpose
      subjects.insert(found.intent.purpose)
    }
    for id in needs.refunds {
      guard let found = try payment(id) else { continue }
      guard found.owner == partner else {
        facts.takenElsewhere.insert(id.text)
        continue
      }
      facts.refundPurposes[id] = found.payment.purpose
      subjects.insert(found.payment.purpose)
    }
    for id in needs.paymentMethods {
      guard let found = try paymentMethod(id) else { continue }
      guard found.owner == partner else {
        facts.takenElsewhere.insert(id.text)
        continue
      }
      facts.paymentMethods[id] = found.method
    }
    return subjects
  }

  /// The money of what is loaded already, and what could pay for it.
  func loadMoney(
    _ needs: Needs, of partner: PartnerID, _ sessions: [Appointment], into facts: inout Facts
  ) throws {
    for session in sessions { try loadMoney(of: session, into: &facts) }
    for id in facts.benefits.keys {
      facts.benefitIntents[id] = try paymentIntents(for: .benefit(id))
      facts.benefitPayments[id] = try payments(for: .benefit(id))
    }
    try loadBenefitsThatPaid(into: &facts)
    let payers = payers(needs, sessions, facts)
    for client in payers.wallets {
      facts.wallets[client] = try paymentMethods(of: client, partner)
    }
    for client in payers.accounts {
      facts.accounts[client] = try account(of: client, partner)
    }
    for event in needs.gatewayEvents where try wasHeard(event) { facts.heardEvents.insert(event) }
    for therapist in needs.earningsOf {
      facts.earnings[therapist] = try earnings(of: therapist, partner)
    }
  }

  /// Asks nothing where there can be nothing. What is paid on site may have an intent before anything was paid:
  /// where no money goes through a gateway at all, that is not asked either.
  private func loadMoney(of session: Appointment, into facts: inout Facts) throws {
    let purpose = PaymentPurpose.appointment(session.id)
    let costsNothing = session.plan == .free && session.fee == 0 && session.paid == 0
    facts.intents[session.id] =
      session.client == nil || costsNothing ? [] : try intentsIfAny(for: purpose)
    facts.payments[session.id] = session.paid > 0 ? try payments(for: purpose) : []
  }

  private func intentsIfAny(for purpose: PaymentPurpose) throws -> [PaymentIntent] {
    try hasPaymentIntents() ? try paymentIntents(for: purpose) : []
  }

  private func loadBenefitsThatPaid(into facts: inout Facts) throws {
    for payment in facts.payments.values.flatMap(\.self) {
      guard case .benefit(let id) = payment.source, facts.benefits[id] == nil else { continue }
      guard let found = try benefit(id) else {
        throw StoreError.corrupt(
          table: "payments", id: payment.id.text, column: "paid_by_benefit_id")
      }
      facts.benefits[id] = found.benefit
    }
  }

  private struct Payers {
    var wallets: Set<ClientID>
    var accounts: Set<ClientID>
  }

  /// Whose saved payment methods and whose benefits may be asked to pay.
  private func payers(_ needs: Needs, _ sessions: [Appointment], _ facts: Facts) -> Payers {
    var payers = Payers(
      wallets: needs.wallets.union(facts.paymentMethods.values.map(\.client)),
      accounts: needs.benefitsOf.union(facts.links.values.map(\.client)))
    // The sum of a package that is named may be charged.
    payers.wallets.formUnion(needs.links.compactMap { facts.links[$0]?.client })
    // Who may come to what is booked or asked for.
    lazy var callers = Array(facts.clients.keys) + Array(facts.candidates.keys)
    for id in needs.services {
      switch facts.services[id]?.plan {
      case .captureBefore: payers.wallets.formUnion(callers)
      case .package: payers.accounts.formUnion(callers)
      case .free, .onSite, .prepaid, nil: break
      }
    }
    for session in sessions {
      let clients = session.client.map { [$0] } ?? callers
      if session.fee > 0 || session.plan.chargesByItself { payers.wallets.formUnion(clients) }
      if session.plan == .package || needs.benefitsFor.contains(session.id) {
        payers.accounts.formUnion(clients)
      }
    }
    return payers
  }
}

extension PaymentPlan {
  /// Whether a saved payment method may be charged.
  fileprivate var chargesByItself: Bool {
    switch self {
    case .captureBefore, .prepaid: true
    case .free, .onSite, .package: false
    }
  }
}
