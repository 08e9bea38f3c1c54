public import Availability
public import Booking

extension StoreSnapshot {
  /// - Returns: nil when there is no such therapist.
  public func schedule(of therapist: TherapistID) throws -> Schedule? {
    try database.first(
      "SELECT version FROM schedules WHERE therapist_id = $1", [.text(therapist.text)]
    ) { row in
      Schedule(
        therapist: therapist, windows: try windows(of: therapist),
        exceptions: try exceptions(of: therapist),
        publicHolidays: try database.texts(
          "SELECT calendar FROM schedule_holidays WHERE therapist_id = $1 ORDER BY position",
          [.text(therapist.text)]),
        version: row.int(0))
    }
  }

  private func windows(of therapist: TherapistID) throws -> [WeeklyWindow] {
    try database.rows(
      """
      SELECT weekday, opens_minute, closes_minute, location_id, valid_from, valid_until
      FROM schedule_windows WHERE therapist_id = $1 ORDER BY position
      """, [.text(therapist.text)]
    ) { row in
      let columns = Columns(row: row, table: "schedule_windows", id: therapist.text)
      guard let weekday = Weekday(rawValue: Int(row.int(0))),
        let window = WeeklyWindow(
          weekday: weekday, opensMinute: try columns.int32(1, "opens_minute"),
          closesMinute: try columns.int32(2, "closes_minute"),
          location: try columns.parsed(3, "location_id", LocationID.init),
          validFrom: try columns.optional(4, "valid_from", CivilDate.init),
          validUntil: try columns.optional(5, "valid_until", CivilDate.init))
      else {
        throw StoreError.corrupt(table: "schedule_windows", id: therapist.text, column: "weekday")
      }
      return window
    }
  }

  private func exceptions(of therapist: TherapistID) throws -> [ScheduleException] {
    try database.rows(
      """
      SELECT id, kind, first_date, last_date, opens_minute, closes_minute, location_id, note
      FROM schedule_exceptions WHERE therapist_id = $1 ORDER BY first_date, id
      """, [.text(therapist.text)]
    ) { row in
      let columns = Columns(row: row, table: "schedule_exceptions", id: row.text(0))
      guard
        let exception = ScheduleException(
          id: try columns.parsed(0, "id", ScheduleExceptionID.init),
          firstDay: try columns.parsed(2, "first_date", CivilDate.init),
          lastDay: try columns.parsed(3, "last_date", CivilDate.init),
          effect: try effect(columns), note: row.text(7))
      else {
        throw StoreError.corrupt(
          table: "schedule_exceptions", id: row.text(0), column: "last_date")
      }
      return exception
    }
  }

  private func effect(_ columns: Columns) throws -> ScheduleException.Effect {
    let location = try columns.optional(6, "location_id", LocationID.init)
    let opens = try columns.optionalInt32(4, "opens_minute")
    let closes = try columns.optionalInt32(5, "closes_minute")
    switch (columns.row.text(1), opens, closes, location) {
    case ("CLOSED", nil, nil, _):
      return .closed(.wholeDays, at: location)
    case ("CLOSED", let opens?, let closes?, _):
      return .closed(.between(opensMinute: opens, closesMinute: closes), at: location)
    case ("EXTRA_HOURS", let opens?, let closes?, let location?):
      return .extraHours(opensMinute: opens, closesMinute: closes, at: location)
    default:
      throw StoreError.corrupt(table: columns.table, id: columns.id, column: "kind")
    }
  }
}

extension StoreTransaction {
  func put(_ schedule: Schedule) throws {
    let id = schedule.therapist.text
    try database.execute(
      """
      INSERT INTO schedules (therapist_id, version) VALUES ($1, $2)
      ON CONFLICT (therapist_id) DO UPDATE SET version = excluded.version
      """, [.text(id), .int(schedule.version)])
    try database.execute("DELETE FROM schedule_windows WHERE therapist_id = $1", [.text(id)])
    for (position, window) in schedule.windows.enumerated() {
      try database.execute(
        """
        INSERT INTO schedule_windows (therapist_id, position, weekday, opens_minute, closes_minute,
          location_id, valid_from, valid_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        [
          .text(id), .int(Int64(position)), .int(Int64(window.weekday.rawValue)),
          .int32(window.opensMinute), .int32(window.closesMinute), .text(window.location.text),
          .date(window.validFrom), .date(window.validUntil),
        ])
    }
    try database.execute("DELETE FROM schedule_exceptions WHERE therapist_id = $1", [.text(id)])
    for exception in schedule.exceptions { try insert(exception, of: id) }
    try database.replaceList(
      "schedule_holidays", key: "therapist_id", id: id, valueColumn: "calendar",
      with: schedule.publicHolidays)
  }

  private func insert(_ exception: ScheduleException, of therapist: String) throws {
    let kind: String
    var minutes: (opens: Int32, closes: Int32)?
    let location: LocationID?
    switch exception.effect {
    case .closed(let hours, let closed):
      (kind, location) = ("CLOSED", closed)
      if case .between(let opens, let closes) = hours { minutes = (opens, closes) }
    case .extraHours(let opens, let closes, let open):
      (kind, minutes, location) = ("EXTRA_HOURS", (opens, closes), open)
    }
    try database.execute(
      """
      INSERT INTO schedule_exceptions (therapist_id, id, kind, first_date, last_date, opens_minute,
        closes_minute, location_id, note)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .text(therapist), .text(exception.id.text), .text(kind), .date(exception.firstDay),
        .date(exception.lastDay), minutes.map { .int32($0.opens) } ?? .null,
        minutes.map { .int32($0.closes) } ?? .null, location.map { .text($0.text) } ?? .null,
        .text(exception.note),
      ])
  }
}
