import Availability
import Intervals
import Testing

@Suite struct HoldTests {
  private let session = span("2026-11-24T08:00Z", "2026-11-24T08:50Z")
  private let deadline = utc("2026-11-23T00:10Z").instant

  private var hold: HeldTime {
    held(7, session, until: deadline, room: blueRoom, client: carlo)
  }

  private func evaluator(
    _ now: Instant, _ entry: TherapistEntry, _ booked: Booked = Booked()
  ) -> Evaluator<Booked> {
    Evaluator(therapist: entry, moment: Moment(now: now, role: .client), occupancy: booked)
  }

  private func wish(
    place: Place = place(), client: ClientID? = nil, hold: HoldID? = nil
  ) -> Wish {
    Wish(
      offer: offer(), place: place, room: nil, start: session.start, client: client, hold: hold)
  }

  @Test("a hold takes its slot before its deadline; at its deadline the slot is free")  // S-12
  func lapse() {
    let entry = therapist(held: [hold])
    let before = evaluator(deadline.advanced(byMs: -1), entry)
    #expect(
      before.assess(wish()).discrepancies == [
        .therapistBusy([
          Collision(
            occupant: .hold(HoldID(rawValue: 7)), span: session, resource: .therapist(anna),
            holdExpiresAt: deadline)
        ])
      ])
    #expect(!before.starts(of: offer(), at: place(), in: session).contains(session.start))
    let at = evaluator(deadline, entry)
    #expect(at.assess(wish()).isBookable)
    #expect(at.starts(of: offer(), at: place(), in: session).contains(session.start))
  }

  @Test("a hold takes room and client as well")  // S-10, S-12
  func roomAndClient() {
    let rooms = place(rooms: [blueRoom])
    let booked = Booked(held: [hold])
    let evaluator = evaluator(deadline.advanced(byMs: -1), therapist(places: [rooms]), booked)
    let found = evaluator.assess(wish(place: rooms, client: carlo)).discrepancies
    let occupant = Occupant.hold(HoldID(rawValue: 7))
    #expect(
      found == [
        .roomBusy([
          Collision(
            occupant: occupant, span: session, resource: .room(blueRoom), holdExpiresAt: deadline)
        ]),
        .clientBusy([
          Collision(
            occupant: occupant, span: session, resource: .client(carlo), holdExpiresAt: deadline)
        ]),
      ])
  }

  @Test("what it was made for finds its own hold no obstacle, and another's one")  // S-12
  func own() {
    let rooms = place(rooms: [blueRoom])
    let entry = therapist(places: [rooms], held: [hold])
    let evaluator = evaluator(deadline.advanced(byMs: -1), entry, Booked(held: [hold]))
    let own = wish(place: rooms, client: carlo, hold: HoldID(rawValue: 7))
    #expect(evaluator.assess(own) == Assessment(discrepancies: [], room: blueRoom))
    let others = wish(place: rooms, client: carlo, hold: HoldID(rawValue: 8))
    #expect(evaluator.assess(others).discrepancies.map(\.kind) == [4, 5, 6])
    // Its time can be offered instead of another start, but not to others.
    let later = Wish(
      offer: offer(), place: rooms, room: nil, start: utc("2026-11-24T08:01Z"), client: carlo,
      hold: HoldID(rawValue: 7))
    #expect(evaluator.alternatives(to: later, atMost: 1) == [session.start])
  }

  @Test("appointments and holds in the way are named together, by start")  // S-4 kind 4
  func together() {
    let early = span("2026-11-24T07:30Z", "2026-11-24T08:05Z")
    let late = span("2026-11-24T08:40Z", "2026-11-24T09:00Z")
    let entry = therapist(
      busy: [(1, late)],
      held: [held(7, early, until: deadline), held(8, late, until: deadline)])
    let found = evaluator(deadline.advanced(byMs: -1), entry).assess(wish()).discrepancies
    guard case .therapistBusy(let collisions) = found.first else {
      Issue.record("expected collisions of the therapist")
      return
    }
    #expect(
      collisions.map(\.occupant) == [
        .hold(HoldID(rawValue: 7)), .appointment(appointment(1)), .hold(HoldID(rawValue: 8)),
      ])
  }
}
