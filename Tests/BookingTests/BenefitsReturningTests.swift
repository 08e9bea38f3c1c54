internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// What was paid by benefits goes back into the client's account.
struct BenefitsReturningTests {
  private let start = inRome("2026-11-26T10:00")
  private let id = appointmentID(1)

  /// A session of 70 euros that benefits have paid as far as they reach.
  private func paid(_ fill: (inout Practice) -> Void) -> Practice {
    var practice = Practice()
    practice.offer()
    fill(&practice)
    practice.perform(bookingByBenefits(start, id: id))
    return practice
  }

  private func day(_ text: String) -> Instant { inRome("\(text)T12:00").instant }

  @Test("value goes back where it came from, and can be used again")  // P-5 P-6
  func value() throws {
    var practice = paid { $0.give(1, .voucher, 7_000) }
    #expect(practice.benefit(1)?.state == .usedUp)
    let part = practice.perform(givingBack(id, 2_000))
    let refund = try #require(part.moves.first)
    #expect(refund.source == .benefit(benefitID(1)) && refund.direction == .refund)
    #expect(refund.amount == euro(2_000) && refund.benefitValue == 2_000)
    #expect(refund.note == "goodwill" && refund.returns == practice.books.payments.first?.id)
    #expect(refund.state == .succeeded)
    #expect(practice.benefit(1)?.state == .active && practice.left(1) == 2_000)
    #expect(practice.benefit(1)?.expiresAt == nil)
    practice.perform(cancelling(id))
    #expect(practice.left(1) == 7_000 && practice.session(id)?.refunded == 7_000)
    #expect(practice.session(id)?.paymentStatus == .refunded)
  }

  @Test("what comes back can be used for 30 days at least, and for longer where it could be")
  func expiry() {  // P-5
    for (expiry, expected) in [
      ("2026-11-25", "2026-12-24"), ("2026-12-24", "2026-12-24"), ("2027-03-01", "2027-03-01"),
    ] {
      var practice = paid { $0.give(1, .voucher, 9_000, until: day(expiry)) }
      practice.now = day("2026-11-24")
      practice.perform(cancelling(id))
      #expect(practice.benefit(1)?.expiresAt == day(expected))
      #expect(practice.benefit(1)?.due == day(expected) && practice.left(1) == 9_000)
    }
  }

  @Test("what has lapsed does not come back with what does")  // P-5
  func lapsed() {
    var practice = paid { $0.give(1, .voucher, 9_000, until: day("2026-11-24")) }
    practice.now = day("2026-11-25")
    practice.perform(.expireBenefit(benefitID(1)), by: .time)
    #expect(practice.left(1) == 0)
    practice.perform(cancelling(id))
    #expect(practice.benefit(1)?.state == .active && practice.left(1) == 7_000)
    #expect(practice.benefit(1)?.expiresAt == day("2026-12-25"))
  }

  @Test("a session comes back as a session, worth what it was")  // P-5
  func session() {
    var practice = paid { $0.give(1, .sessions, 100, sessions: 3) }
    #expect(practice.left(1) == 66)
    practice.perform(cancelling(id))
    #expect(practice.left(1) == 100 && practice.benefit(1)?.sessionsLeft == 3)
    #expect(practice.books.benefits.count == 1)
    #expect(practice.books.payments.suffix(2).map(\.benefitValue) == [34, 34])
    #expect(practice.session(id)?.refunded == 7_000)
  }

  @Test("a part of a session comes back as a credit over that part, and so does the rest")  // P-5
  func partOfSession() throws {
    var practice = paid { $0.give(1, .sessions, 5_000, sessions: 1, until: day("2026-12-01")) }
    let part = practice.perform(givingBack(id, 3_000))
    let credit = try #require(part.benefitsMade.first)
    #expect(credit.kind == .credit && credit.origin == .returned && credit.state == .active)
    #expect(credit.value == euro(3_000) && credit.valueLeft == 3_000)
    #expect(credit.client == carlo && credit.expiresAt == nil && credit.services == [])
    #expect(part.moves.first?.source == .benefit(credit.id))
    #expect(part.moves.first?.benefitValue == 3_000)
    let rest = practice.perform(cancelling(id))
    #expect(rest.benefitsMade.map(\.value) == [euro(4_000)])
    #expect(practice.benefit(1)?.state == .usedUp && practice.benefit(1)?.sessionsLeft == 0)
    practice.perform(bookingByBenefits(start, id: appointmentID(2)))
    #expect(practice.session(appointmentID(2))?.paid == 7_000)
  }

  @Test("what one benefit paid twice comes back twice, in one decision")  // P-5 P-6
  func twice() {
    var practice = paid { $0.give(1, .voucher, 9_000) }
    practice.perform(givingBack(id, 2_000))
    practice.perform(using(id))
    #expect(practice.left(1) == 2_000)
    let decision = practice.perform(cancelling(id))
    #expect(decision.moves.map(\.amount.minorUnits) == [2_000, 5_000])
    #expect(practice.left(1) == 9_000)
    #expect(Set(practice.books.payments.map(\.id)).count == practice.books.payments.count)
  }

