internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// B-7 where clients ask: what binds the therapist, who decides, binds the request, and no more.
struct RequestFollowUpTests {
  private let pair = CarePair(anna, carlo)
  private let start = inRome("2026-11-24T10:00")
  private let later = inRome("2026-11-25T10:00")
  private let id = appointmentID(1)

  /// Where clients ask and follow-ups wait.
  private func practice(autoAccept: Bool = false) -> Practice {
    var practice = Practice()
    var settings = AppointmentSettings()
    settings.clientBooking = .request
    settings.followUpsAfterFirstSession = true
    settings.autoAcceptRequests = autoAccept
    practice.facts.services[individual]?.policy = Policy(appointments: settings)!
    return practice
  }

  /// Carlo was with Anna the day before yesterday, and has paid if so.
  private func practice(paid: Bool, autoAccept: Bool = false) -> Practice {
    var practice = practice(autoAccept: autoAccept)
    let past = Appointment(
      id: appointmentID(90), therapist: anna, client: carlo, service: individual,
      location: office, room: nil, span: span(inRome("2026-11-22T10:00"), minutes: 50),
      zoneName: "Europe/Rome", plan: .onSite, price: euro(7_000),
      bookedAt: inRome("2026-11-20T10:00").instant, state: .completed,
      paymentStatus: paid ? .paid : .due, version: 3,
      changedAt: inRome("2026-11-22T11:00").instant, cancelReason: "")
    practice.facts.appointments[past.id] = past
    practice.facts.therapies[pair] = Therapy(
      id: TherapyID(rawValue: 7), pair: pair, selfBooking: false, begunAt: past.bookedAt)
    return practice
  }

  @Test("the first may be asked for, what follows has to wait; staff who ask for a client do not")
  // B-7
  func waits() {
    var practice = practice()
    let first = practice.perform(asking(start), by: .client(carlo))
    #expect(first.answered?.state == .requested)
    #expect(practice.decide(asking(later), by: .client(carlo)).refusal == .followUpNotOpen(pair))
    #expect(practice.decide(asking(later), by: desk).answered?.state == .requested)
    // It is the first itself, and does not wait for itself.
    #expect(
      practice.decide(accepting(first.answered!.id), by: .therapist(anna)).answered?.state
        == .scheduled)
  }

  @Test("once the first was held and paid, whoever may not book may ask all the same")  // B-7
  func opens() {
    #expect(
      practice(paid: false).decide(asking(start), by: .client(carlo)).refusal
        == .followUpNotOpen(pair))
    #expect(
      practice(paid: true).decide(asking(start), by: .client(carlo)).answered?.state == .requested)
  }

  @Test("who is found to be a client who waits is not accepted by the therapist, but by staff")
  // B-5, B-7
  func matching() {
    var practice = practice(paid: false)
    practice.perform(asking(start, asker: .new(registering(Practice.person)), id: id))
    for claimant in [AcceptWish.Claimant.matching, .named(carlo)] {
      let wish = accepting(id, for: claimant)
      #expect(practice.decide(wish, by: .therapist(anna)).refusal == .followUpNotOpen(pair))
      #expect(practice.decide(wish, by: desk).answered?.client == carlo)
    }
    #expect(practice.decide(accepting(id, for: .new), by: .therapist(anna)).isNewClient == true)
  }

  @Test("nor accepted by itself; and whoever asks is not told why")  // B-4, B-7
  func atOnce() {
    let wish = asking(start, asker: .new(registering(Practice.person)))
    #expect(
      practice(paid: false, autoAccept: true).decide(wish, by: .client(nil)).answered?.state
        == .requested)
    #expect(
      practice(paid: true, autoAccept: true).decide(wish, by: .client(nil)).answered?.state
        == .scheduled)
  }
}
