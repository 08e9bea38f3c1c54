import Availability
import Intervals
import Testing

@Suite struct SearchTests {
  private func page(
    _ entries: [TherapistEntry], _ range: Span, limit: Int = 1_000, after: SlotCursor? = nil,
    filter: SlotFilter = SlotFilter(), moment: Moment = moment("2026-11-23T00:00Z"),
    occupancy: Booked = Booked()
  ) -> SlotPage {
    let query = SlotQuery(
      range: range, filter: filter, limit: limit, after: after, moment: moment)
    return search(query, among: entries, occupancy: occupancy)
  }

  @Test("slots come in order of time, ties by therapist, service, location")  // S-11
  func order() {
    let berta = TherapistID(rawValue: 32)
    let anotherOffer = offer(ServiceID(rawValue: 50), minutes: 60, at: [office, practice])
    let entries = [
      therapist(berta, zone: greenwich, windows: [window(.tuesday, "08:00", "09:00")]),
      therapist(
        windows: [window(.tuesday, "09:00", "10:30")]
          + [window(.tuesday, "09:00", "10:00", at: practice)],
        offers: [offer(), anotherOffer], places: [place(practice), place()]),
    ]
    let found = page(entries, span("2026-11-24T00:00Z", "2026-11-25T00:00Z"))
    #expect(
      found.groups.map { [$0.therapist.rawValue, $0.service.rawValue, $0.location.rawValue] } == [
        [31, 50, 11], [31, 50, 12], [31, 51, 11], [32, 51, 11],
      ])
    let first = utc("2026-11-24T08:00Z")
    let second = utc("2026-11-24T08:30Z")
    #expect(found.slots.map(\.start) == [first, first, first, first, second, second])
    #expect(found.slots.map(\.group) == [0, 1, 2, 3, 0, 2])
    #expect(found.next == nil)
    #expect(
      found.groups[3]
        == page([entries[0]], span("2026-11-24T00:00Z", "2026-11-25T00:00Z")).groups[0])
    #expect(found.groups[3].zoneName == "UTC")
    #expect(found.groups[0].durationMinutes == 60)
    #expect(found.groups[0].price == Price(minorUnits: 7_000, currency: "EUR"))
  }

  @Test("a page has the first N, only their groups, and where the next begins")  // S-11
  func paging() {
    let berta = TherapistID(rawValue: 32)
    let entries = [
      therapist(windows: [window(.wednesday, "09:00", "09:50")]),
      therapist(berta, windows: [window(.tuesday, "09:00", "10:20")]),
    ]
    let week = span("2026-11-23T00:00Z", "2026-11-30T00:00Z")
    let first = page(entries, week, limit: 2)
    #expect(first.groups.map(\.therapist) == [berta])
    #expect(first.slots.map(\.group) == [0, 0])
    #expect(
      first.next
        == SlotCursor(
          start: utc("2026-11-24T08:30Z"), therapist: berta, service: individual, location: office))
    let second = page(entries, week, limit: 2, after: first.next)
    #expect(second.groups.map(\.therapist) == [anna])
    #expect(second.slots.map(\.start) == [utc("2026-11-25T08:00Z")])
    #expect(second.next == nil)
    #expect(page(entries, week, limit: 3).next == nil)
    #expect(page(entries, week, limit: 0).slots.count == 1)
    #expect(page([], week).slots.isEmpty)
  }

  @Test("the merge is what sorting all would be, whatever the therapists' order")  // S-11
  func againstSorting() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<60 {
      let many = RandomMany(&random)
      let expected = many.allSlots
      let all = page(
        many.entries.shuffled(using: &random), many.range, limit: 100_000, moment: many.moment,
        occupancy: many.booked)
      #expect(slots(all) == expected)
      #expect(all.next == nil)
      #expect(all.groups.count == Set(expected.map(groupOf)).count)
    }
  }

  @Test("pages of any size, put together, are the one big page")  // S-11
  func pagesTogether() {
    var random = SplitMix64(seed: 12)
    for _ in 0..<40 {
      let many = RandomMany(&random)
      let limit = Int.random(in: 1...40, using: &random)
      var together: [SlotCursor] = []
      var after: SlotCursor?
      repeat {
        let one = page(
          many.entries.shuffled(using: &random), many.range, limit: limit, after: after,
          moment: many.moment, occupancy: many.booked)
        #expect(one.next == nil || one.slots.count == limit)
        #expect(one.groups.indices.allSatisfy { group in one.slots.contains { $0.group == group } })
        together += slots(one)
        #expect(one.next == nil || one.next == together.last)
        after = one.next
      } while after != nil
      #expect(together == many.allSlots)
    }
  }

  @Test("a page goes on after a slot that has been taken meanwhile")  // S-11
  func pagingPastTaken() {
    let day = span("2026-11-24T00:00Z", "2026-11-25T00:00Z")
    let first = page([therapist()], day, limit: 2)
    let meanwhile = therapist(busy: [(1, span("2026-11-24T08:30Z", "2026-11-24T09:20Z"))])
    let second = page([meanwhile], day, limit: 2, after: first.next)
    #expect(second.slots.map(\.start) == [utc("2026-11-24T09:30Z"), utc("2026-11-24T10:00Z")])
  }

  @Test("past and horizon are each therapist's own")  // S-2, S-11
  func ownHorizon() {
    let hourly = offer(minutes: 60, grid: Grid(stepMinutes: 60, fullHoursOnly: false)!)
    let entries = [
      therapist(zone: kathmandu, windows: everyDay("00:00", "24:00"), offers: [hourly]),
      therapist(
        TherapistID(rawValue: 32), zone: greenwich, windows: everyDay("00:00", "24:00"),
        offers: [hourly]),
    ]
    // 18:20 in Greenwich is past midnight in Kathmandu: the month ends a day later there.
    let found = page(
      entries, span("2026-11-23T00:00Z", "2027-03-01T00:00Z"), limit: 10_000,
      moment: moment("2026-11-23T18:20Z", .client))
    let last = [0, 1].map { group in found.slots.last { $0.group == group }?.start }
    #expect(last == [utc("2026-12-24T17:15Z"), utc("2026-12-23T23:00Z")])
  }
}

