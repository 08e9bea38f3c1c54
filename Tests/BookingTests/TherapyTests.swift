internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct TherapyTests {
  private let therapy = Therapy(
    id: TherapyID(rawValue: 7), pair: CarePair(anna, carlo),
    begunAt: inRome("2026-11-20T10:00").instant)

  private func decide(
    _ selfBooking: Bool, seen version: Int64? = nil, by actor: Actor,
    of therapy: TherapyID = TherapyID(rawValue: 7)
  ) -> Decision {
    var practice = Practice()
    practice.facts.therapiesByID[self.therapy.id] = self.therapy
    let update = TherapyUpdate(therapy: therapy, seenVersion: version, selfBooking: selfBooking)
    return practice.decide(.updateTherapy(update), by: actor)
  }

  @Test("whether the client books by themself is a setting of the therapy, off for a new one")
  func selfBooking() {  // B-7
    #expect(!therapy.selfBooking)
    for actor in [desk, .therapist(anna)] {
      let changed = Therapy(
        id: therapy.id, pair: therapy.pair, selfBooking: true, version: 2,
        begunAt: therapy.begunAt)
      #expect(
        decide(true, by: actor).change
          == Change(events: [.therapyChanged(changed)], answer: .therapy(changed)))
    }
  }

  @Test("another therapist's, and one that does not exist, are not there")
  func visible() {
    let refusal = Refusal.notFound(id: therapy.id.text, field: "therapy_id")
    #expect(decide(true, by: .therapist(bruno)).refusal == refusal)
    let absent = TherapyID(rawValue: 8)
    #expect(
      decide(true, by: desk, of: absent).refusal
        == .notFound(id: absent.text, field: "therapy_id"))
  }

  @Test("a stale version is refused")
  func stale() {  // B-14
    #expect(
      decide(true, seen: 2, by: desk).refusal
        == .staleVersion(id: therapy.id.text, seen: 2, current: 1))
    #expect(decide(true, seen: 1, by: desk).change != nil)
  }
}

/// What a therapy has come to.
struct TherapySummaryTests {
  private let now = inRome("2026-11-23T08:00")
  private let waiting = {
    var settings = AppointmentSettings()
    settings.followUpsAfterFirstSession = true
    return Policy.resolved(
      service: nil, therapist: .unset, partner: Policy(appointments: settings)!
    ).appointments
  }()

  /// 50 minutes for 70 euros.
  private func session(
    _ state: AppointmentState, _ status: PaymentStatus, endsIn minutes: Int32 = -60,
    attendance: Attendance = .unset, price: Money = euro(7_000), paid: Int64 = 0,
    refunded: Int64 = 0, fee: Int64 = 0
  ) -> CareSession {
    CareSession(
      span: span(now.advanced(byMinutes: minutes - 50), minutes: 50), state: state,
      attendance: attendance, paymentStatus: status, price: price, paid: paid, refunded: refunded,
      fee: fee)
  }

  private func summary(_ sessions: [CareSession]) -> TherapySummary {
    TherapySummary(of: CareHistory(sessions: sessions), under: waiting, at: now.instant)
  }

  @Test("nothing, of a new one")
  func empty() {
    let empty = summary([])
    #expect(empty.upcoming == 0 && empty.held == 0 && !empty.followUpsOpen)
    #expect(empty.paid == [] && empty.outstanding == [])
    let policy = Policy.resolved(service: nil, therapist: .unset, partner: .unset).appointments
    #expect(TherapySummary(of: .none, under: policy, at: now.instant).followUpsOpen)  // B-7
  }

  @Test("upcoming is what stands and is not over; a session is over at its end")
  func upcoming() {
    for state in AppointmentState.allCases {
      let stands =
        switch state {
        case .requested, .initiated, .paymentProcessing, .scheduled, .inProgress: true
        case .completed, .cancelledByClient, .cancelledByTherapist, .paymentCancelled, .declined,
          .expired:
          false
        }
      #expect(summary([session(state, .none, endsIn: 1)]).upcoming == (stands ? 1 : 0), "\(state)")
      #expect(summary([session(state, .none, endsIn: 0)]).upcoming == 0)
    }
  }

  @Test("held is what is completed and no no-show")
  func held() {
    let sessions = [
      session(.completed, .due), session(.completed, .due, attendance: .attended),
      session(.completed, .due, attendance: .custom("LATE")),
      session(.completed, .due, attendance: .noShow), session(.inProgress, .due),
      session(.cancelledByClient, .none),
    ]
    #expect(summary(sessions).held == 3)
  }

  @Test("follow-ups are open in the summary as they are in a booking")
  func followUps() {  // B-7
    #expect(summary([session(.completed, .paid)]).followUpsOpen)
    #expect(!summary([session(.completed, .due)]).followUpsOpen)
    #expect(!summary([session(.scheduled, .paid, endsIn: 100)]).followUpsOpen)
  }

  @Test("paid is less what was given back, each currency by itself")
  func paid() throws {
    let lei = Money(minorUnits: 20_000, currency: try #require(Currency("RON")))
    let sessions = [
      session(.completed, .paid, paid: 7_000),
      session(.cancelledByTherapist, .partlyRefunded, paid: 7_000, refunded: 5_000),
      session(.cancelledByClient, .refunded, paid: 7_000, refunded: 7_000),
      session(.completed, .paid, price: lei, paid: 20_000),
    ]
    #expect(summary(sessions).paid == [euro(9_000), lei])
    #expect(summary([sessions[2]]).paid == [])
  }

  @Test(
    "outstanding is the price of what stands or was held, and the fee where it was cancelled or nobody came"
  )
  func outstanding() throws {
    let lei = Money(minorUnits: 20_000, currency: try #require(Currency("RON")))
    func owed(_ session: CareSession) -> [Money] { summary([session]).outstanding }
    #expect(owed(session(.scheduled, .due, endsIn: 100)) == [euro(7_000)])
    #expect(owed(session(.completed, .due, paid: 2_000)) == [euro(5_000)])
    #expect(owed(session(.completed, .due, attendance: .noShow, fee: 5_000)) == [euro(5_000)])
    #expect(owed(session(.paymentProcessing, .processing, endsIn: 100)) == [euro(7_000)])
    #expect(owed(session(.cancelledByClient, .due, fee: 3_500)) == [euro(3_500)])
    #expect(owed(session(.cancelledByClient, .due, paid: 1_000, fee: 3_500)) == [euro(2_500)])
    #expect(owed(session(.cancelledByClient, .paid, paid: 7_000, fee: 3_500)) == [])
    #expect(owed(session(.completed, .partlyRefunded, paid: 7_000, refunded: 1_000)) == [])
    #expect(owed(session(.requested, .none, endsIn: 100)) == [])
    #expect(
      summary([
        session(.completed, .due), session(.completed, .due), session(.completed, .due, price: lei),
      ]).outstanding == [euro(14_000), lei])
  }
}
