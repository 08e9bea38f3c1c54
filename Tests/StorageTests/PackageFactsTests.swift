internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// What decisions about packages have to know is loaded whole; of another partner's, nothing.
struct PackageFactsTests {
  private let scratch: Scratch
  private let store: Store
  private let link = packageLink(posting: .total(euro(100_000)), benefit: linkBenefitID)
  private let paid = money(1, for: .benefit(linkBenefitID))
  private let booked = session(1, span(0, 50)).of(
    membership(isByProcedure: false), plan: .package, price: euro(10_000))

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.apply([
      .packagePut(template()), .packageLinked(link), .benefitMade(linkBenefit()),
      .paymentIntentMade(intent(for: .benefit(linkBenefitID))), .moneyMoved(paid),
      .paymentMethodMade(method()), begun(anna, carlo), booked.booked,
    ])
  }

  private func load(_ owner: PartnerID = partner, _ need: (inout Needs) -> Void) throws -> Facts {
    var needs = Needs()
    need(&needs)
    var facts = Facts(index: AvailabilityIndex())
    try store.read { try $0.load(needs, of: owner, at: noon, into: &facts) }
    return facts
  }

  private func expectMoney(_ facts: Facts) {
    #expect(facts.links == [linkID: link])
    #expect(facts.clients == [carlo: Fixture.client(carlo)])
    #expect(facts.benefits == [linkBenefitID: linkBenefit()])
    #expect(facts.benefitIntents[linkBenefitID]?.map(\.id) == [intentID])
    #expect(facts.benefitPayments == [linkBenefitID: [paid]])
    #expect(facts.accounts == [carlo: [linkBenefit()]])
  }

  @Test("a link comes with its client, its money, its services and those who are in therapy")
  func named() throws {  // K-3, K-7
    let facts = try load { $0.links = [linkID, PackageLinkID(rawValue: 9)] }
    expectMoney(facts)
    #expect(Set(facts.services.keys) == [individual, couple])
    #expect(Set(facts.policies.keys) == [individual, couple])
    #expect(facts.therapies.keys.sorted { $0.therapist < $1.therapist } == [CarePair(anna, carlo)])
    #expect(facts.wallets == [carlo: [method()]])
    #expect(facts.appointments.isEmpty && facts.linkAppointments.isEmpty)
  }

  @Test("a template comes with its services, and with those who are in therapy with a client")
  func templates() throws {  // K-1, K-2
    let facts = try load {
      $0.packages = [tenSessions]
      $0.clients = [carlo]
    }
    #expect(facts.packages == [tenSessions: template()])
    #expect(Set(facts.services.keys) == [individual, couple])
    #expect(Array(facts.therapies.keys) == [CarePair(anna, carlo)])
    #expect(facts.links.isEmpty && facts.benefits.isEmpty)
  }

  @Test("a session comes with its link and the link's money; so does the link's benefit")  // K-6
  func ofSession() throws {
    let facts = try load { $0.appointmentsWhole = [booked.id] }
    expectMoney(facts)
    #expect(facts.appointments == [booked.id: booked])
    #expect(Set(facts.services.keys) == [individual])
    let byBenefit = try load { $0.benefits = [linkBenefitID] }
    expectMoney(byBenefit)
    expectMoney(try load { $0.intents = [intentID] })
  }

  @Test("a link that is needed whole comes with all its sessions, each whole")  // K-7
  func whole() throws {
    let early = session(2, span(-120, -70), therapist: bruno).of(membership(isByProcedure: false))
    let gone = session(3, span(-120, -70), state: .cancelledByClient).of(
      membership(session: .released, isByProcedure: false))
    try store.book([early, gone])
    let facts = try load {
      $0.links = [linkID]
      $0.linksWhole = [linkID]
      $0.appointmentsWhole = [booked.id]
    }
    #expect(facts.linkAppointments == [linkID: [early, gone, booked]])
    #expect(Set(facts.appointments.keys) == [early.id, gone.id, booked.id])
    #expect(Set(facts.intents.keys) == Set(facts.appointments.keys))
    #expect(Set(facts.services.keys) == [individual, couple])
    expectMoney(facts)
  }

  @Test("of another partner's, nothing is told but that the id is taken")
  func takenElsewhere() throws {
    let facts = try load(otherPartner) {
      $0.packages = [tenSessions]
      $0.links = [linkID]
      $0.linksWhole = [linkID]
      $0.appointmentsWhole = [booked.id]
    }
    #expect(facts.packages.isEmpty && facts.links.isEmpty && facts.linkAppointments.isEmpty)
    #expect(facts.clients.isEmpty && facts.benefits.isEmpty && facts.services.isEmpty)
    #expect(facts.accounts.isEmpty && facts.therapies.isEmpty)
    #expect(facts.takenElsewhere == [tenSessions.text, linkID.text, booked.id.text])
  }
}
