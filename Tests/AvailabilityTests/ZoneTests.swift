import Availability
import Intervals
import Testing

@Suite struct ZoneTests {
  @Test("the offset changes at the transition's minute, not before")
  func offsets() {
    #expect(rome.offsetMinutes(at: utc("2027-03-28T00:59Z")) == 60)
    #expect(rome.offsetMinutes(at: utc("2027-03-28T01:00Z")) == 120)
    #expect(rome.text(utc("2027-03-28T00:59Z")) == "2027-03-28T01:59")
    #expect(rome.text(utc("2027-03-28T01:00Z")) == "2027-03-28T03:00")
    #expect(rome.offsetMinutes(at: utc("1950-01-01T00:00Z")) == 60)
    #expect(rome.offsetMinutes(at: utc("2200-07-01T00:00Z")) == 60)
    #expect(kathmandu.text(utc("2026-11-22T18:15Z")) == "2026-11-23T00:00")
    #expect(kathmandu.date(at: utc("2026-11-22T18:14Z")) == day("2026-11-22"))
  }

  @Test("an ordinary reading is shown once")
  func once() {
    #expect(rome.resolve(wall("2026-11-23T10:00")) == .once(utc("2026-11-23T09:00Z")))
    #expect(rome.resolve(wall("2027-03-28T01:59")) == .once(utc("2027-03-28T00:59Z")))
    #expect(rome.resolve(wall("2027-03-28T03:00")) == .once(utc("2027-03-28T01:00Z")))
    #expect(rome.resolve(wall("2026-10-25T03:00")) == .once(utc("2026-10-25T02:00Z")))
  }

  @Test("a reading that spring skips resolves to the end of the gap")  // S-9
  func gaps() {
    for reading in ["2027-03-28T02:00", "2027-03-28T02:30", "2027-03-28T02:59"] {
      #expect(rome.resolve(wall(reading)) == .gap(endsAt: utc("2027-03-28T01:00Z")))
      #expect(rome.edge(wall(reading)) == utc("2027-03-28T01:00Z"))
    }
    // At midnight: the day begins at 01:00.
    #expect(saoPaulo.resolve(wall("2018-11-04T00:00")) == .gap(endsAt: utc("2018-11-04T03:00Z")))
    // Half an hour.
    #expect(lordHowe.resolve(wall("2026-10-04T01:59")) == .once(utc("2026-10-03T15:29Z")))
    #expect(lordHowe.resolve(wall("2026-10-04T02:00")) == .gap(endsAt: utc("2026-10-03T15:30Z")))
    #expect(lordHowe.resolve(wall("2026-10-04T02:30")) == .once(utc("2026-10-03T15:30Z")))
    // A whole day.
    #expect(apia.resolve(wall("2011-12-29T23:59")) == .once(utc("2011-12-30T09:59Z")))
    for reading in ["2011-12-30T00:00", "2011-12-30T12:00", "2011-12-30T23:59"] {
      #expect(apia.resolve(wall(reading)) == .gap(endsAt: utc("2011-12-30T10:00Z")))
    }
    #expect(apia.resolve(wall("2011-12-31T00:00")) == .once(utc("2011-12-30T10:00Z")))
  }

