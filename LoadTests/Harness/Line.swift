internal import CWire
internal import Workload

/// A connection of a worker with its calls: the present one of a place that, in a run with churn, has
/// many one after the other.
struct Line {
  let lane: Lane
  /// Opened when; nil for those that were there before the load began.
  let openedNs: UInt64?
  var calls = CallTable()
  var callsLeft: Int
  var isLost = false
  var isWelcomed = false
  /// Whether the poller says when something can be sent.
  var waitsToWrite: Bool

  init(_ lane: Lane, openedNs: UInt64?, callsMax: Int?) {
    self.lane = lane
    self.openedNs = openedNs
    callsLeft = callsMax ?? Int.max
    isWelcomed = lane.isWelcomed
    waitsToWrite = !lane.isWelcomed
  }

  /// Calls that the server takes at once; so many where it does not say.
  private static let inFlightMax = 1_024

  /// Whether one more call may go out.
  var mayAsk: Bool { !isLost && isWelcomed && callsLeft > 0 && lane.goaway == nil }

  /// Whether the server would not stop reading at one more call.
  var hasRoom: Bool {
    let allowed = lane.callsInFlightMax > 0 ? lane.callsInFlightMax : Self.inFlightMax
    return calls.count < min(allowed, CallTable.capacity)
  }

  /// Whether its life is over.
  var isSpent: Bool { callsLeft == 0 && calls.count == 0 && !isLost }
}
