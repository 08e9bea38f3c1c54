internal import Intervals

/// How long a gateway is left alone before it is asked again.
enum Patience {
  /// After an answer that says nothing: seconds by how often it was asked in vain.
  static func afterSilence(tries: Int32, at now: Instant) -> Instant {
    let seconds: [Int64] = [2, 5, 10, 20, 30, 60, 60, 120, 300, 600]
    return now.advanced(byMs: 1_000 * seconds[min(Int(tries), seconds.count - 1)])
  }

  /// While the gateway, the bank or the client is at it, in case that nobody tells.
  static func whileWaiting(tries: Int32, at now: Instant) -> Instant {
    let seconds: [Int64] = [30, 60, 120, 300, 600, 1_800, 3_600]
    return now.advanced(byMs: 1_000 * seconds[min(Int(tries), seconds.count - 1)])
  }

  /// How often it is looked whether a client has paid by themself: about a day.
  static let looksForClientMax: Int32 = 24

  /// How long a slot is kept while a gateway is asked to take no money any more (P-3).
  static let givingUpMs: Int64 = 10 * 60_000
}
