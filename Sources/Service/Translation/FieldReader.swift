internal import Accounting
internal import Availability
internal import Booking
internal import Foundation
internal import Intervals
internal import SwiftProtobuf
internal import Wire

/// A request that is no wish: every field that is wrong.
struct Malformed: Error {
  let faults: [FieldFault]

  var status: Seduta_Wire_V1_Status { .invalid(faults) }
}

/// Reads the fields of a request, and collects what is wrong with them: all of it, not the first.
///
/// A reader gives nil for a field that is wrong; who has read everything calls `finish`.
struct FieldReader {
  let zones: ZoneCatalogue
  private(set) var faults: [FieldFault] = []

  init(zones: ZoneCatalogue) {
    self.zones = zones
  }

  mutating func fault(_ field: String, _ expected: String) {
    faults.append(FieldFault(field: field, expected: expected))
  }

  /// The value, when no field was wrong.
  func finish<Value>(_ value: Value?) throws(Malformed) -> Value {
    guard faults.isEmpty, let value else { throw Malformed(faults: faults) }
    return value
  }

  // MARK: Ids

  mutating func id<Kind>(_ text: String, _ field: String) -> ID<Kind>? {
    if let id = ID<Kind>(text) { return id }
    let form = "expected \"\(Kind.idPrefix)_\" and 26 characters of Crockford's base 32"
    fault(field, text.isEmpty ? "\(form); it is required" : "\(form), got \(quoted(text))")
    return nil
  }

  /// Empty is nobody, and no fault.
  mutating func optionalID<Kind>(_ text: String, _ field: String) -> ID<Kind>? {
    text.isEmpty ? nil : id(text, field)
  }

  mutating func ids<Kind>(
    _ texts: [String], _ field: String, countMax: Int, mayRepeat: Bool = false
  ) -> [ID<Kind>] {
    guard texts.count <= countMax else {
      fault(field, "expected at most \(countMax), got \(texts.count)")
      return []
    }
    var (ids, seen): ([ID<Kind>], Set<ID<Kind>>) = ([], [])
    ids.reserveCapacity(texts.count)
    for (index, text) in texts.enumerated() {
      // A field's name is made where something is wrong: for hundreds of ids it takes its time.
      guard let id = ID<Kind>(text) ?? self.id(text, "\(field)[\(index)]") else { continue }
      guard mayRepeat || seen.insert(id).inserted else {
        fault("\(field)[\(index)]", "expected each id once, got \(text) again")
        continue
      }
      ids.append(id)
    }
    return ids
  }

  // MARK: Texts

  /// What a text is for.
  enum TextKind {
    /// What people write: names, notes, reasons. No place for the number of a card (P-7).
    case free
    /// What programs made, and compare: ids, codes, versions. Its digits are as they come.
    case code
  }

  /// - Parameter length: in characters as people count them.
  mutating func text(
    _ value: String, _ field: String, length: ClosedRange<Int>, kind: TextKind = .free
  ) -> String? {
    guard length.contains(value.count), value.utf8.count <= length.upperBound * 4,
      !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else {
      let range = "\(length.lowerBound) to \(length.upperBound) characters, none of control"
      fault(field, value.isEmpty ? "expected \(range); it is required" : "expected \(range)")
      return nil
    }
    switch kind {
    case .free:
      guard !CardNumbers.isFound(in: value) else {
        fault(field, "expected no card number: Seduta takes tokens only")
        return nil
      }
    case .code: break
    }
    return value
  }

  mutating func labels(
    _ values: [String], _ field: String, count: ClosedRange<Int>, kind: TextKind = .free
  ) -> [String] {
    guard count.contains(values.count) else {
      fault(
        field, "expected \(count.lowerBound) to \(count.upperBound) entries, got \(values.count)")
      return []
    }
    var seen: Set<String> = []
    return values.enumerated().compactMap { index, value in
      if !seen.insert(value).inserted {
        fault("\(field)[\(index)]", "expected each entry once, got \(quoted(value)) again")
      }
      return text(value, "\(field)[\(index)]", length: 1...64, kind: kind)
    }
  }

  mutating func language(_ value: String, _ field: String) -> LanguageTag? {
    parsed(value, field, "a language in BCP 47, such as \"it\" or \"pt-BR\"", LanguageTag.init)
  }

  mutating func parsed<Value>(
    _ value: String, _ field: String, _ expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    if let parsed = parse(value) { return parsed }
    fault(
      field,
      value.isEmpty
        ? "expected \(expected); it is required" : "expected \(expected), got \(quoted(value))")
    return nil
  }

  /// Where a page begins: nil for the first one. A token of another list is a fault.
  mutating func cursor<Cursor>(
    _ token: String, of binding: [UInt8], _ parse: (String) -> Cursor?
  ) -> Cursor? {
    if token.isEmpty { return nil }
    return parsed(token, "page_token", "the next_page_token of a page of the same list") {
      PageToken.cursor($0, query: binding).flatMap(parse)
    }
  }

