internal import Availability
internal import Dispatch
internal import Intervals
internal import Storage
internal import Synchronization

/// All that is booked, to be handed out to the therapists, rooms and clients whose time it takes.
///
/// Read by two threads, which is what the store has readers for.
struct BookedTimes {
  private static let threads = 2
  private let scans: [OccupationScan]
  private let buffers: [UInt128: Buffers]

  /// - Parameter from: what ended before is left out.
  init(in store: Store, from: Instant) throws {
    let shares = try store.read { try $0.appointmentShares(BookedTimes.threads) }
    let results = Mutex<[Int: Result<OccupationScan, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: shares.count) { number in
      let result = Result {
        var scan = OccupationScan(reserving: shares[number].rowsMax)
        try store.read { snapshot in
          try snapshot.forEachBookedTime(in: shares[number], from: from) { scan.append($0) }
        }
        return scan
      }
      results.withLock { $0[number] = result }
    }
    scans = try results.withLock { results in
      try results.sorted { $0.key < $1.key }.map { try $0.value.get() }
    }
    buffers = scans.map(\.buffers).reduce(into: [:]) { all, some in
      all.merge(some) { first, _ in first }
    }
  }

  /// Each therapist with what is booked of their time.
  func forEachTherapist(_ body: (TherapistID, BusyTimes) throws -> Void) throws {
    try handOut(scans.map { $0.byTherapist() }, buffers: buffers, body)
  }

  func forEachRoom(_ body: (RoomID, BusyTimes) throws -> Void) throws {
    try handOut(scans.map { $0.byRoom() }, buffers: [:], body)
  }

  func forEachClient(_ body: (ClientID, BusyTimes) throws -> Void) throws {
    try handOut(scans.map { $0.byClient() }, buffers: [:], body)
  }

  private func handOut<Kind>(
    _ groupings: [OccupationScan.Grouping<Kind>], buffers: [UInt128: Buffers],
    _ body: (ID<Kind>, BusyTimes) throws -> Void
  ) throws {
    for (number, grouping) in groupings.enumerated() {
      for id in grouping.ids {
        // Who was in an earlier scan, too, had their turn with that.
        if groupings[..<number].contains(where: { $0.has(id) }) { continue }
        var booked: [IntervalTree.Entry] = []
        for (scan, grouping) in zip(scans, groupings) where grouping.has(id) {
          booked += scan.entries(grouping.rows(of: id))
        }
        guard let busy = BusyTimes(booked: booked, buffers: buffers) else {
          throw IndexError.partedFromStore(id.text)
        }
        try body(id, busy)
      }
    }
  }
}
