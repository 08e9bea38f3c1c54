public import Availability
public import Booking
internal import Intervals

extension StoreSnapshot {
  private static let columns = """
    partner_id, id, therapist_id, client_id, service_id, location_id, room_id, rule,
    local_start_minute, time_zone, split_from_id, version, made_ms
    """

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func series(_ id: SeriesID) throws -> (owner: PartnerID, series: Series)? {
    try database.first(
      "SELECT \(StoreSnapshot.columns) FROM series WHERE id = $1", [.id(id)]
    ) { row in
      let columns = Columns(row: row, table: "series", id: id.text)
      return (try columns.id(0, "partner_id"), try series(columns))
    }
  }

  /// A page of a partner's series, in order of id.
  public func series(
    of partner: PartnerID, therapist: TherapistID?, client: ClientID?, after: SeriesID?, limit: Int
  ) throws -> [Series] {
    var conditions = ["partner_id = $1"]
    var arguments: [SQLValue] = [.id(partner)]
    func require(_ condition: String, _ value: SQLValue) {
      arguments.append(value)
      conditions.append("\(condition) $\(arguments.count)")
    }
    if let therapist { require("therapist_id =", .id(therapist)) }
    if let client { require("client_id =", .id(client)) }
    if let after { require("id >", .id(after)) }
    arguments.append(.int(Int64(limit)))
    return try database.rows(
      """
      SELECT \(StoreSnapshot.columns) FROM series WHERE \(conditions.joined(separator: " AND "))
      ORDER BY id LIMIT $\(arguments.count)
      """, arguments
    ) { row in try series(Columns(row: row, table: "series", id: row.text(1))) }
  }

  private func series(_ columns: Columns) throws -> Series {
    let row = columns.row
    let id: SeriesID = try columns.id(1, "id")
    return Series(
      id: id, therapist: try columns.id(2, "therapist_id"), client: try columns.id(3, "client_id"),
      service: try columns.id(4, "service_id"), location: try columns.id(5, "location_id"),
      room: row.isNull(6) ? nil : try columns.id(6, "room_id"),
      rule: try columns.parsed(7, "rule") { try? RecurrenceRule($0) },
      localStart: LocalMinute(sinceEpoch: try columns.int32(8, "local_start_minute")),
      zoneName: row.text(9), omissions: try omissions(of: id),
      splitFrom: row.isNull(10) ? nil : try columns.id(10, "split_from_id"), version: row.int(11),
      madeAt: columns.instant(12))
  }

  private func omissions(of series: SeriesID) throws -> [SeriesOmission] {
    try database.rows(
      """
      SELECT local_start_minute, reason FROM series_omissions WHERE series_id = $1
      ORDER BY local_start_minute
      """, [.id(series)]
    ) { row in
      let columns = Columns(row: row, table: "series_omissions", id: series.text)
      return SeriesOmission(
        localStart: LocalMinute(sinceEpoch: try columns.int32(0, "local_start_minute")),
        reason: try columns.parsed(1, "reason", SeriesOmission.Reason.init(rawValue:)))
    }
  }
}

extension StoreTransaction {
  func insert(_ series: Series, of partner: PartnerID) throws {
    try database.execute(
      """
      INSERT INTO series (id, partner_id, therapist_id, client_id, service_id, location_id, room_id,
        rule, local_start_minute, time_zone, split_from_id, version, made_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """,
      [
        .id(series.id), .id(partner), .id(series.therapist), .id(series.client),
        .id(series.service), .id(series.location), series.room.map { .id($0) } ?? .null,
        .text(series.rule.text), .int32(series.localStart.sinceEpoch), .text(series.zoneName),
        series.splitFrom.map { .id($0) } ?? .null, .int(series.version),
        .int(series.madeAt.msSinceEpoch),
      ])
    try insertOmissions(of: series)
  }

  /// Over the version before.
  func update(_ series: Series) throws {
    let written = try database.execute(
      """
      UPDATE series SET location_id = $1, room_id = $2, rule = $3, local_start_minute = $4,
        time_zone = $5, version = $6
      WHERE id = $7 AND version = $8
      """,
      [
        .id(series.location), series.room.map { .id($0) } ?? .null, .text(series.rule.text),
        .int32(series.localStart.sinceEpoch), .text(series.zoneName), .int(series.version),
        .id(series.id), .int(series.version - 1),
      ])
    guard written == 1 else { throw StoreError.lostUpdate(table: "series", id: series.id.text) }
    try database.execute("DELETE FROM series_omissions WHERE series_id = $1", [.id(series.id)])
    try insertOmissions(of: series)
  }

  private func insertOmissions(of series: Series) throws {
    for omission in series.omissions {
      try database.execute(
        """
        INSERT INTO series_omissions (series_id, local_start_minute, reason) VALUES ($1, $2, $3)
        """,
        [
          .id(series.id), .int32(omission.localStart.sinceEpoch), .text(omission.reason.rawValue),
        ])
    }
  }
}
