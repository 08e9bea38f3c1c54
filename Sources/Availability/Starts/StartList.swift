public import Intervals

/// Starts in a row, whose room is kept from use to use: who searches often keeps one.
public struct StartList: Sendable {
  private var room: ContiguousArray<Minute> = []
  public private(set) var count = 0

  public init() {}

  /// Empties it and keeps its room.
  public mutating func removeAll() { count = 0 }

  /// - Parameter write: writes at most `countMax` starts, and returns how many.
  @inline(__always)
  mutating func append(countMax: Int, _ write: (UnsafeMutablePointer<Minute>) -> Int) {
    if room.count < count + countMax {
      let more = max(64, count + countMax - room.count, room.count)
      room.append(contentsOf: repeatElement(Minute(sinceEpoch: 0), count: more))
    }
    room.withUnsafeMutableBufferPointer { room in
      guard let base = room.baseAddress else { return }
      count += write(base + count)
    }
  }

  /// Lets `body` read the starts from one on.
  @inline(__always)
  public func withStarts<Result>(
    from first: Int = 0, _ body: (UnsafeBufferPointer<Minute>) throws -> Result
  ) rethrows -> Result {
    try room.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[first..<count])) }
  }
}