  @Test("a reading that autumn repeats resolves to both passes, and its edge is the first")  // S-9
  func repeats() {
    #expect(
      rome.resolve(wall("2026-10-25T02:30"))
        == .twice(first: utc("2026-10-25T00:30Z"), second: utc("2026-10-25T01:30Z")))
    #expect(rome.edge(wall("2026-10-25T02:30")) == utc("2026-10-25T00:30Z"))
    #expect(
      saoPaulo.resolve(wall("2018-02-17T23:00"))
        == .twice(first: utc("2018-02-18T01:00Z"), second: utc("2018-02-18T02:00Z")))
    #expect(
      lordHowe.resolve(wall("2027-04-04T01:45"))
        == .twice(first: utc("2027-04-03T14:45Z"), second: utc("2027-04-03T15:15Z")))
    #expect(lordHowe.resolve(wall("2027-04-04T01:29")) == .once(utc("2027-04-03T14:29Z")))
    #expect(
      stJohns.resolve(wall("2010-11-07T00:00"))
        == .twice(first: utc("2010-11-07T02:30Z"), second: utc("2010-11-07T03:30Z")))
  }

  @Test("the second pass lasts from the transition until the repeated hour is over")  // S-9
  func secondPass() {
    #expect(!rome.isSecondPass(utc("2026-10-25T00:59Z")))
    #expect(rome.isSecondPass(utc("2026-10-25T01:00Z")))
    #expect(rome.isSecondPass(utc("2026-10-25T01:59Z")))
    #expect(!rome.isSecondPass(utc("2026-10-25T02:00Z")))
    #expect(!lordHowe.isSecondPass(utc("2027-04-03T14:59Z")))
    #expect(lordHowe.isSecondPass(utc("2027-04-03T15:00Z")))
    #expect(lordHowe.isSecondPass(utc("2027-04-03T15:29Z")))
    #expect(!lordHowe.isSecondPass(utc("2027-04-03T15:30Z")))
    #expect(!apia.isSecondPass(utc("2011-12-30T10:00Z")))
  }

  @Test("what a clock shows in any minute is found by scanning, whatever the transitions")  // S-9
  func againstScan() {
    var random = SplitMix64(seed: 9)
    for _ in 0..<100 {
      let zone = randomZone(near: 0, &random)
      let scanned = (-4_500...4_500).map { Minute(sinceEpoch: Int32($0)) }
      var shown: [LocalMinute: [Minute]] = [:]
      for minute in scanned { shown[zone.local(minute), default: []].append(minute) }
      let wrong = shown.values.flatMap { minutes in
        minutes.enumerated().filter { zone.isSecondPass($1) != ($0 > 0) }
      }
      #expect(wrong.isEmpty)
      var reached = 0
      for reading in stride(from: Int32(-1_500), through: 1_500, by: 7) {
        let local = LocalMinute(sinceEpoch: reading)
        // No wall clock shows this reading or a later one before the readings before it.
        while zone.local(scanned[reached]) < local { reached += 1 }
        let edge = scanned[reached]
        #expect(zone.edge(local) == edge)
        let minutes = shown[local] ?? []
        switch zone.resolve(local) {
        case .once(let minute): #expect(minutes == [minute])
        case .twice(let first, let second): #expect(Array(minutes.prefix(2)) == [first, second])
        case .gap(let end): #expect(minutes.isEmpty && end == edge)
        }
      }
    }
  }

  @Test("a zone is refused unless its transitions ascend and its offsets are less than a day")
  func malformed() {
    func zone(_ initial: Int32, _ transitions: [(Int32, Int32)]) -> Zone? {
      Zone(
        name: "X", initialOffsetMinutes: initial,
        transitions: transitions.map {
          Zone.Transition(at: Minute(sinceEpoch: $0), offsetMinutes: $1)
        })
    }
    #expect(zone(0, []) != nil)
    #expect(zone(-1_439, [(0, 1_439)]) != nil)
    #expect(zone(1_440, []) == nil)
    #expect(zone(0, [(0, -1_440)]) == nil)
    #expect(zone(0, [(5, 60), (5, 0)]) == nil)
    #expect(zone(0, [(5, 60), (4, 0)]) == nil)
    #expect(zone(0, [(.max, 60)]) == nil)
    #expect(zone(0, [(.min, 60)]) == nil)
  }

  @Test("zones are equal when they have the same name and rules")
  func equality() {
    let again = Zone(
      name: "Asia/Kathmandu", initialOffsetMinutes: 345, transitions: [])
    #expect(again == kathmandu)
    #expect(again?.hashValue == kathmandu.hashValue)
    #expect(Zone(name: "Asia/Kathmandu", initialOffsetMinutes: 330, transitions: []) != kathmandu)
    #expect(Zone(name: "Nepal", initialOffsetMinutes: 345, transitions: []) != kathmandu)
  }
}

/// Changes of minutes to a whole day, sometimes close upon each other, within a day of a minute.
func randomZone(near center: Int32, _ random: inout SplitMix64) -> Zone {
  let offsets: [Int32] = [-720, -180, -150, 0, 30, 60, 120, 345, 660, 840, 17]
  var transitions: [Zone.Transition] = []
  var at = center + random.int32(in: -1_440...700)
  for _ in 0..<Int.random(in: 0...3, using: &random) {
    transitions.append(
      Zone.Transition(at: Minute(sinceEpoch: at), offsetMinutes: random.pick(offsets)))
    at += random.chance(oneIn: 4) ? random.int32(in: 1...90) : random.int32(in: 300...900)
  }
  return Zone(
    name: "Test/Random", initialOffsetMinutes: random.pick(offsets), transitions: transitions)!
}
