import Availability
import Intervals
import Testing

@Suite struct LookupTests {
  private let couple = ServiceID(rawValue: 50)

  private func evaluator(
    _ entry: TherapistEntry, now: String = "2026-11-23T00:00Z"
  ) -> Evaluator<Booked> {
    Evaluator(therapist: entry, moment: moment(now), occupancy: Booked())
  }

  @Test("the first free start, and of which service where")  // S-11
  func firstFree() {
    let entry = therapist(
      windows: [
        window(.tuesday, "09:00", "11:00"), window(.tuesday, "08:00", "09:00", at: practice),
      ],
      offers: [offer(couple, minutes: 100, at: [office]), offer(at: [practice, office])],
      places: [place(), place(practice)])
    let week = span("2026-11-23T00:00Z", "2026-11-30T00:00Z")
    let first = evaluator(entry).firstFree(SlotFilter(), in: week)
    #expect(first?.start == utc("2026-11-24T07:00Z"))
    #expect(first?.group.service == individual)
    #expect(first?.group.location == practice)
    #expect(first?.group.zoneName == "Europe/Rome")
    // Both services can begin at 09:00: the first by id.
    let atOffice = evaluator(entry).firstFree(SlotFilter(location: office), in: week)
    #expect(atOffice?.start == utc("2026-11-24T08:00Z"))
    #expect(atOffice?.group.service == couple)
    #expect(evaluator(entry).firstFree(SlotFilter(language: "de"), in: week) == nil)
    #expect(evaluator(entry).firstFree(SlotFilter(location: video), in: week) == nil)
    let monday = span("2026-11-23T00:00Z", "2026-11-24T07:00Z")
    #expect(evaluator(entry).firstFree(SlotFilter(), in: monday) == nil)
  }

  @Test("day by day: closed, busy or free, and how many different starts are free")  // S-11
  func days() {
    let entry = therapist(
      windows: [
        window(.monday, "09:00", "10:00"), window(.tuesday, "22:00", "26:00"),
        window(.thursday, "09:00", "10:30"), window(.friday, "09:00", "09:40"),
      ],
      exceptions: [closed("2026-11-26", "09:30", "10:30")],
      offers: [offer(minutes: 30), offer(couple, minutes: 60)],
      busy: [(1, span("2026-11-24T23:00Z", "2026-11-25T01:00Z"))])
    let days = evaluator(entry, now: "2026-11-23T10:00Z")
      .dayByDay(SlotFilter(), in: span("2026-11-22T23:00Z", "2026-11-28T00:00Z"))
    #expect(days.firstDay == day("2026-11-23"))
    // Monday has passed; Tuesday's night reaches into Wednesday, and is taken there; Saturday
    // begins within the range.
    #expect(days.availability == [.busy, .free, .busy, .free, .free, .closed])
    #expect(days.freeStarts == [0, 4, 0, 1, 1, 0])
  }

  @Test("only the hours of the locations asked about count as open")  // S-11
  func daysOfLocation() {
    let entry = therapist(
      windows: [
        window(.monday, "09:00", "13:00"), window(.tuesday, "09:00", "13:00", at: practice),
      ],
      offers: [offer(at: [office, practice])], places: [place(), place(practice)])
    let range = span("2026-11-29T23:00Z", "2026-12-01T23:00Z")
    func availability(_ filter: SlotFilter) -> [DayAvailability] {
      evaluator(entry).dayByDay(filter, in: range).availability
    }
    #expect(availability(SlotFilter()) == [.free, .free])
    #expect(availability(SlotFilter(location: office)) == [.free, .closed])
    #expect(availability(SlotFilter(location: practice)) == [.closed, .free])
    #expect(availability(SlotFilter(language: "de")) == [.closed, .closed])
  }

  @Test("days that the range holds in part are told by their hours, and by the starts in range")
  func partialDays() {  // S-11
    let entry = therapist(windows: everyDay("09:00", "13:00"))
    let days = evaluator(entry)
      .dayByDay(SlotFilter(), in: span("2026-11-24T10:30Z", "2026-11-25T08:01Z"))
    #expect(days.firstDay == day("2026-11-24"))
    #expect(days.availability == [.free, .free])
    #expect(days.freeStarts == [2, 1])
    let evening = evaluator(entry)
      .dayByDay(SlotFilter(), in: span("2026-11-24T20:00Z", "2026-11-24T23:01Z"))
    #expect(evening.availability == [.busy, .busy])
  }

  @Test("a day that did not take place is closed")  // S-9, S-11
  func missingDay() {
    let entry = therapist(zone: apia, windows: everyDay("00:00", "24:00"))
    let days = evaluator(entry, now: "2011-12-28T00:00Z")
      .dayByDay(SlotFilter(), in: span("2011-12-29T10:00Z", "2011-12-31T10:00Z"))
    #expect(days.firstDay == day("2011-12-29"))
    #expect(days.availability == [.free, .closed, .free])
    #expect(days.freeStarts == [48, 0, 48])
  }

  @Test("both lookups are what all starts together would tell")  // S-11
  func againstListing() {
    var random = SplitMix64(seed: 110)
    for _ in 0..<400 {
      let practice = RandomPractice(&random)
      let second = offer(couple, minutes: 20, at: [AvailabilityTests.practice, office])
      let entry = practice.entry(anna, offers: [practice.offer, second])
      let evaluator = Evaluator(
        therapist: entry, moment: practice.moment, occupancy: practice.booked)
      var all: [(start: Minute, service: ServiceID, location: LocationID)] = []
      for (offer, place) in SlotFilter().pairs(entry) {
        all += evaluator.starts(of: offer, at: place, in: practice.range)
          .map { ($0, offer.id, place.id) }
      }
      let first = all.min { $0 < $1 }
      let found = evaluator.firstFree(SlotFilter(), in: practice.range)
      #expect(found?.start == first?.start)
      #expect(found?.group.service == first?.service)
      #expect(found?.group.location == first?.location)
      let days = evaluator.dayByDay(SlotFilter(), in: practice.range)
      let starts = Set(all.map(\.start)).map { practice.zone.date(at: $0) }
      for (index, free) in days.freeStarts.enumerated() {
        let date = days.firstDay.adding(days: index)
        #expect(free == starts.count { $0 == date })
        #expect((days.availability[index] == .free) == (free > 0))
      }
      #expect(days.freeStarts.reduce(0, +) == starts.count)
    }
  }

  @Test("a day is closed exactly when a model finds no minute of it open")  // S-8, S-11
  func closedDaysAgainstModel() {
    var random = SplitMix64(seed: 111)
    for _ in 0..<300 {
      let practice = RandomPractice(&random)
      let model = MinuteModel(practice)
      let days = practice.evaluator.dayByDay(SlotFilter(location: office), in: practice.range)
      for (index, availability) in days.availability.enumerated() {
        let date = days.firstDay.adding(days: index)
        #expect((availability == .closed) == !model.isOpen(on: date, at: office))
      }
    }
  }

  @Test("ranges at the ends of what 32 bits hold are answered like any other")
  func extremes() {
    for minute in [Int32.min, Int32.max - 1] {
      let range = Span(from: Minute(sinceEpoch: minute), lastingMinutes: 1)!
      #expect(evaluator(therapist()).dayByDay(SlotFilter(), in: range).freeStarts == [0])
      #expect(evaluator(therapist()).firstFree(SlotFilter(), in: range) == nil)
    }
  }
}
