internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct StampTests {
  @Test("the same stamp gives the same ids, and another ordinal, seed or time another")
  func deterministic() {
    let stamp = Stamp(at: Instant(msSinceEpoch: 1_795_000_000_000), seed: 7)
    let id: ClientID = stamp.id(1)
    #expect(id == Stamp(at: stamp.at, seed: 7).id(1))
    #expect(id != stamp.id(0))
    #expect(id != Stamp(at: stamp.at, seed: 8).id(1))
    #expect(id != Stamp(at: stamp.at.advanced(byMs: 1), seed: 7).id(1))
  }

  @Test("ids sort by time, as numbers and as text, whatever the seeds")
  func sortedByTime() {
    let ids: [AppointmentID] = (0..<200).map { step in
      // Seeds that fall, so that nothing but the time can make the ids rise.
      let seed = UInt64.max - UInt64(step) &* 0x1234_5678_9ABC_DEF1
      return Stamp(at: Instant(msSinceEpoch: 1_795_000_000_000 + Int64(step)), seed: seed).id(0)
    }
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0.text < $1.text })
  }

  @Test("ids of one millisecond sort by their turns, whatever the seeds")
  func sortedByTurn() {
    let ids: [AppointmentID] = [0, 1, 2, 255, 256, UInt16.max].map { turn in
      let at = Instant(msSinceEpoch: 1_795_000_000_000)
      return Stamp(at: at, seed: UInt64.max - UInt64(turn), turn: turn).id(0)
    }
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("the time can be read from an id")
  func holdsTime() {
    let id: AppointmentID = Stamp(at: Instant(msSinceEpoch: 1_795_000_000_123), seed: 9).id(0)
    #expect(id.rawValue >> 80 == 1_795_000_000_123)
  }

  @Test("neighbouring seeds of one instant give ids that differ, all of them")
  func distinct() {
    let at = Instant(msSinceEpoch: 1_795_000_000_000)
    let ids = Set((0..<1_000).map { Stamp(at: at, seed: $0).id(0) as AppointmentID })
    #expect(ids.count == 1_000)
    // The entropy fills its 64 bits: over many ids each bit is now set and now not.
    let mask: UInt128 = 1 << 64 - 1
    #expect(ids.reduce(0) { $0 | $1.rawValue } & mask == mask)
    #expect(ids.reduce(mask) { $0 & $1.rawValue } == 0)
  }

  @Test("an id that was made survives as text")
  func roundTrip() {
    let id: AppointmentID = Stamp(at: Instant(msSinceEpoch: 1_795_000_000_000), seed: .max).id(0)
    #expect(AppointmentID(id.text) == id)
  }
}
