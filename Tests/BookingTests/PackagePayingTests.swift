internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// Money for a package that is sold by its total value: in parts, whenever, and by whichever way.
struct PackagePayingTests {
  private let sold = packageBenefit()

  private func practice(_ benefit: Benefit? = nil) -> Practice {
    var practice = Practice()
    practice.books.benefits.append(benefit ?? sold)
    practice.facts.links[linkID()] = packageLink(benefit ?? sold)
    return practice
  }

  private func byHand(_ amount: Int64? = nil, in currency: String = "EUR") -> Wanted {
    .payLink(
      LinkPaymentWish(
        link: linkID(),
        payment: .byHand(
          method: "cash",
          amount: amount.map { Money(minorUnits: $0, currency: Currency(currency)!) }), note: ""))
  }

  private func through(_ source: SourceWish? = .token("tok_1"), _ gateway: String = "sandbox")
    -> Wanted
  {
    .payLink(
      LinkPaymentWish(
        link: linkID(), payment: .through(gateway: gateway, source), note: ""))
  }

  private func open(_ practice: Practice) -> Int64 {
    sold.outstanding(after: practice.books.payments.filter { $0.purpose == .benefit(sold.id) })
      .minorUnits
  }

  private func answer(_ practice: inout Practice, _ answer: GatewayAnswer<IntentReport>) -> Decision
  {
    let intent = practice.books.intents.last!
    let errand = intent.errand!
    return practice.perform(
      .errandAnswered(
        ErrandAnswered(
          kind: errand.kind, number: errand.number, answer: .intent(intent.id, answer))),
      by: .gateway("sandbox"))
  }

  private func refused(_ decision: Decision) -> [FieldFault] {
    if case .invalid(let faults) = decision.refusal { faults } else { [] }
  }

