internal import Foundation
internal import Intervals
internal import Service
internal import Synchronization

/// A clock that stands where the test has put it.
final class HandClock: Sendable {
  private let ms: Atomic<Int64>

  init(_ text: String) throws {
    ms = Atomic(try HandClock.ms(text))
  }

  /// - Parameter text: ISO 8601 in UTC, to the second: "2027-03-01T09:00:00Z".
  static func ms(_ text: String) throws -> Int64 {
    Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970) * 1_000
  }

  var nowMs: Int64 { ms.load(ordering: .sequentiallyConsistent) }

  func set(_ newMs: Int64) {
    ms.store(newMs, ordering: .sequentiallyConsistent)
  }

  var wallClock: WallClock { WallClock { Instant(msSinceEpoch: self.nowMs) } }
}
