internal import Booking
internal import Gateways
internal import Intervals
internal import Testing

@Suite struct SandboxCardTests {
  @Test("a card that pays: captured whole, the fee 1.5 % and 25, at most the amount")
  func paying() async throws {  // P-7
    let bench = try SandboxBench()
    let report = try await bench.pay(.ok).answer.reported
    #expect(report.state == .succeeded)
    #expect(report.captured == 7_000)
    #expect(report.fee == 130)
    #expect((report.clientSecret, report.actionURL, report.failure) == ("", "", ""))
    for (number, amount, fee) in [(2, 10, 10), (3, 25, 25), (4, 26, 25), (5, 33, 25), (6, 34, 26)] {
      let paid = try await bench.pay(.ok, number: number, amount: Int64(amount)).answer.reported
      #expect(paid.fee == Int64(fee), "\(amount)")
    }
  }

  @Test("cards that decline say why, take nothing, and leave the intent to another card")
  func declining() async throws {  // P-7
    let declining: [(SandboxCard, String)] = [
      (.declined, "card_declined"), (.insufficientFunds, "insufficient_funds"),
      (.cannotBeSaved, "card_declined"),
    ]
    for (number, (card, failure)) in declining.enumerated() {
      let bench = try SandboxBench()
      let (reference, answer) = try await bench.pay(card, number: number)
      let report = try answer.reported
      #expect(report.state == .requiresPaymentMethod)
      #expect(report.failure == failure)
      #expect(report.captured == 0)
      #expect(!report.clientSecret.isEmpty)
      let second = try await bench.confirm(
        reference, SandboxCard.ok.rawValue, number: number, attempt: 2
      ).reported
      #expect(second.state == .succeeded)
      #expect(second.failure == "")
      #expect(bench.gateway.totals(eur).captured == 7_000)
    }
  }

  @Test("a card that needs the client: the action, the client's yes, the money")
  func confirming() async throws {  // P-7
    let bench = try SandboxBench()
    let (reference, answer) = try await bench.pay(.needsConfirmation)
    let report = try answer.reported
    #expect(report.state == .requiresAction)
    #expect(report.actionURL == "https://sandbox.invalid/confirm/\(reference)")
    #expect(bench.gateway.totals(eur).captured == 0)
    #expect(bench.takeNews() == [.intentChanged(SandboxBench.intent(1))])
    #expect(bench.gateway.confirmByClient(reference))
    #expect(!bench.gateway.confirmByClient(reference))
    #expect(bench.takeNews() == [.intentChanged(SandboxBench.intent(1))])
    #expect(try await bench.gateway.look(reference: reference).reported.state == .succeeded)
    #expect(bench.gateway.totals(eur).captured == 7_000)
  }

