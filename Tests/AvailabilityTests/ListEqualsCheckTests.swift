import Availability
import Intervals
import Testing

@Suite struct ListEqualsCheckTests {
  @Test("what is listed can be booked, and what can be booked is listed")  // S-5
  func listEqualsCheck() {
    var random = SplitMix64(seed: 5)
    var listedInAll = 0
    for _ in 0..<3_000 {
      let practice = RandomPractice(&random)
      let evaluator = practice.evaluator
      let listed = evaluator.starts(of: practice.offer, at: practice.place, in: practice.range)
      listedInAll += listed.count
      let checked = practice.minutes
        .filter(practice.mightStart)
        .filter { evaluator.assess(practice.wish(start: $0)).isBookable }
      #expect(listed == checked)
    }
    #expect(listedInAll > 10_000, "the cases are not all empty")
  }

  @Test("the same holds for every minute, on the grid or not")  // S-5
  func everyMinute() {
    var random = SplitMix64(seed: 55)
    for _ in 0..<100 {
      let practice = RandomPractice(&random)
      let evaluator = practice.evaluator
      let listed = evaluator.starts(of: practice.offer, at: practice.place, in: practice.range)
      let bookable = practice.minutes.filter {
        evaluator.assess(practice.wish(start: $0)).isBookable
      }
      #expect(listed == bookable)
    }
  }

  @Test("every discrepancy is what a model that looks at each minute finds")  // S-4, S-5, S-9
  func againstModel() {
    var random = SplitMix64(seed: 50)
    var seen: Set<Int> = []
    for _ in 0..<300 {
      let practice = RandomPractice(&random)
      let model = MinuteModel(practice)
      let evaluator = practice.evaluator
      for _ in 0..<25 {
        let start = random.pick(practice.minutes)
        let room = random.pick(practice.place.rooms.map(Optional.some) + [nil])
        let client = random.pick([carlo, nil])
        let wish = practice.wish(start: start, room: room, client: client)
        let assessment = evaluator.assess(wish)
        let kinds = assessment.discrepancies.map(\.kind)
        #expect(kinds == model.kinds(of: wish))
        #expect(assessment.room == model.room(of: wish))
        seen.formUnion(kinds)
      }
    }
    #expect(seen == [1, 2, 3, 4, 5, 6, 7, 9])
  }
}

extension RandomPractice {
  /// All minutes of the range.
  var minutes: [Minute] {
    (range.start.sinceEpoch..<range.end.sinceEpoch).map(Minute.init(sinceEpoch:))
  }
}

/// The rules once more, without any cleverness: what each single minute is.
private struct MinuteModel {
  private let practice: RandomPractice
  private let first: Int32
  private var local: [LocalMinute] = []
  private var isOpenHere: [Bool] = []
  private var isOpenAnywhere: [Bool] = []
  private var isSecondPass: [Bool] = []

  init(_ practice: RandomPractice) {
    self.practice = practice
    first = practice.range.start.sinceEpoch - 6_000
    let last = practice.range.end.sinceEpoch + 6_000
    local = (first...last).map { practice.zone.local(Minute(sinceEpoch: $0)) }
    isOpenHere = Array(repeating: false, count: local.count)
    isOpenAnywhere = isOpenHere
    isSecondPass = isOpenHere
    var shown: Set<LocalMinute> = []
    for (index, minute) in local.enumerated() {
      isSecondPass[index] = !shown.insert(minute).inserted
    }
    open()
  }

  private mutating func open() {
    // The index of the first minute at which a wall clock shows each reading or a later one.
    let base = local.min()!.sinceEpoch
    var reached: [Int] = []
    for (index, minute) in local.enumerated() {
      while base + Int32(reached.count) <= minute.sinceEpoch { reached.append(index) }
    }
    let days = local.first!.date.daysSinceEpoch...local.last!.date.daysSinceEpoch
    for date in days.map(CivilDate.init(daysSinceEpoch:)) {
      for window in practice.windows where window.weekday == date.weekday {
        let opens = LocalMinute(date: date, minuteOfDay: window.opensMinute).sinceEpoch - base
        let closes = LocalMinute(date: date, minuteOfDay: window.closesMinute).sinceEpoch - base
        guard closes >= 0, opens < reached.count else { continue }
        let from = reached[max(0, Int(opens))]
        let to = Int(closes) < reached.count ? reached[Int(closes)] : local.count
        for index in from..<to {
          isOpenAnywhere[index] = true
          if window.location == practice.place.id { isOpenHere[index] = true }
        }
      }
    }
  }

  func kinds(of wish: Wish) -> [Int] {
    let index = Int(wish.start.sinceEpoch - first)
    let minutes = index..<(index + Int(wish.offer.durationMinutes))
    let session = Span(from: wish.start, lastingMinutes: wish.offer.durationMinutes)!
    let moment = practice.moment
    var kinds: [Int] = []
    if minutes.contains(where: { !isOpenHere[$0] }) { kinds.append(1) }
    if minutes.contains(where: { !isOpenAnywhere[$0] }) { kinds.append(2) }
    if wish.start.instant < moment.now { kinds.append(3) }
    if practice.taken.contains(where: { $0.1.overlaps(session) }) { kinds.append(4) }
    let wanted = wish.room.map { [$0] } ?? wish.place.rooms
    if !wanted.isEmpty && room(of: wish) == nil { kinds.append(5) }
    if let client = wish.client,
      practice.booked.clients[client]!.contains(where: { $0.1.overlaps(session) })
    {
      kinds.append(6)
    }
    let lastDay = moment.horizons.lastDay(
      for: moment.role, today: moment.today(in: practice.zone))
    // A later day has begun, at this start or before it.
    if local[...index].contains(where: { $0.date > lastDay }) { kinds.append(7) }
    let ofHour = local[index].minuteOfDay % 60
    let step = wish.offer.grid.fullHoursOnly ? 60 : wish.offer.grid.stepMinutes
    if ofHour % step != 0 || isSecondPass[index] { kinds.append(9) }
    return kinds
  }

  func room(of wish: Wish) -> RoomID? {
    let session = Span(from: wish.start, lastingMinutes: wish.offer.durationMinutes)!
    return (wish.room.map { [$0] } ?? wish.place.rooms).first { room in
      !practice.booked.rooms[room]!.contains { $0.1.overlaps(session) }
    }
  }
}
