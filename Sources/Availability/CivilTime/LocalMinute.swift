/// A reading of a wall clock, to the minute: minutes since 1970-01-01T00:00 on that wall.
///
/// Which point in time it names, if any, only a `Zone` can say.
public struct LocalMinute: Hashable, Comparable, Sendable {
  public let sinceEpoch: Int32

  @inlinable
  public init(sinceEpoch: Int32) {
    self.sinceEpoch = sinceEpoch
  }

  /// - Parameter minuteOfDay: minutes after the date's midnight; 1440 and more is a later day.
  public init(date: CivilDate, minuteOfDay: Int32) {
    sinceEpoch = date.daysSinceEpoch * LocalMinute.perDay + minuteOfDay
  }

  public var date: CivilDate {
    CivilDate(daysSinceEpoch: (sinceEpoch - minuteOfDay) / LocalMinute.perDay)
  }

  /// 0 to 1439.
  public var minuteOfDay: Int32 { sinceEpoch.remainder(flooredBy: LocalMinute.perDay) }

  public static func < (left: LocalMinute, right: LocalMinute) -> Bool {
    left.sinceEpoch < right.sinceEpoch
  }

  static let perDay: Int32 = 1_440
}

extension LocalMinute: CustomStringConvertible {
  /// The form of ISO 8601: "2026-12-01T10:00".
  public var description: String {
    func twoDigits(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(date)T\(twoDigits(minuteOfDay / 60)):\(twoDigits(minuteOfDay % 60))"
  }

  /// Nil unless the text is a minute of a day that exists: "2026-12-01T10:00".
  public init?(_ iso8601: String) {
    let text = Array(iso8601.utf8)
    func number(_ at: Int) -> Int32? {
      let digits = (text[at] &- UInt8(ascii: "0"), text[at + 1] &- UInt8(ascii: "0"))
      return digits.0 < 10 && digits.1 < 10 ? Int32(digits.0) * 10 + Int32(digits.1) : nil
    }
    guard text.count == 16, text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"),
      let date = CivilDate(String(iso8601.prefix(10))), let hour = number(11), hour < 24,
      let minute = number(14), minute < 60,
      // Some years before 10000 are more minutes away than can be counted.
      let midnight = Int32(exactly: Int64(date.daysSinceEpoch) * Int64(LocalMinute.perDay)),
      midnight <= .max - LocalMinute.perDay
    else { return nil }
    self.init(sinceEpoch: midnight + hour * 60 + minute)
  }
}
