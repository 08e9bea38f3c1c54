internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What the store would tell, and no more: only what a command needs.
extension World {
  func facts(for needs: Needs) -> Facts {
    var facts = Facts(index: index)
    var wholes = needs.appointmentsWhole
    var benefits = needs.benefits
    func include(_ purpose: PaymentPurpose) {
      switch purpose {
      case .appointment(let id): wholes.insert(id)
      case .benefit(let id): benefits.insert(id)
      }
    }
    for id in needs.intents {
      guard let purpose = purposes[id] else { continue }
      facts.purposes[id] = purpose
      include(purpose)
    }
    for id in needs.refunds {
      guard let purpose = refundPurposes[id] else { continue }
      facts.refundPurposes[id] = purpose
      include(purpose)
    }
    for id in needs.paymentMethods { facts.paymentMethods[id] = methods[id] }
    for id in needs.appointments { facts.appointments[id] = cases[id]?.appointment }
    for id in needs.services { tell(id, &facts) }
    for id in needs.packages {
      facts.packages[id] = packages[id]
      for service in packages[id]?.services ?? [] { tell(service, &facts) }
    }
    if needs.attendanceStatuses { facts.attendanceStatuses = Town.statuses }
    for id in needs.linksWhole {
      let sessions = bonds[id]?.sessions ?? []
      wholes.formUnion(sessions.map(\.id))
      facts.linkAppointments[id] = sessions.sorted {
        ($0.span.start, $0.id) < ($1.span.start, $1.id)
      }
    }
    for id in needs.therapists { facts.therapists[id] = therapists[id] }
    for id in needs.clients { facts.clients[id] = patrons[id]?.client }
    for pair in needs.therapies { facts.therapies[pair] = therapies[pair] }
    for id in benefits { tell(id, &facts) }
    var wallets = needs.wallets
    var accounts = needs.benefitsOf
    for method in facts.paymentMethods.values { wallets.insert(method.client) }
    for id in needs.services {
      switch services[id]?.plan {
      case .captureBefore: wallets.formUnion(needs.clients)
      case .package: accounts.formUnion(needs.clients)
      case .free, .onSite, .prepaid, nil: break
      }
    }
    for id in needs.links {
      tell(id, &facts, &accounts)
      if let link = facts.links[id] { tellTherapies(of: link, &facts) }
    }
    for id in wholes {
      guard let one = cases[id] else { continue }
      tell(one, &facts)
      if let package = one.appointment.package { tell(package.link, &facts, &accounts) }
      guard let client = one.appointment.client else { continue }
      switch one.appointment.plan {
      case .captureBefore, .prepaid: wallets.insert(client)
      case .package: accounts.insert(client)
      case .free, .onSite: if one.appointment.fee > 0 { wallets.insert(client) }
      }
      if needs.benefitsFor.contains(id) { accounts.insert(client) }
    }
    for id in wallets { facts.wallets[id] = patrons[id]?.wallet }
    for id in accounts { facts.accounts[id] = patrons[id].map(account) }
    for event in needs.gatewayEvents where heard.contains(event) {
      facts.heardEvents.insert(event)
    }
    for id in needs.earningsOf { facts.earnings[id] = earnings(of: id) }
    return facts
  }

  func tell(_ id: ServiceID, _ facts: inout Facts) {
    facts.services[id] = services[id]
    facts.policies[id] = town.policies[id]
  }

  private func tell(_ one: Case, _ facts: inout Facts) {
    let appointment = one.appointment
    facts.appointments[appointment.id] = appointment
    tell(appointment.service, &facts)
    facts.intents[appointment.id] = one.intents
    facts.payments[appointment.id] = one.payments
    for payment in one.payments {
      guard case .benefit(let id) = payment.source else { continue }
      facts.benefits[id] = purses[id]?.benefit
    }
    if let client = appointment.client {
      let pair = CarePair(appointment.therapist, client)
      facts.therapies[pair] = therapies[pair]
    }
  }

  func tell(_ id: BenefitID, _ facts: inout Facts) {
    guard let purse = purses[id] else { return }
    facts.benefits[id] = purse.benefit
    facts.benefitIntents[id] = purse.intents
    facts.benefitPayments[id] = purse.payments
  }

  private func account(_ patron: Patron) -> [Benefit] {
    patron.purses.map(\.benefit).filter { $0.state == .active || $0.state == .pending }
  }

  private func earnings(of therapist: TherapistID) -> [Money] {
    Town.currencies.compactMap { currency in
      let owed = [AccountKind.therapist, .penalties, .hand].reduce(Int64(0)) {
        $0 - balance($1, therapist.text, currency)
      }
      return owed == 0 ? nil : Money(minorUnits: owed, currency: currency)
    }
  }
}
