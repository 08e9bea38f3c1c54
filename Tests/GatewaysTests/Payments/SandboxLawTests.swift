internal import Availability
internal import Booking
internal import Foundation
internal import Gateways
internal import Intervals
internal import Testing

@Suite struct SandboxLawTests {
  @Test("what was asked once is done once, however often it is asked again")
  func idempotency() async throws {  // P-8
    let bench = try SandboxBench()
    let reference = try await bench.prepare()
    #expect(try await bench.prepare() == reference)
    let first = await bench.confirm(reference, SandboxCard.ok.rawValue)
    for attempt in 1...3 as ClosedRange<Int32> {
      #expect(await bench.confirm(reference, SandboxCard.ok.rawValue, attempt: attempt) == first)
    }
    let refund = await bench.refund(reference, 2_000)
    #expect(await bench.refund(reference, 2_000) == refund)
    #expect(await bench.refund(reference, 2_001) == .refused(code: "idempotency_error"))
    #expect(bench.gateway.totals(eur).captured == 7_000)
    #expect(bench.gateway.totals(eur).refunded == 2_000)
    #expect(bench.gateway.takings(of: SandboxBench.intent(1)).count == 1)
  }

  @Test("a declined attempt that is asked again is not tried again, and not with another card")
  func attempts() async throws {  // P-8
    let bench = try SandboxBench()
    let (reference, answer) = try await bench.pay(.declined)
    #expect(await bench.confirm(reference, SandboxCard.declined.rawValue) == answer)
    #expect(
      await bench.confirm(reference, SandboxCard.ok.rawValue) == .refused(code: "idempotency_error")
    )
    #expect(bench.gateway.totals(eur).captured == 0)
  }

  @Test("it never gives back more than it took, in whatever parts and whatever fails")
  func refundsBounded() async throws {  // P-6
    let bench = try SandboxBench()
    let reference = try await bench.pay(.ok).reference
    #expect(await bench.refund(reference, 7_001) == .refused(code: "amount_too_large"))
    #expect(await bench.refund(reference, 0, number: 9) == .refused(code: "amount_too_large"))
    _ = try await bench.refund(reference, 3_000, number: 2).reported
    #expect(await bench.refund(reference, 4_001, number: 3) == .refused(code: "amount_too_large"))
    _ = try await bench.refund(reference, 4_000, number: 4).reported
    #expect(
      await bench.refund(reference, 1, number: 5) == .refused(code: "charge_already_refunded"))
    #expect(bench.gateway.totals(eur).refunded == 7_000)

    let failing = try await bench.pay(.refundFails, number: 2).reference
    _ = try await bench.refund(failing, 7_000, number: 6).reported
    #expect(
      await bench.refund(failing, 1, number: 7) == .refused(code: "charge_already_refunded"))
    bench.clock.advance(byMs: 10 * minuteMs)
    #expect(try await bench.refund(failing, 7_000, number: 8).reported.state == .pending)
  }

  @Test("what took no money gives none back")
  func refundsOfNothing() async throws {  // P-6
    let bench = try SandboxBench()
    let reference = try await bench.pay(.declined).reference
    #expect(await bench.refund(reference, 1) == .refused(code: "charge_not_captured"))
    #expect(await bench.refund("sandbox_nothing", 1) == .notFound)
  }

  @Test("an amount can change until the money is taken, and what is taken is the last one")
  func amounts() async throws {
    let bench = try SandboxBench()
    let reference = try await bench.prepare()
    let wish = PreparedWish(
      intent: SandboxBench.intent(1), reference: reference, amount: euros(5_000))
    _ = try await bench.gateway.prepare(wish).reported
    let paid = try await bench.confirm(reference, SandboxCard.ok.rawValue).reported
    #expect(paid.captured == 5_000)
    let late = PreparedWish(
      intent: SandboxBench.intent(1), reference: reference, amount: euros(9_000))
    let report = try await bench.gateway.prepare(late).reported
    #expect((report.state, report.captured) == (.succeeded, 5_000))
  }

  @Test("a cancelled intent takes nothing; cancelling one that has succeeded says that it has")
  func cancelling() async throws {  // P-3
    let bench = try SandboxBench()
    let reference = try await bench.prepare()
    let canceled = await bench.gateway.cancel(
      reference: reference, intent: SandboxBench.intent(1))
    #expect(try canceled.reported.state == .canceled)
    let late = await bench.confirm(reference, SandboxCard.ok.rawValue)
    #expect(try late.reported.state == .canceled)
    #expect(bench.gateway.totals(eur).captured == 0)

    let paid = try await bench.pay(.ok, number: 2).reference
    let report = try await bench.gateway.cancel(reference: paid, intent: SandboxBench.intent(2))
      .reported
    #expect((report.state, report.captured) == (.succeeded, 7_000))
    #expect(
      await bench.gateway.cancel(reference: "nothing", intent: SandboxBench.intent(3)) == .notFound)
  }

  @Test("a token that is no card's is refused")
  func strangeTokens() async throws {
    let bench = try SandboxBench()
    let reference = try await bench.prepare()
    for token in ["", "tok_", "tok_ok2", "tok_ok.", "tok_ok.pmt_never", "4242424242424242"] {
      #expect(
        await bench.confirm(reference, token) == .refused(code: "resource_missing"), "\(token)")
    }
  }

  @Test("a saved card does as its card does, until it is taken away")
  func saving() async throws {  // P-7
    let bench = try SandboxBench()
    let client = ClientID(rawValue: 7)
    let method = PaymentMethodID(rawValue: 8)
    let wish = SetUpWish(method: method, client: client, token: SandboxCard.declined.rawValue)
    let report = try await bench.gateway.setUp(wish).reported
    #expect(report.state == .active)
    #expect((report.brand, report.lastDigits) == ("visa", "0341"))
    #expect((report.expiryMonth, report.expiryYear) == (12, 2099))
    #expect(await bench.gateway.setUp(wish) == .report(report))
    #expect(await bench.gateway.lookAtSetUp(reference: report.reference) == .report(report))
    let choice = try #require(report.choice)
    #expect(choice.saved == method)
    #expect(!choice.customer.isEmpty)

    let reference = try await bench.prepare()
    let paid = try await bench.confirm(reference, choice.token, isOffSession: true).reported
    #expect(paid.failure == "card_declined")
    #expect(try await bench.gateway.detach(token: choice.token).reported.state == .detached)
    #expect(try await bench.gateway.detach(token: choice.token).reported.state == .detached)
    #expect(
      await bench.confirm(reference, choice.token, attempt: 2) == .refused(code: "resource_missing")
    )
    #expect(await bench.gateway.detach(token: "tok_ok") == .notFound)
  }

  @Test("saving by the client's own browser, at the bank, in vain, and with a lost answer")
  func savingByClient() async throws {  // P-7
    let bench = try SandboxBench()
    func setUp(_ number: Int, _ token: String) async -> GatewayAnswer<SetUpReport> {
      await bench.gateway.setUp(
        SetUpWish(
          method: PaymentMethodID(rawValue: UInt128(number)), client: ClientID(rawValue: 7),
          token: token, customer: "customer_7"))
    }
    let open = try await setUp(1, "").reported
    #expect((open.state, open.choice) == (.pending, nil))
    #expect(!open.clientSecret.isEmpty)
    #expect(bench.gateway.confirmByClient(open.reference, token: SandboxCard.ok.rawValue))
    let saved = try await bench.gateway.lookAtSetUp(reference: open.reference).reported
    #expect(saved.state == .active)
    #expect(saved.choice?.customer == "customer_7")

    let waiting = try await setUp(2, SandboxCard.needsConfirmation.rawValue).reported
    #expect((waiting.state, waiting.choice) == (.requiresAction, nil))
    #expect(!waiting.actionURL.isEmpty)
    #expect(bench.gateway.confirmByClient(waiting.reference))
    #expect(
      try await bench.gateway.lookAtSetUp(reference: waiting.reference).reported.state == .active)

    let failed = try await setUp(3, SandboxCard.cannotBeSaved.rawValue).reported
    #expect((failed.state, failed.failure, failed.choice) == (.failed, "card_declined", nil))

    #expect(await setUp(4, SandboxCard.hangs.rawValue).isUnknown)
    bench.clock.advance(byMs: 2 * minuteMs)
    #expect(try await setUp(4, SandboxCard.hangs.rawValue).reported.state == .active)
    #expect(await setUp(5, SandboxCard.forgets.rawValue).isUnknown)
    #expect(await bench.gateway.lookAtSetUp(reference: "sandbox_nothing") == .notFound)
    #expect(await setUp(6, "tok_nonsense") == .refused(code: "resource_missing"))
  }

  @Test("the sandbox's truth survives a restart: money, silence, and what is still to be told")
  func restart() async throws {  // P-8
    let path = scratchPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bench = try SandboxBench(path: path)
    let paid = try await bench.pay(.disputeLost).reference
    let hanging = try await bench.pay(.hangs, number: 2).reference
    _ = try await bench.refund(paid, 1_000).reported
    _ = bench.takeNews()

    let again = try SandboxBench(path: path)
    #expect(again.gateway.totals(eur) == bench.gateway.totals(eur))
    #expect(again.gateway.totals(eur).captured == 14_000)
    #expect(again.takeNews() == [])
    #expect(await again.gateway.look(reference: hanging).isUnknown)
    #expect(await again.refund(paid, 1_000) == bench.refund(paid, 1_000))
    again.clock.advance(byMs: 2 * minuteMs)
    #expect(again.takeNews() == [.intentChanged(SandboxBench.intent(2))])
    #expect(try await again.gateway.look(reference: hanging).reported.state == .succeeded)
    again.clock.advance(byMs: hourMs)
    #expect(again.takeNews() == [.disputed(SandboxBench.intent(1), .open, amount: 6_000)])
  }

  @Test("of a line that a crash cut off nothing is left; a line that is broken stops the start")
  func tornFile() async throws {
    let path = scratchPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bench = try SandboxBench(path: path)
    _ = try await bench.pay(.ok)
    let whole = try #require(FileManager.default.contents(atPath: path))
    // Any cut within the last line loses that line alone.
    let lines = whole.split(separator: UInt8(ascii: "\n"))
    let last = try #require(lines.last)
    for cut in [1, 2, last.count / 2, last.count] {
      try whole.dropLast(cut).write(to: URL(fileURLWithPath: path))
      let again = try SandboxBench(path: path)
      #expect(again.gateway.totals(eur).captured == 0)
      let paid = try await again.pay(.ok).answer.reported
      #expect(paid.state == .succeeded)
      #expect(try SandboxBench(path: path).gateway.totals(eur).captured == 7_000)
    }
    try (Data("{]\n".utf8) + whole).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: (any Error).self) { try SandboxBench(path: path) }
    #expect("\(try #require(error))".contains("line 1"))
  }

  @Test("news is told until it was taken, and not a moment early")
  func news() async throws {
    let bench = try SandboxBench()
    _ = try await bench.pay(.ok)
    let events = bench.gateway.news()
    #expect(events.count == 1)
    #expect(bench.gateway.news() == events)
    bench.gateway.delivered(events.map(\.id))
    #expect(bench.gateway.news() == [])
    #expect(bench.gateway.nextNewsDue() == nil)
  }

  @Test("the sandbox takes no webhooks: nobody can tell it what did not happen")
  func webhooks() async throws {
    let bench = try SandboxBench()
    let reading = await bench.gateway.read(
      Webhook(headers: [], body: Array("{}".utf8)), now: bench.clock.now)
    #expect(reading == .refused(reason: "the sandbox sends no webhooks"))
  }
}
