import Availability
import Intervals
import Testing

@Suite struct AlternativeTests {
  private func alternatives(
    _ start: String, entry: TherapistEntry, place: Place = place(), room: RoomID? = nil,
    client: ClientID? = nil, occupancy: Booked = Booked(), count: Int = 3,
    now: String = "2026-11-01T00:00Z"
  ) -> [String] {
    let wish = Wish(
      offer: entry.offers[0], place: place, room: room, start: utc(start), client: client)
    return Evaluator(therapist: entry, moment: moment(now), occupancy: occupancy)
      .alternatives(to: wish, atMost: count).map(rome.text)
  }

  @Test("the nearest starts on either side, in order of time, without the wished one")
  func nearest() {
    let entry = therapist(busy: [(1, span("2026-11-24T09:00Z", "2026-11-24T09:50Z"))])
    #expect(
      alternatives("2026-11-24T09:00Z", entry: entry) == [
        "2026-11-24T09:00", "2026-11-24T11:00", "2026-11-24T11:30",
      ])
    // 12:00 could be booked itself.
    #expect(
      alternatives("2026-11-24T11:00Z", entry: entry) == [
        "2026-11-24T09:00", "2026-11-24T11:00", "2026-11-24T11:30",
      ])
    // 09:00 and 11:00 are equally near: the earlier one.
    #expect(alternatives("2026-11-24T09:00Z", entry: entry, count: 1) == ["2026-11-24T09:00"])
    #expect(alternatives("2026-11-24T09:00Z", entry: entry, count: 0).isEmpty)
  }

  @Test("seven days away still counts, a minute more does not")
  func sevenDays() {
    let sundays = therapist(
      windows: [window(.sunday, "10:00", "10:50")], offers: [offer(minutes: 50)])
    #expect(
      alternatives("2026-11-22T09:00Z", entry: sundays) == [
        "2026-11-15T10:00", "2026-11-29T10:00",
      ])
    #expect(
      alternatives("2026-11-22T09:01Z", entry: sundays) == [
        "2026-11-22T10:00", "2026-11-29T10:00",
      ])
    #expect(
      alternatives("2026-11-22T08:59Z", entry: sundays) == [
        "2026-11-15T10:00", "2026-11-22T10:00",
      ])
  }

  @Test("alternatives are not in the past, and free for the named room and the client too")
  func wholeWish() {
    let rooms = place(rooms: [redRoom, blueRoom])
    let entry = therapist(windows: [window(.tuesday, "09:00", "13:00")], places: [rooms])
    let booked = Booked(
      rooms: [blueRoom: [(1, span("2026-11-24T08:00Z", "2026-11-24T09:00Z"))]],
      clients: [carlo: [(2, span("2026-11-24T11:00Z", "2026-11-24T11:10Z"))]])
    func starts(room: RoomID?, client: ClientID?) -> [String] {
      alternatives(
        "2026-11-24T08:00Z", entry: entry, place: rooms, room: room, client: client,
        occupancy: booked, count: 9, now: "2026-11-24T07:00Z")
    }
    #expect(
      starts(room: nil, client: nil) == [
        "2026-11-24T09:30", "2026-11-24T10:00", "2026-11-24T10:30", "2026-11-24T11:00",
        "2026-11-24T11:30", "2026-11-24T12:00", "2026-12-01T09:00",
      ])
    #expect(
      starts(room: blueRoom, client: carlo) == [
        "2026-11-24T10:00", "2026-11-24T10:30", "2026-11-24T11:00", "2026-12-01T09:00",
      ])
  }

  @Test("each alternative can be booked, and none nearer was left out")  // A-7, S-5
  func againstAssessment() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<60 {
      let practice = RandomPractice(&random)
      let evaluator = practice.evaluator
      let wish = practice.wish(start: practice.range.start.advanced(byMinutes: 777))
      let bookable = stride(from: Int32(-10_080), through: 10_080, by: 1)
        .map { wish.start.advanced(byMinutes: $0) }
        .filter { $0 != wish.start && practice.mightStart(at: $0) }
        .filter { evaluator.assess(practice.wish(start: $0)).isBookable }
      let nearest = bookable.sorted {
        let (left, right) = (abs(wish.start.minutes(to: $0)), abs(wish.start.minutes(to: $1)))
        return (left, $0) < (right, $1)
      }
      #expect(evaluator.alternatives(to: wish, atMost: 3) == nearest.prefix(3).sorted())
    }
  }
}
