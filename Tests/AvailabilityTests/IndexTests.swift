import Availability
import Intervals
import Testing

@Suite struct IndexTests {
  private let ten = span("2026-11-24T10:00Z", "2026-11-24T10:50Z")
  private let half = span("2026-11-24T10:30Z", "2026-11-24T11:20Z")
  private let next = span("2026-11-24T10:50Z", "2026-11-24T11:40Z")

  private func index(_ entries: TherapistEntry...) -> AvailabilityIndex {
    var index = AvailabilityIndex()
    for entry in entries { index.adopt(entry) }
    return index
  }

  private func occupation(
    _ number: UInt128, _ span: Span, therapist: TherapistID = anna, room: RoomID? = blueRoom,
    client: ClientID? = carlo
  ) -> Occupation {
    Occupation(
      appointment: appointment(number), span: span, therapist: therapist, room: room,
      client: client)
  }

  @Test("an appointment takes therapist, room and client together, and frees them")  // S-10
  func occupyAndVacate() {
    var index = index(therapist())
    #expect(index.apply(.occupy(occupation(7, ten))) == true)
    let entries = [IntervalTree.Entry(span: ten, key: 7)]
    #expect(index.therapist(anna)?.busy.sessions.entries == entries)
    #expect(index.busy(of: blueRoom).sessions.entries == entries)
    #expect(index.busy(of: carlo).sessions.entries == entries)
    #expect(index.violations().isEmpty)

    #expect(index.apply(.vacate(occupation(7, ten))) == true)
    #expect(index.therapist(anna)?.busy.isEmpty == true)
    #expect(index.busy(of: blueRoom).isEmpty)
    #expect(index.busy(of: carlo).isEmpty)
    #expect(index.violations().isEmpty)
  }

