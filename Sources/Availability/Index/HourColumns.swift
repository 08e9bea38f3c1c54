internal import Intervals

/// For each hour, which of many members may have a free start in it: where a search across many need
/// not look.
///
/// It tells of possible starts only: what is not in it is not free.
struct HourColumns: Sendable {
  /// The hour since the epoch of the first column.
  private let firstHour: Int32
  private let hourCount: Int
  /// Words of each column; all columns stand one after another.
  private var wordsEach = 0
  private var words: ContiguousArray<UInt64> = []
  /// How many members each column has.
  private var counts: ContiguousArray<Int32>

  init(over coverage: Span) {
    firstHour = HourColumns.hour(of: coverage.start.sinceEpoch)
    hourCount = Int(HourColumns.hour(of: coverage.end.sinceEpoch - 1) - firstHour) + 1
    counts = ContiguousArray(repeating: 0, count: hourCount)
  }

  static func hour(of minute: Int32) -> Int32 {
    (minute - minute.remainder(flooredBy: 60)) / 60
  }

  /// The columns of the hours that a range touches.
  func columns(in range: Span) -> Range<Int> {
    let first = Int(HourColumns.hour(of: range.start.sinceEpoch) - firstHour)
    let last = Int(HourColumns.hour(of: range.end.sinceEpoch - 1) - firstHour)
    let low = min(max(first, 0), hourCount)
    return low..<min(max(last + 1, low), hourCount)
  }

  func start(ofColumn column: Int) -> Minute {
    Minute(sinceEpoch: (firstHour + Int32(column)) * 60)
  }

  func isEmpty(_ column: Int) -> Bool { counts[column] == 0 }

  /// The members of a column, as bits.
  func withColumn<Result>(
    _ column: Int, _ body: (UnsafeBufferPointer<UInt64>) -> Result
  ) -> Result {
    words.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[column * wordsEach..<(column + 1) * wordsEach]))
    }
  }

  func contains(_ member: Int, inColumn column: Int) -> Bool {
    words[column * wordsEach + member >> 6] >> UInt64(member & 63) & 1 == 1
  }

  mutating func set(_ member: Int, inColumn column: Int, to isMember: Bool) {
    let index = column * wordsEach + member >> 6
    let bit: UInt64 = 1 << UInt64(member & 63)
    guard (words[index] & bit != 0) != isMember else { return }
    words[index] ^= bit
    counts[column] += isMember ? 1 : -1
  }

  /// - Parameter start: within the hours that there are.
  mutating func set(_ member: Int, inHourOf start: Minute) {
    set(member, inColumn: Int(HourColumns.hour(of: start.sinceEpoch) - firstHour), to: true)
  }

  /// Makes room for a new member number, which is in no column: those from it on become one higher.
  ///
  /// - Parameter count: of the members before.
  mutating func openGap(at member: Int, count: Int) {
    if count + 1 > wordsEach * 64 { widen() }
    guard member < count else { return }
    words.withUnsafeMutableBufferPointer { words in
      for column in 0..<hourCount where counts[column] > 0 {
        let range = column * wordsEach..<(column + 1) * wordsEach
        RowSet.openGap(at: member, in: UnsafeMutableBufferPointer(rebasing: words[range]))
      }
    }
  }

  private mutating func widen() {
    let wider = max(1, wordsEach * 2)
    var widened = ContiguousArray<UInt64>(repeating: 0, count: wider * hourCount)
    for column in 0..<hourCount where counts[column] > 0 {
      for index in 0..<wordsEach {
        widened[column * wider + index] = words[column * wordsEach + index]
      }
    }
    words = widened
    wordsEach = wider
  }
}
