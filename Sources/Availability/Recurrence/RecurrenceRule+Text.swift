extension RecurrenceRule {
  /// What is wrong with a rule.
  public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
    /// Of the rule, as in its text: "COUNT"; "rule" where it is none.
    public let part: String
    public let expected: String
    /// As it was written; nil where that would say nothing more.
    public let got: String?

    init(_ part: String, expected: String, got: String? = nil) {
      // They come from a caller, and go into an error and perhaps a log.
      self.part = String(part.prefix(40))
      self.expected = expected
      self.got = got.map { String($0.prefix(40)) }
    }

    /// "COUNT: expected 1 to 400, got 0"
    public var description: String {
      "\(part): expected \(expected)\(got.map { ", got \($0.isEmpty ? "nothing" : $0)" } ?? "")"
    }

    static func unless(
      _ range: ClosedRange<Int>, contains number: Int, part: String
    ) throws(Malformed) {
      if range.contains(number) { return }
      throw Malformed(
        part, expected: "\(range.lowerBound) to \(range.upperBound)", got: "\(number)")
    }
  }

  /// Longer texts are no rules that are taken here.
  public static let utf8CountMax = 500

  /// Reads the text of an RRULE: "FREQ=WEEKLY;INTERVAL=2;COUNT=10;BYDAY=MO,TH", also after "RRULE:".
  ///
  /// It has FREQ, and one of COUNT and UNTIL; it may have INTERVAL, BYDAY and WKST=MO. All else is
  /// refused. UNTIL is a date, which is included as a whole, or a UTC time.
  public init(_ text: String) throws(Malformed) {
    guard text.utf8.count <= RecurrenceRule.utf8CountMax else {
      throw Malformed("rule", expected: "at most \(RecurrenceRule.utf8CountMax) bytes")
    }
    // RFC 5545, 2: names and values are the same in upper and lower case.
    var text = text.uppercased()[...]
    if text.hasPrefix("RRULE:") { text = text.dropFirst("RRULE:".count) }
    var parts: [String: Substring] = [:]
    for part in text.split(separator: ";", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, !pair[0].isEmpty else {
        throw Malformed("rule", expected: "parts like COUNT=10 with ; between them", got: "\(part)")
      }
      let name = String(pair[0])
      guard RecurrenceRule.parts.contains(name) else {
        throw Malformed(name, expected: "only FREQ, INTERVAL, COUNT, UNTIL, BYDAY and WKST")
      }
      guard parts.updateValue(pair[1], forKey: name) == nil else {
        throw Malformed(name, expected: "once")
      }
    }
    if let week = parts["WKST"], week != "MO" {
      throw Malformed("WKST", expected: "MO", got: "\(week)")
    }
    try self.init(
      RecurrenceRule.frequency(parts["FREQ"] ?? ""),
      interval: RecurrenceRule.number(
        parts["INTERVAL"] ?? "1", "INTERVAL", in: RecurrenceRule.intervals),
      end: RecurrenceRule.end(count: parts["COUNT"], until: parts["UNTIL"]),
      days: RecurrenceRule.days(parts["BYDAY"]))
  }

  /// The same rule again as RFC 5545 writes it, in one form for all that mean the same.
  public var text: String {
    var parts = ["FREQ=\(frequency.text)"]
    if interval != 1 { parts.append("INTERVAL=\(interval)") }
    switch end {
    case .count(let count): parts.append("COUNT=\(count)")
    case .lastDay(let day): parts.append("UNTIL=\(UntilText.text(day))")
    case .lastStart(let instant): parts.append("UNTIL=\(UntilText.text(instant))")
    }
    if !days.isEmpty { parts.append("BYDAY=\(days.map(\.text).joined(separator: ","))") }
    return parts.joined(separator: ";")
  }

  private static let parts: Set = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"]

  private static func frequency(_ text: Substring) throws(Malformed) -> Frequency {
    for frequency in [Frequency.daily, .weekly, .monthly] where frequency.text == text {
      return frequency
    }
    throw Malformed("FREQ", expected: "DAILY, WEEKLY or MONTHLY", got: "\(text)")
  }

  private static func number(
    _ text: Substring, _ part: String, in range: ClosedRange<Int>
  ) throws(Malformed) -> Int {
    guard text.utf8.allSatisfy(UntilText.isDigit), let number = Int(text), range.contains(number)
    else {
      throw Malformed(
        part, expected: "\(range.lowerBound) to \(range.upperBound)", got: "\(text)")
    }
    return number
  }

  private static func end(
    count: Substring?, until: Substring?
  ) throws(Malformed) -> End {
    switch (count, until) {
    case (let count?, nil): .count(try number(count, "COUNT", in: counts))
    case (nil, let until?): try UntilText.end(until)
    case (nil, nil): throw Malformed("COUNT", expected: "one of COUNT and UNTIL", got: "neither")
    case (_?, _?): throw Malformed("UNTIL", expected: "one of COUNT and UNTIL", got: "both")
    }
  }

  private static func days(_ text: Substring?) throws(Malformed) -> [Day] {
    guard let text else { return [] }
    var days: [Day] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      days.append(try day(name))
    }
    return days
  }

  private static func day(_ text: Substring) throws(Malformed) -> Day {
    let ordinal = text.dropLast(2)
    let digits = ordinal.first.map { "+-".contains($0) } == true ? ordinal.dropFirst() : ordinal
    guard let weekday = Weekday(rfc5545: text.suffix(2)),
      ordinal.isEmpty || 1...2 ~= digits.utf8.count && digits.utf8.allSatisfy(UntilText.isDigit)
    else {
      throw Malformed("BYDAY", expected: "MO to SU, with a comma between them", got: "\(text)")
    }
    return Day(weekday, ordinal: Int(ordinal))
  }
}

extension RecurrenceRule.Frequency {
  fileprivate var text: String {
    switch self {
    case .daily: "DAILY"
    case .weekly: "WEEKLY"
    case .monthly: "MONTHLY"
    }
  }
}

extension RecurrenceRule.Day {
  /// "MO", "-1FR"
  var text: String { (ordinal.map(String.init) ?? "") + weekday.rfc5545 }
}

extension Weekday {
  fileprivate var rfc5545: String {
    switch self {
    case .monday: "MO"
    case .tuesday: "TU"
    case .wednesday: "WE"
    case .thursday: "TH"
    case .friday: "FR"
    case .saturday: "SA"
    case .sunday: "SU"
    }
  }

  fileprivate init?(rfc5545 text: Substring) {
    guard let weekday = Weekday.allCases.first(where: { $0.rfc5545 == text }) else { return nil }
    self = weekday
  }
}