  @Test("by hand, any part up to what is open, and all of it where no amount is named")  // K-5
  func partly() {
    var practice = practice()
    #expect(practice.perform(byHand(5_000)).change?.effects == [])
    #expect(open(practice) == 15_000)
    #expect(refused(practice.perform(byHand(15_001))).map(\.field) == ["amount.minor_units"])
    #expect(refused(practice.perform(byHand(0))).map(\.field) == ["amount.minor_units"])
    #expect(refused(practice.perform(byHand(1, in: "PLN"))).map(\.field) == ["amount.currency"])
    let rest = practice.perform(byHand())
    #expect(open(practice) == 0)
    #expect(
      rest.change?.effects == [
        .message(Notice(.paid, to: .client(carlo), about: .packageLink(linkID())))
      ])
    #expect(practice.perform(byHand()).refusal == .nothingDueForPackage(linkID()))
    #expect(practice.benefit(1) == sold)
  }

  @Test("by procedure there is no sum to pay")  // K-5
  func noSum() {
    var practice = Practice()
    practice.facts.links[linkID()] = packageLink(nil)
    #expect(practice.perform(byHand()).refusal == .nothingDueForPackage(linkID()))
  }

  @Test("staff record what came by hand; a client pays for a package of their own by the gateway")
  func whose() {  // K-5
    let refusal = Refusal.notFound(id: linkID().text, field: "link_id")
    for actor in [Actor.client(daria), .therapist(anna), .client(nil)] {
      #expect(practice().decide(through(), by: actor).refusal == refusal)
    }
    #expect(practice().decide(byHand(), by: .client(carlo)).refusal == refusal)
    #expect(practice().decide(through(), by: .client(carlo)).change != nil)
    #expect(Practice().decide(byHand()).refusal == refusal)
  }

  @Test("the gateway's success is money and no more; its failure leaves the sum open")  // K-5 P-8
  func byGateway() throws {
    var practice = practice()
    practice.perform(byHand(5_000))
    practice.perform(through())
    #expect(practice.books.intents.last?.amount == euro(15_000))
    #expect(
      practice.decide(byHand()).refusal
        == .paymentInFlight(try #require(practice.books.intents.last).id, .processing))
    _ = answer(&practice, .report(.prepared))
    let failed = answer(&practice, .report(.declined))
    #expect(
      failed.change?.effects == [
        .message(Notice(.paymentFailed, to: .client(carlo), about: .packageLink(linkID())))
      ])
    #expect(practice.benefit(1) == sold && open(practice) == 15_000)
    practice.perform(through(.token("tok_2")))
    #expect(practice.books.intents.count == 1)
    let taken = answer(&practice, .report(.succeeded(15_000)))
    #expect(
      taken.change?.effects == [
        .message(Notice(.paid, to: .client(carlo), about: .packageLink(linkID())))
      ])
    #expect(open(practice) == 0)
    #expect(practice.benefit(1) == sold)
    #expect(try practice.books.balance(.client, of: carlo.text) == -20_000)
  }

  @Test("while the client's browser is open less is due: it asks for that, or for nothing")  // K-5
  func lessMeanwhile() {
    var practice = practice()
    practice.perform(through(nil))
    _ = answer(&practice, .report(.prepared))
    practice.perform(byHand(5_000))
    #expect(practice.books.intents.last?.amount == euro(15_000))
    #expect(practice.books.intents.last?.errand?.kind == .prepare)
    _ = answer(&practice, .report(.prepared))
    practice.perform(byHand())
    #expect(practice.books.intents.last?.errand?.kind == .cancel)
    // Paid all the same: it goes back.
    _ = answer(&practice, .report(.succeeded(15_000)))
    let back = practice.books.payments.last
    #expect(back?.direction == .refund && back?.amount == euro(15_000))
    #expect(open(practice) == 0)
  }

  @Test("what is given back is owed again; more than came by gateways cannot be")  // P-6 K-5
  func givenBack() throws {
    var practice = practice()
    practice.perform(byHand(5_000))
    practice.perform(through())
    _ = answer(&practice, .report(.prepared))
    _ = answer(&practice, .report(.succeeded(15_000)))
    func giving(_ amount: Int64?) -> Wanted {
      .refund(
        RefundWish(
          purpose: .benefit(sold.id), seenVersion: nil, amount: amount.map(euro),
          reason: "goodwill"))
    }
    #expect(refused(practice.perform(giving(15_001))).map(\.field) == ["amount.minor_units"])
    practice.perform(giving(4_000))
    #expect(open(practice) == 4_000)
    practice.perform(giving(nil))
    #expect(open(practice) == 15_000)
    #expect(practice.perform(giving(nil)).refusal == .nothingPaidForBenefit(sold.id))
    #expect(practice.benefit(1) == sold)
    // One of them fails: so much is paid still.
    let refund = try #require(practice.books.payments.last)
    let failed = practice.perform(
      .errandAnswered(
        ErrandAnswered(
          kind: .refund, number: 1, answer: .refund(refund.id, .refused(code: "expired_card")))),
      by: .gateway("sandbox"))
    #expect(
      failed.change?.effects == [
        .message(Notice(.refundFailed, to: .client(carlo), about: .packageLink(linkID())))
      ])
    #expect(open(practice) == 4_000 && practice.benefit(1) == sold)
  }

  @Test("a bank that takes the money leaves the package as it is, and its sum owed")  // P-6 K-5
  func disputed() throws {
    var practice = practice()
    practice.perform(through())
    _ = answer(&practice, .report(.prepared))
    _ = answer(&practice, .report(.succeeded(20_000)))
    let id = try #require(practice.books.intents.last).id
    practice.hear("evt_1", .disputed(id, .open, amount: 20_000))
    practice.hear("evt_2", .disputed(id, .lost, amount: 20_000))
    #expect(open(practice) == 20_000)
    #expect(practice.benefit(1) == sold)
    #expect(try practice.books.balance(.client, of: carlo.text) == 0)
    #expect(try practice.books.balance(.disputes, of: partner.text) == 0)
  }

  @Test("once it is deleted, what was left is not owed, and what comes later goes back")  // K-7
  func deleted() {
    let over = sold.changed(.canceled, left: 12_000, sessionsLeft: 0)
    var practice = practice(over)
    #expect(over.outstanding(after: []) == euro(8_000))
    practice.perform(through())
    _ = answer(&practice, .report(.prepared))
    _ = answer(&practice, .report(.succeeded(20_000)))
    #expect(practice.books.payments.last?.amount == euro(12_000))
    #expect(practice.books.payments.last?.direction == .refund)
    #expect(practice.benefit(1) == over)
  }
}