  @Test(
    "the client's second confirmation pays too; off session the card asks for the client each time")
  func confirmingAgain() async throws {  // P-7
    let bench = try SandboxBench()
    let token = SandboxCard.needsConfirmation.rawValue
    let reference = try await bench.pay(.needsConfirmation, isOffSession: true).reference
    for attempt in 2...3 as ClosedRange<Int32> {
      let answer = await bench.confirm(
        reference, token, attempt: attempt, isOffSession: true)
      #expect(try answer.reported.state == .requiresAction)
    }
    let other = await bench.confirm(reference, SandboxCard.declined.rawValue, attempt: 4)
    #expect(try other.reported.state == .requiresPaymentMethod)
    #expect(
      try await bench.confirm(reference, token, attempt: 5).reported.state == .requiresAction)
    #expect(try await bench.confirm(reference, token, attempt: 6).reported.state == .succeeded)
  }

  @Test(
    "a card that hangs: nothing is told for 2 minutes, to the millisecond, whatever is asked; then it has paid"
  )
  func hanging() async throws {  // P-7, P-8
    let hanging: [(SandboxCard, Int64, PaymentIntentState, Int64)] = [
      (.hangs, 2 * minuteMs, .succeeded, 7_000),
      (.hangsForLong, 15 * minuteMs, .succeeded, 7_000),
      (.hangsThenDeclines, 2 * minuteMs, .requiresPaymentMethod, 0),
    ]
    for (card, silenceMs, state, captured) in hanging {
      let bench = try SandboxBench()
      let (reference, answer) = try await bench.pay(card)
      #expect(answer.isUnknown)
      bench.clock.advance(byMs: silenceMs - 1)
      #expect(await bench.gateway.look(reference: reference).isUnknown)
      #expect(
        await bench.gateway.cancel(reference: reference, intent: SandboxBench.intent(1)).isUnknown)
      #expect(await bench.confirm(reference, card.rawValue, attempt: 2).isUnknown)
      #expect(await bench.refund(reference, 1).isUnknown)
      #expect(bench.takeNews() == [])
      #expect(bench.gateway.nextNewsDue() == bench.clock.now.advanced(byMs: 1))
      bench.clock.advance(byMs: 1)
      #expect(bench.takeNews() == [.intentChanged(SandboxBench.intent(1))])
      let report = try await bench.gateway.look(reference: reference).reported
      #expect(report.state == state)
      #expect(report.captured == captured)
      #expect(bench.gateway.totals(eur).captured == captured)
    }
  }

  @Test(
    "a card that is forgotten: the intent is gone for good, nothing was taken, and another can be made"
  )
  func forgetting() async throws {  // P-7, P-8
    let bench = try SandboxBench()
    let (reference, answer) = try await bench.pay(.forgets)
    #expect(answer.isUnknown)
    bench.clock.advance(byMs: 100 * hourMs)
    #expect(await bench.gateway.look(reference: reference) == .notFound)
    #expect(await bench.confirm(reference, SandboxCard.ok.rawValue, attempt: 2) == .notFound)
    #expect(
      await bench.gateway.prepare(
        PreparedWish(intent: SandboxBench.intent(1), reference: reference, amount: euros(1)))
        == .notFound)
    #expect(bench.gateway.totals(eur).captured == 0)
    let second = try await bench.prepare()
    #expect(second != reference)
    let paid = await bench.confirm(second, SandboxCard.ok.rawValue, attempt: 2)
    #expect(try paid.reported.state == .succeeded)
    #expect(bench.gateway.takings(of: SandboxBench.intent(1)).map(\.captured) == [7_000])
  }

  @Test(
    "a card that answers twice: its event comes once before the answer and once after, with one id")
  func answeringTwice() async throws {  // P-7
    let told = Told()
    let clock = HandClock()
    let gateway = try SandboxPayments(
      path: nil, now: { clock.now }, tellEarly: { await told.take($0) })
    let reference = try await gateway.prepare(
      PreparedWish(intent: SandboxBench.intent(1), amount: euros(7_000))
    ).reported.reference
    let answer = await gateway.confirm(
      ConfirmWish(
        reference: reference, intent: SandboxBench.intent(1), attempt: 1,
        token: SandboxCard.answersTwice.rawValue, isOffSession: false))
    #expect(try answer.reported.state == .succeeded)
    let early = await told.events
    #expect(early.map(\.news) == [.intentChanged(SandboxBench.intent(1))])
    #expect(gateway.news() == early)
    gateway.delivered(early.map(\.id))
    #expect(gateway.news() == [])

    let bench = try SandboxBench()
    _ = try await bench.pay(.answersTwice)
    let both = bench.gateway.news()
    #expect(both.count == 2)
    #expect(both.first == both.last)
  }

  @Test("disputes are opened after 1 h and decided after 2, for what was not given back by then")
  func disputing() async throws {  // P-7
    let outcomes: [(SandboxCard, DisputeState)] = [
      (.disputedLater, .open), (.disputeWon, .won), (.disputeLost, .lost),
    ]
    let intent = SandboxBench.intent(1)
    for (card, outcome) in outcomes {
      let bench = try SandboxBench()
      let reference = try await bench.pay(card).reference
      _ = try await bench.refund(reference, 1_000).reported
      _ = bench.takeNews()
      bench.clock.advance(byMs: hourMs - 1)
      #expect(bench.takeNews() == [])
      bench.clock.advance(byMs: 1)
      #expect(bench.takeNews() == [.disputed(intent, .open, amount: 6_000)])
      #expect(bench.gateway.totals(eur).disputed == 6_000)
      #expect(
        await bench.refund(reference, 1, number: 2) == .refused(code: "charge_disputed"))
      bench.clock.advance(byMs: hourMs)
      let decided: [GatewayEvent.News] =
        outcome == .open ? [] : [.disputed(intent, outcome, amount: 6_000)]
      #expect(bench.takeNews() == decided)
      #expect(bench.gateway.totals(eur).disputed == (outcome == .won ? 0 : 6_000))
      #expect(bench.gateway.nextNewsDue() == nil)
    }
  }

  @Test("a dispute out of order: the decision is told before the opening")
  func disorder() async throws {  // P-7
    let bench = try SandboxBench()
    _ = try await bench.pay(.outOfOrder)
    _ = bench.takeNews()
    bench.clock.advance(byMs: 2 * hourMs)
    let intent = SandboxBench.intent(1)
    #expect(
      bench.takeNews()
        == [.disputed(intent, .lost, amount: 7_000), .disputed(intent, .open, amount: 7_000)])
  }

  @Test("nothing is left to dispute where all was given back")
  func nothingToDispute() async throws {
    let bench = try SandboxBench()
    let reference = try await bench.pay(.disputeLost).reference
    _ = await bench.refund(reference, 7_000)
    _ = bench.takeNews()
    bench.clock.advance(byMs: 3 * hourMs)
    #expect(bench.takeNews() == [])
    #expect(bench.gateway.nextNewsDue() == nil)
  }

  @Test("refunds that take 10 minutes, fail after them, or whose answer is lost")
  func refunding() async throws {  // P-6, P-7
    let cards: [(SandboxCard, MovementState, String)] = [
      (.refundPending, .succeeded, ""), (.refundFails, .failed, "expired_or_canceled_card"),
    ]
    for (card, outcome, failure) in cards {
      let bench = try SandboxBench()
      let reference = try await bench.pay(card).reference
      _ = bench.takeNews()
      let made = try await bench.refund(reference, 3_000).reported
      #expect(made.state == .pending)
      bench.clock.advance(byMs: 10 * minuteMs - 1)
      #expect(bench.takeNews() == [])
      #expect(bench.gateway.totals(eur).refunded == 3_000)
      bench.clock.advance(byMs: 1)
      #expect(bench.takeNews() == [.refundChanged(SandboxBench.refund(1))])
      let report = try await bench.gateway.lookAtRefund(
        reference: made.reference, refund: SandboxBench.refund(1), intentReference: reference
      ).reported
      #expect((report.state, report.failure) == (outcome, failure))
      #expect(bench.gateway.totals(eur).refunded == (outcome == .failed ? 0 : 3_000))
    }
    let bench = try SandboxBench()
    let reference = try await bench.pay(.refundHangs).reference
    #expect(await bench.refund(reference, 3_000).isUnknown)
    let found = try await bench.gateway.lookAtRefund(
      reference: "", refund: SandboxBench.refund(1), intentReference: reference
    ).reported
    #expect(found.state == .succeeded)
    #expect(
      await bench.gateway.lookAtRefund(
        reference: "", refund: SandboxBench.refund(2), intentReference: reference) == .notFound)
  }
}

/// What was told before the answer.
private actor Told {
  private(set) var events: [GatewayEvent] = []
  func take(_ event: GatewayEvent) { events.append(event) }
}
