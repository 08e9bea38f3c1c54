internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

extension BooksHouse {
  mutating func sellPackage() {
    let one = packageBenefit(
      UInt128(benefits.count + 1), value: roll(3...20_000), sessions: 3,
      client: pick([carlo, daria]))
    benefits.append(one)
    events.append(.benefitMade(one))
  }

  /// Also where it is too much, or the package is over: the books do not ask.
  mutating func payPackage() {
    guard let one = find(benefits, { $0.link != nil }) else { return }
    let amount = roll(1...9_000)
    paidForPackages[one.id, default: 0] += amount
    guard roll(0...1) == 0 else {
      events.append(.moneyMoved(one.moved(amount)))
      return byHand[Account(kind: .hand, owner: partner.text), default: 0] += amount
    }
    let id = capture(amount, for: .benefit(one.id), of: one.client)
    events.append(.moneyMoved(one.moved(amount, from: .gateway(id))))
  }

  mutating func deletePackage() {
    guard let one = find(benefits, { $0.link != nil && $0.state == .active }) else { return }
    change(one, one.changed(.canceled, sessionsLeft: 0))
  }

  mutating func bookOfPackage() {
    let one = session(
      UInt128(appointments.count + 1), plan: .onSite, price: 0, client: pick([carlo, daria]),
      therapist: pick([anna, bruno]), package: member(isByProcedure: true))
    appointments.append(one)
    events.append(one.made)
  }

  /// Or another, or none, or the session is released.
  mutating func chooseProcedure() {
    guard
      let one = find(appointments, { $0.package != nil && $0.state == .scheduled })
    else { return }
    let isChosen = roll(0...4) > 0
    let session: PackageSession = roll(0...4) > 0 ? .reserved : .released
    change(
      one,
      one.changed(
        price: isChosen ? pick([5_000, 7_000]) : 0,
        package: member(session, procedure: isChosen ? individual : nil, isByProcedure: true)))
  }
}