  @Test("what is taken of any one resource is refused, and nothing changes")  // S-10
  func overlap() {
    let berta = TherapistID(rawValue: 32)
    var index = index(therapist(), therapist(berta))
    #expect(index.apply(.occupy(occupation(7, ten))) == true)
    let other = (room: redRoom, client: ClientID(rawValue: 42))
    #expect(
      index.apply(.occupy(occupation(8, half, room: other.room, client: other.client))) == false)
    #expect(
      index.apply(.occupy(occupation(8, half, therapist: berta, client: other.client))) == false)
    #expect(index.apply(.occupy(occupation(8, half, therapist: berta, room: other.room))) == false)
    #expect(index.apply(.occupy(occupation(7, ten))) == false)
    #expect(index.therapist(berta)?.busy.isEmpty == true)
    #expect(index.busy(of: other.room).isEmpty)
    #expect(index.busy(of: other.client).isEmpty)
    #expect(index.busy(of: blueRoom).sessions.count == 1)
    // Touching is not overlapping.
    #expect(index.apply(.occupy(occupation(8, next))) == true)
    #expect(index.violations().isEmpty)
  }

  @Test("what is not there just so is not freed, and nothing at all changes")
  func vacateMistakes() {
    var index = index(therapist())
    #expect(index.apply(.occupy(occupation(7, ten))) == true)
    #expect(index.apply(.vacate(occupation(8, ten))) == false)
    #expect(index.apply(.vacate(occupation(7, half))) == false)
    #expect(index.apply(.vacate(occupation(7, ten, room: redRoom))) == false)
    #expect(index.apply(.vacate(occupation(7, ten, client: ClientID(rawValue: 42)))) == false)
    #expect(index.busy(of: blueRoom).sessions.count == 1)
    #expect(index.therapist(anna)?.busy.sessions.count == 1)
  }

  @Test("a therapist who is not held cannot be taken")
  func unknownTherapist() {
    var index = AvailabilityIndex()
    #expect(index.apply(.occupy(occupation(7, ten))) == false)
    #expect(index.occupy(.therapist(anna), by: occupation(7, ten)) == false)
    #expect(index.vacate(.therapist(anna), by: occupation(7, ten)) == false)
    #expect(index.busy(of: blueRoom).isEmpty)
    #expect(index.count == 0)
  }

  @Test("in parts, each in its shard, the same is taken as in one")
  func parts() {
    var shards = [index(therapist()), AvailabilityIndex(), AvailabilityIndex()]
    #expect(shards[0].occupy(.therapist(anna), by: occupation(7, ten)) == true)
    #expect(shards[1].occupy(.room(blueRoom), by: occupation(7, ten)) == true)
    #expect(shards[2].occupy(.client(carlo), by: occupation(7, ten)) == true)
    #expect(shards[0].occupy(.therapist(anna), by: occupation(8, half)) == false)
    #expect(shards[1].occupy(.room(blueRoom), by: occupation(8, half)) == false)
    #expect(shards[2].occupy(.client(carlo), by: occupation(8, half)) == false)

    var overlay = AvailabilityIndex()
    overlay.adopt(shards[0].therapist(anna)!)
    overlay.adopt(shards[1].busy(of: blueRoom), of: blueRoom)
    overlay.adopt(shards[2].busy(of: carlo), of: carlo)
    #expect(overlay.violations().isEmpty)
    #expect(overlay.apply(.vacate(occupation(7, ten))) == true)
    #expect(overlay.apply(.occupy(occupation(7, half))) == true)
    // What the overlay does is not done to the shards.
    #expect(shards[0].therapist(anna)?.busy.sessions.overlaps(ten).map(\.span) == [ten])
    #expect(shards[1].busy(of: blueRoom).sessions.entries.map(\.span) == [ten])
    #expect(shards[0].vacate(.therapist(anna), by: occupation(7, ten)) == true)
    #expect(shards[1].vacate(.room(blueRoom), by: occupation(7, ten)) == true)
    #expect(shards[2].vacate(.client(carlo), by: occupation(7, ten)) == true)
    #expect(shards[1].vacate(.room(blueRoom), by: occupation(7, ten)) == false)
    #expect(shards.allSatisfy { $0.violations().isEmpty })
  }

  @Test("a new profile replaces the old one, and what is booked stays")  // S-13
  func profiles() {
    var index = index(therapist())
    #expect(index.apply(.occupy(occupation(7, ten))) == true)
    let changed = therapist(of: PartnerID(rawValue: 2), windows: [], places: [place(practice)])
    #expect(index.apply(.therapist(changed.profile)) == true)
    #expect(index.therapist(anna)?.windows == [])
    #expect(index.therapist(anna)?.busy.sessions.count == 1)
    #expect(index.therapists(of: partner).isEmpty)
    #expect(index.therapists(of: PartnerID(rawValue: 2)).map(\.id) == [anna])
    #expect(index.count == 1)
    #expect(index.violations().isEmpty)
  }

  @Test("a place is refreshed at all who work there, and at no other")
  func places() {
    let berta = TherapistID(rawValue: 32)
    let third = TherapistID(rawValue: 33)
    var index = index(
      therapist(places: [place(), place(practice)]), therapist(berta),
      therapist(third, places: [place(practice)]))
    let moved = place(city: "Milano", rooms: [redRoom])
    #expect(index.apply(.place(moved)) == true)
    #expect(index.therapist(anna)?.places == [moved, place(practice)])
    #expect(index.therapist(berta)?.places == [moved])
    #expect(index.therapist(third)?.places == [place(practice)])
    // Who no longer works there is left alone.
    #expect(index.apply(.therapist(therapist(berta, places: [place(practice)]).profile)) == true)
    #expect(index.apply(.place(place(city: "Torino"))) == true)
    #expect(index.therapist(anna)?.places.first?.city == "Torino")
    #expect(index.therapist(berta)?.places == [place(practice)])
    #expect(index.violations().isEmpty)
  }

  @Test("a partner's therapists are listed by id, in whatever order they came")
  func lists() {
    var random = SplitMix64(seed: 3)
    var index = AvailabilityIndex()
    let ids = (1...50).map { TherapistID(rawValue: $0) }
    for id in ids.shuffled(using: &random) {
      let owner = PartnerID(rawValue: id.rawValue % 2)
      index.adopt(therapist(id, of: owner))
      index.adopt(therapist(id, of: owner))
    }
    #expect(index.count == 50)
    #expect(
      index.therapists(of: PartnerID(rawValue: 0)).map(\.id)
        == ids.filter { $0.rawValue % 2 == 0 })
    #expect(index.therapists(of: PartnerID(rawValue: 5)).isEmpty)
    #expect(index.violations().isEmpty)
  }

  @Test("violations name what overlaps")
  func violations() {
    let index = index(therapist(busy: [(1, ten), (2, half)]))
    #expect(index.violations().count == 1)
    #expect(index.violations().first?.contains(appointment(2).text) == true)
  }

  @Test("after long random use the index holds what a plain list of appointments holds")  // S-10
  func randomUse() {
    var random = SplitMix64(seed: 10)
    let therapists = (1...3).map { TherapistID(rawValue: $0) }
    var index = AvailabilityIndex()
    for id in therapists { index.adopt(therapist(id)) }
    var standing: [Occupation] = []
    for number in UInt128(1)...3_000 {
      if random.chance(oneIn: 3), !standing.isEmpty {
        let gone = standing.remove(at: Int.random(in: 0..<standing.count, using: &random))
        #expect(index.apply(.vacate(gone)) == true)
        continue
      }
      let start = Minute(sinceEpoch: random.int32(in: 0...600) * 10)
      let wished = Occupation(
        appointment: appointment(number), span: Span(from: start, lastingMinutes: 50)!,
        therapist: random.pick(therapists), room: random.pick([blueRoom, redRoom, nil]),
        client: ClientID(rawValue: UInt128(random.int32(in: 1...4))))
      let isFree = !standing.contains {
        $0.span.overlaps(wished.span)
          && ($0.therapist == wished.therapist || $0.room != nil && $0.room == wished.room
            || $0.client == wished.client)
      }
      #expect(index.apply(.occupy(wished)) == isFree)
      if isFree { standing.append(wished) }
    }
    #expect(index.violations().isEmpty)
    for id in therapists {
      let expected = standing.filter { $0.therapist == id }.compactMap(\.appointmentNumber).sorted()
      #expect(index.therapist(id)?.busy.sessions.entries.map(\.key).sorted() == expected)
    }
    for room in [blueRoom, redRoom] {
      let expected = standing.filter { $0.room == room }.compactMap(\.appointmentNumber).sorted()
      #expect(index.busy(of: room).sessions.entries.map(\.key).sorted() == expected)
    }
  }
}

extension Occupation {
  fileprivate var appointmentNumber: UInt128? {
    guard case .appointment(let id) = occupant else { return nil }
    return id.rawValue
  }
}
