internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// Reads the values of a row, and names the column that holds nonsense.
struct Columns {
  let row: any SQLRow
  let table: String
  let id: String

  func parsed<Value>(_ column: Int, _ name: String, _ parse: (String) -> Value?) throws -> Value {
    guard let value = parse(row.text(column)) else {
      throw StoreError.corrupt(table: table, id: id, column: name)
    }
    return value
  }

  func id<Kind>(_ column: Int, _ name: String) throws -> ID<Kind> {
    guard let value = row.withUTF8(column, { ID<Kind>(utf8: $0) }) else {
      throw StoreError.corrupt(table: table, id: id, column: name)
    }
    return value
  }

  /// Nil where the column is NULL.
  func optional<Value>(_ column: Int, _ name: String, _ parse: (String) -> Value?) throws -> Value?
  {
    row.isNull(column) ? nil : try parsed(column, name, parse)
  }

  func int32(_ column: Int, _ name: String) throws -> Int32 {
    guard let value = Int32(exactly: row.int(column)) else {
      throw StoreError.corrupt(table: table, id: id, column: name)
    }
    return value
  }

  func optionalInt32(_ column: Int, _ name: String) throws -> Int32? {
    row.isNull(column) ? nil : try int32(column, name)
  }

  func instant(_ column: Int) -> Instant {
    Instant(msSinceEpoch: row.int(column))
  }

  /// Nil where the column is NULL.
  func optionalInstant(_ column: Int) -> Instant? {
    row.isNull(column) ? nil : instant(column)
  }

  func money(minorUnits: Int, currency: Int) throws -> Money {
    Money(
      minorUnits: row.int(minorUnits), currency: try parsed(currency, "currency", Currency.init))
  }

  /// Of two columns that follow each other: nil where none is set; both are 0 where it is set that there is none.
  func commission(from first: Int) throws -> Commission? {
    switch (row.isNull(first), row.isNull(first + 1)) {
    case (true, true): nil
    case (false, true): .share(basisPoints: try int32(first, "commission_basis_points"))
    case (true, false): .fixed(minorUnits: row.int(first + 1))
    case (false, false): Commission.none
    }
  }

  func buffers(before: Int, after: Int) throws -> Buffers {
    let minutes = (
      try int32(before, "buffer_before_minutes"), try int32(after, "buffer_after_minutes")
    )
    guard HealthcareService.bufferMinutes ~= minutes.0, HealthcareService.bufferMinutes ~= minutes.1
    else { throw StoreError.corrupt(table: table, id: id, column: "buffer_before_minutes") }
    return Buffers(beforeMinutes: minutes.0, afterMinutes: minutes.1)
  }

  func span(start: Int, end: Int) throws -> Span {
    guard let from = Minute(exactly: instant(start)), let to = Minute(exactly: instant(end)),
      let span = Span(from: from, to: to)
    else { throw StoreError.corrupt(table: table, id: id, column: "start_ms") }
    return span
  }
}

extension SQLValue {
  /// As ISO 8601 says it, or NULL.
  static func date(_ day: CivilDate?) -> SQLValue {
    day.map { .text($0.description) } ?? .null
  }

  static func instant(_ instant: Instant?) -> SQLValue {
    instant.map { .int($0.msSinceEpoch) } ?? .null
  }

  static func optionalInt32(_ value: Int32?) -> SQLValue {
    value.map(SQLValue.int32) ?? .null
  }

  /// The two columns of a commission; see `Columns.commission`.
  static func commission(_ commission: Commission?) -> (basisPoints: SQLValue, minorUnits: SQLValue)
  {
    switch commission {
    case nil: (.null, .null)
    case .share(let basisPoints): (.int32(basisPoints), .null)
    case .fixed(let minorUnits): (.null, .int(minorUnits))
    case .some(.none): (.int(0), .int(0))
    }
  }
}

extension SessionMode {
  /// As the schema writes it.
  var column: String {
    switch self {
    case .online: "ONLINE"
    case .inPerson: "IN_PERSON"
    }
  }

  init?(column: String) {
    switch column {
    case "ONLINE": self = .online
    case "IN_PERSON": self = .inPerson
    default: return nil
    }
  }
}

extension Overrides {
  private static let names: [(Overrides, String)] = [
    (.outsideLocationHours, "OUTSIDE_LOCATION_HOURS"), (.outsideSchedule, "OUTSIDE_SCHEDULE"),
    (.inPast, "IN_PAST"), (.underNotice, "UNDER_NOTICE"), (.offGrid, "OFF_GRID"),
    (.overCap, "OVER_CAP"),
  ]

  /// As the schema writes them: the kinds of S-4 by name, in the rule's order.
  var column: String {
    Overrides.names.filter { contains($0.0) }.map(\.1).joined(separator: ",")
  }

  init?(column: String) {
    self = []
    for name in column.split(separator: ",") {
      guard let (override, _) = Overrides.names.first(where: { $0.1 == name }) else { return nil }
      insert(override)
    }
  }
}

extension Database {
  /// The ordered values of a child table.
  func texts(_ sql: String, _ arguments: [SQLValue]) throws -> [String] {
    try rows(sql, arguments) { $0.text(0) }
  }

  /// Replaces the ordered values of a child table, whose columns are key, position, value.
  func replaceList(
    _ table: String, key: String, id: String, valueColumn: String, with values: [String]
  )
    throws
  {
    try execute("DELETE FROM \(table) WHERE \(key) = $1", [.text(id)])
    for (position, value) in values.enumerated() {
      try execute(
        "INSERT INTO \(table) (\(key), position, \(valueColumn)) VALUES ($1, $2, $3)",
        [.text(id), .int(Int64(position)), .text(value)])
    }
  }
}