  @Test("no benefit gains or loses by what is used, given back and lapses, in whatever order")
  func conservation() {  // P-5 P-6 P-9
    var (uses, returns) = (0, 0)
    for seed in UInt64(1)...12 {
      var story = Story(seed: seed)
      for _ in 0..<60 {
        story.next()
        story.check()
      }
      uses += story.uses
      returns += story.returns
    }
    #expect(uses > 100 && returns > 100)
  }
}

/// Sessions that are booked, paid, given back in parts and cancelled, while benefits come and lapse.
private struct Story {
  private var practice = Practice()
  private var dice: UInt64
  private var lapsed: [BenefitID: Int64] = [:]
  private var count: UInt128 = 0
  private(set) var uses = 0
  private(set) var returns = 0

  init(seed: UInt64) {
    dice = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    practice.offer(price: 7_001)
  }

  /// 0 up to, but not, a number (xorshift).
  private mutating func roll(_ sides: UInt64) -> Int64 {
    dice ^= dice << 13
    dice ^= dice >> 7
    dice ^= dice << 17
    return Int64(dice % sides)
  }

  private mutating func someSession() -> AppointmentID {
    appointmentID(UInt128(roll(UInt64(count))) + 1)
  }

  mutating func next() {
    switch count == 0 ? roll(5) : roll(10) {
    case 0, 1:
      let number = UInt128(practice.books.benefits.count + 1)
      let expiry = roll(2) == 0 ? nil : practice.now.advanced(byMs: (1 + roll(60)) * 86_400_000)
      switch roll(3) {
      case 0: practice.give(number, .sessions, roll(2) * roll(20_000), sessions: 3, until: expiry)
      case 1: practice.give(number, .voucher, 1 + roll(9_000), until: expiry)
      default: practice.give(number, .credit, 1 + roll(20_000))
      }
    case 2, 3, 4: book()
    case 5: perform(using(someSession()))
    case 6, 7:
      perform(givingBack(someSession(), 1 + roll(7_001)))
    case 8: perform(cancelling(someSession()))
    default:
      practice.wait(60 * roll(200))
      for benefit in practice.books.benefits {
        perform(.expireBenefit(benefit.id))
      }
    }
  }

  private mutating func book() {
    let day = Minute(atOrAfter: practice.now)!
    let noon = rome.local(day).date
    let start = rome.edge(LocalMinute(date: noon, minuteOfDay: 540))
      .advanced(byMinutes: Int32(24 * 60 * (1 + roll(20)) + 60 * roll(4)))
    let decision = practice.decide(bookingByBenefits(start, id: appointmentID(count + 1)))
    guard decision.booked != nil else { return }
    count += 1
    perform(bookingByBenefits(start, id: appointmentID(count)))
  }

  private mutating func perform(_ wish: Wanted) {
    let decision = practice.perform(wish)
    for case .benefitChanged(let new, from: let old) in decision.change?.events ?? []
    where new.state == .expired {
      lapsed[new.id, default: 0] += old.valueLeft - new.valueLeft
    }
    uses += decision.moves.filter { $0.direction == .payment }.count
    returns += decision.moves.filter { $0.direction == .refund }.count
  }

  func check() {
    for benefit in practice.books.benefits {
      let moves = practice.books.payments.filter { $0.source == .benefit(benefit.id) }
      let used = moves.filter { $0.direction == .payment }.reduce(0) { $0 + $1.benefitValue }
      let back = moves.filter { $0.direction == .refund }.reduce(0) { $0 + $1.benefitValue }
      // What a part of a session came back as begins with nothing.
      let value = benefit.origin == .returned ? 0 : benefit.value.minorUnits
      #expect(used - back + benefit.valueLeft + lapsed[benefit.id, default: 0] == value)
      #expect(benefit.valueLeft >= 0 && benefit.valueLeft <= benefit.value.minorUnits)
      #expect(0...benefit.sessions ~= benefit.sessionsLeft)
      if benefit.state == .active {
        #expect(benefit.valueLeft > 0 || benefit.sessionsLeft > 0)
      } else {
        #expect(benefit.valueLeft == 0 && benefit.sessionsLeft == 0)
      }
    }
    for session in practice.facts.appointments.values {
      let moves = practice.books.payments.filter { $0.purpose == .appointment(session.id) }
      let paid = moves.filter { $0.direction == .payment }.reduce(0) { $0 + $1.amount.minorUnits }
      #expect(session.paid == paid)
      #expect(
        session.refunded
          == moves.reduce(0) { $0 + $1.amount.minorUnits } - paid)
      #expect(0...session.paid ~= session.refunded)
      #expect(session.paid - session.refunded <= session.price.minorUnits)
    }
  }
}