  mutating func zoneName(_ value: String, _ field: String) -> String? {
    let zones = zones
    return parsed(value, field, "an IANA time zone, such as \"Europe/Rome\"") {
      zones.zone($0)?.name
    }
  }

  // MARK: Numbers and times

  mutating func number(_ value: Int32, _ field: String, in range: ClosedRange<Int32>) -> Int32? {
    guard range.contains(value) else {
      fault(field, "expected \(range.lowerBound) to \(range.upperBound), got \(value)")
      return nil
    }
    return value
  }

  /// A version that a caller saw; 0 is none.
  mutating func seenVersion(_ value: Int64, _ field: String) -> Int64? {
    if value < 0 { fault(field, "expected 0 or a version that was seen, got \(value)") }
    return value == 0 ? nil : value
  }

  /// A session's start: a whole minute between 1970 and 2100.
  mutating func start(_ ms: Int64, _ field: String) -> Minute? {
    guard ms != 0 else {
      fault(field, "expected milliseconds since 1970-01-01T00:00:00Z; it is required")
      return nil
    }
    guard let instant = instant(ms, field) else { return nil }
    guard let minute = Minute(exactly: instant) else {
      fault(field, "expected a whole minute, a multiple of 60000, got \(ms)")
      return nil
    }
    return minute
  }

  static let lastMs: Int64 = 4_102_444_800_000

  /// A point in time between 1970 and 2100.
  mutating func instant(_ ms: Int64, _ field: String) -> Instant? {
    guard (0...FieldReader.lastMs).contains(ms) else {
      fault(field, "expected milliseconds between the years 1970 and 2100, got \(ms)")
      return nil
    }
    return Instant(msSinceEpoch: ms)
  }

  mutating func pageSize(_ value: Int32, _ field: String, standard: Int) -> Int {
    if value < 0 { fault(field, "expected 0 or more, got \(value)") }
    return value == 0 ? standard : min(Int(value), 1_000)
  }

  mutating func mode(_ value: Seduta_V1_SessionMode, _ field: String) -> SessionMode? {
    switch value {
    case .online: return .online
    case .inPerson: return .inPerson
    case .unspecified, .UNRECOGNIZED:
      fault(field, "expected SESSION_MODE_ONLINE or SESSION_MODE_IN_PERSON")
      return nil
    }
  }

  /// Whether the client is not told (B-11): a therapist's or staff's to say.
  mutating func quiet(_ value: Bool, as actor: Actor) -> Bool {
    if value && actor.role == .client {
      fault("quiet", "expected false: only a therapist or staff choose whether the client is told")
    }
    return value
  }

  /// Among so many there is one that is wrong, so that a longer list need not be read to its end.
  private static let overridesRead = 64

  mutating func overrides(
    _ kinds: [Seduta_Wire_V1_DiscrepancyKind], _ field: String
  ) -> Overrides {
    var overrides: Overrides = []
    for (index, kind) in kinds.prefix(FieldReader.overridesRead).enumerated() {
      guard let override = Overrides(kind: kind.rawValue) else {
        fault(
          "\(field)[\(index)]",
          "expected a kind that can be overridden (1, 2, 3, 8, 9, 10), got \(kind.rawValue)")
        continue
      }
      guard overrides.insert(override).inserted else {
        fault("\(field)[\(index)]", "expected each kind once, got \(kind.rawValue) again")
        continue
      }
    }
    return overrides
  }

  /// Millions of such prices add up to a number that can be counted.
  private static let priceMax: Int64 = 1_000_000_000_000

  /// What something costs: not more than can be added up.
  mutating func price(_ value: Seduta_V1_Money, _ field: String) -> Money? {
    guard value.minorUnits <= FieldReader.priceMax else {
      fault(
        "\(field).minor_units",
        "expected at most \(FieldReader.priceMax), got \(value.minorUnits)")
      return nil
    }
    return money(value, field)
  }

  mutating func money(_ value: Seduta_V1_Money, _ field: String) -> Money? {
    if value.minorUnits < 0 {
      fault("\(field).minor_units", "expected 0 or more, got \(value.minorUnits)")
    }
    let currency = parsed(
      value.currency, "\(field).currency", "a currency of ISO 4217, such as \"EUR\"",
      Currency.init)
    return currency.map { Money(minorUnits: value.minorUnits, currency: $0) }
  }
}

/// For messages: in quotes, and cut where it is long. The number of a card is not repeated (P-7).
func quoted(_ text: String) -> String {
  let shown = text.prefix(80)
  // A number may go on behind the cut.
  guard !CardNumbers.isFound(in: String(text.prefix(120))) else { return "the number of a card" }
  return "\"\(shown)\(shown.count < text.count ? "…" : "")\""
}
