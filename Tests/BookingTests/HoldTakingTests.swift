internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct HoldTakingTests {
  private let start = inRome("2026-11-24T10:00")

  @Test("a hold takes the slot for 10 minutes, and can be renewed up to 60 in all")  // S-12
  func deadlines() throws {
    let practice = Practice()
    let hold = try #require(
      practice.decide(holding(start, client: carlo, id: holdID(1)), by: .client(carlo)).held)
    #expect(
      hold
        == Hold(
          id: holdID(1), therapist: anna, service: individual, location: office, room: blueRoom,
          client: carlo, span: span(start, minutes: 50), buffers: .none, takenAt: practice.now,
          expiresAtMax: practice.now.advanced(byMs: 3_600_000),
          expiresAt: practice.now.advanced(byMs: 600_000), state: .held))
  }

  @Test("its minutes are the service's, else the therapist's, else the partner's")  // S-12
  func policy() throws {
    var practice = Practice()
    func minutes() throws -> [Int64] {
      let hold = try #require(practice.decide(holding(start)).held)
      return [hold.expiresAt, hold.expiresAtMax].map {
        ($0.msSinceEpoch - practice.now.msSinceEpoch) / 60_000
      }
    }
    practice.facts.partnerPolicy = PartnerPolicy(
      policy: try #require(Policy(holdMinutes: 20, holdTotalMinutes: 90)), version: 1)
    #expect(try minutes() == [20, 90])
    practice.facts.therapists[anna]?.policy = try #require(Policy(holdMinutes: 15))
    #expect(try minutes() == [15, 90])
    practice.facts.services[individual]?.policy = try #require(
      Policy(holdMinutes: 30, holdTotalMinutes: 25))
    #expect(try minutes() == [25, 25])
  }

  @Test("while it lasts nobody else books the therapist, the room or the client")  // S-12 S-4
  func inTheWay() throws {
    var practice = Practice()
    let hold = try #require(
      practice.perform(holding(start, room: blueRoom, client: carlo, id: holdID(1))).held)
    func collision(_ resource: Resource) -> [Collision] {
      [
        Collision(
          occupant: .hold(hold.id), span: hold.span, resource: resource,
          holdExpiresAt: hold.expiresAt)
      ]
    }
    #expect(
      practice.decide(booking(start, room: blueRoom)).discrepancies == [
        .therapistBusy(collision(.therapist(anna))), .roomBusy(collision(.room(blueRoom))),
        .clientBusy(collision(.client(carlo))),
      ])
    let elsewhere = booking(start, therapist: bruno, service: couple, room: blueRoom)
    #expect(
      practice.decide(elsewhere).discrepancies == [
        .roomBusy(collision(.room(blueRoom))), .clientBusy(collision(.client(carlo))),
      ])
    // And no second hold.
    #expect(
      practice.decide(holding(start)).discrepancies == [
        .therapistBusy(collision(.therapist(anna)))
      ])
  }

  @Test("what cannot be booked cannot be held, and everything in the way is named")  // S-12 S-4
  func unbookable() {
    let practice = Practice()
    #expect(
      practice.decide(holding(inRome("2026-11-24T13:05"))).discrepancies
        == [.outsideLocationHours, .outsideSchedule, .offGrid])
    let inJanuary = holding(inRome("2027-01-12T10:00"))
    #expect(practice.decide(inJanuary).held != nil)
    #expect(practice.decide(inJanuary, by: .client(carlo)).discrepancies.map(\.kind) == [7])
  }

  @Test("it lapses at its deadline by itself, and not before")  // S-12
  func lapses() throws {
    var practice = Practice()
    let hold = try #require(practice.perform(holding(start, client: carlo)).held)
    practice.now = hold.expiresAt.advanced(byMs: -1)
    #expect(practice.decide(booking(start)).discrepancies.map(\.kind) == [4, 6])
    practice.now = hold.expiresAt
    let booked = practice.decide(booking(start))
    #expect(booked.booked != nil)
    #expect(booked.change?.events.first == .holdLapsed(hold.id))
  }

  @Test("whoever comes after lapsed holds clears them away, each once")  // S-12
  func clearing() throws {
    var practice = Practice()
    let later = inRome("2026-11-24T11:30")
    practice.perform(holding(start, room: blueRoom, client: carlo, id: holdID(1)))
    practice.perform(
      holding(start, therapist: bruno, service: couple, room: redRoom, id: holdID(2)))
    practice.perform(holding(later, room: blueRoom, id: holdID(3)))
    practice.wait(10)
    // Of Anna all, of Bruno the one that is in the way in the room.
    let change = try #require(practice.decide(booking(start, room: redRoom)).change)
    let cleared = change.events.compactMap { event in
      if case .holdLapsed(let id) = event { id } else { nil }
    }
    #expect(cleared == [holdID(1), holdID(3), holdID(2)])
    practice.perform(booking(start, room: redRoom))
    #expect(practice.facts.index.violations() == [])
    #expect(practice.facts.index.therapist(anna)?.busy.held == [])
    #expect(practice.facts.index.busy(of: carlo).held == [])
  }

  @Test("the room is the one that is named, or the first that is free")  // S-10 S-12
  func rooms() throws {
    var practice = Practice()
    let first = practice.perform(holding(start)).held
    let second = practice.perform(holding(start, therapist: bruno, service: couple)).held
    #expect([first?.room, second?.room] == [blueRoom, redRoom])
    let online = practice.decide(
      holding(inRome("2026-11-24T14:00"), service: firstTalk, location: video)
    ).held
    #expect(online != nil && online?.room == nil)
  }

  @Test("what the request names must be there and fit together")
  func unknownParts() {
    let practice = Practice()
    let wishes: [(Wanted, String)] = [
      (holding(start, therapist: foreigner), "therapist_id"),
      (holding(start, service: couple), "service_id"),
      (holding(start, location: video), "location_id"),
      (holding(start, room: RoomID(rawValue: 29)), "room_id"),
      (holding(start, client: daria), "client_id"),
    ]
    for (wish, field) in wishes {
      guard case .notFound(_, let named) = practice.decide(wish).refusal else {
        Issue.record("\(field) was found")
        continue
      }
      #expect(named == field)
    }
  }

  @Test("an id is taken once, though the hold is over")
  func idTaken() {
    var practice = Practice()
    practice.perform(holding(start, id: holdID(1)))
    practice.perform(.releaseHold(holdID(1)))
    #expect(
      practice.decide(holding(start, id: holdID(1))).refusal
        == .idTaken(id: holdID(1).text, field: "hold_id"))
    practice.facts.takenElsewhere = [holdID(2).text]
    #expect(
      practice.decide(holding(start, id: holdID(2))).refusal
        == .idTaken(id: holdID(2).text, field: "hold_id"))
  }
}
