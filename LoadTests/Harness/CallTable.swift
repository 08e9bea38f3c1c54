internal import CWire
internal import Workload

/// A call that waits for its reply.
struct InFlight {
  let wish: Wish
  /// When it should have been sent.
  let intendedNs: UInt64
  /// What was known when it was sent.
  let sent: Auditor.Moment
}

/// The calls in flight on a lane. A call's id holds its place here, so that a reply finds it without
/// hashing, under a number that is never used again on the connection.
struct CallTable {
  private static let placeBits: UInt64 = 16
  /// The most calls that can be in flight.
  static let capacity = 1 << Int(placeBits)

  private var entries: [(callID: UInt64, call: InFlight?)] = []
  private var free: [Int] = []
  /// Ids are as long as those of templates from the first on.
  private var sequence = UInt64(CWIRE_TEMPLATE_CALL_ID_MIN) >> placeBits

  var count: Int { entries.count - free.count }

  /// The id to send the call under.
  mutating func insert(_ call: InFlight) -> UInt64 {
    sequence += 1
    let place = free.popLast() ?? entries.count
    let callID = sequence << Self.placeBits | UInt64(place)
    if place == entries.count {
      entries.append((callID, call))
    } else {
      entries[place] = (callID, call)
    }
    return callID
  }

  /// The call that this is the reply to; nil when there is none.
  mutating func remove(_ callID: UInt64) -> InFlight? {
    let place = Int(truncatingIfNeeded: callID & UInt64(Self.capacity - 1))
    guard place < entries.count, entries[place].callID == callID, let call = entries[place].call
    else { return nil }
    entries[place].call = nil
    free.append(place)
    return call
  }

  /// All calls that are still without a reply.
  mutating func removeAll() -> [InFlight] {
    defer {
      entries = []
      free = []
    }
    return entries.compactMap(\.call)
  }
}