private func groupOf(_ slot: SlotCursor) -> [UInt128] {
  [slot.therapist.rawValue, slot.service.rawValue, slot.location.rawValue]
}

/// A slot by all that it is ordered by.
private func slots(_ page: SlotPage) -> [SlotCursor] {
  page.slots.map {
    let group = page.groups[$0.group]
    return SlotCursor(
      start: $0.start, therapist: group.therapist, service: group.service, location: group.location)
  }
}

/// Some random practices together, with two services each.
private struct RandomMany {
  let entries: [TherapistEntry]
  let range: Span
  let moment: Moment
  let booked: Booked

  init(_ random: inout SplitMix64) {
    let base = RandomPractice(&random)
    let first = random.int32(in: 1...1_000)
    entries = (0..<random.int32(in: 0...6)).map { number in
      let practice = RandomPractice(base.zone, near: base.range.start, &random)
      let second = offer(
        ServiceID(rawValue: UInt128(random.int32(in: 1...50))), minutes: random.int32(in: 10...90),
        at: [AvailabilityTests.practice, office])
      return practice.entry(
        TherapistID(rawValue: UInt128(first + number)), offers: [practice.offer, second])
    }
    range = Span(from: base.range.start, lastingMinutes: base.range.lengthMinutes * 2)!
    moment = base.moment
    booked = base.booked
  }

  /// All starts of each service at each place, sorted.
  var allSlots: [SlotCursor] {
    var slots: [SlotCursor] = []
    for entry in entries {
      let evaluator = Evaluator(therapist: entry, moment: moment, occupancy: booked)
      for offer in entry.offers {
        for place in entry.places {
          slots += evaluator.starts(of: offer, at: place, in: range).map {
            SlotCursor(start: $0, therapist: entry.id, service: offer.id, location: place.id)
          }
        }
      }
    }
    return slots.sorted {
      ($0.start, $0.therapist, $0.service, $0.location)
        < ($1.start, $1.therapist, $1.service, $1.location)
    }
  }
}
