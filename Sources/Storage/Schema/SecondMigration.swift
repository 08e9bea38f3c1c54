extension Migration {
  /// Policies; buffers of services and appointments; windows with a validity, exceptions and public
  /// holidays of schedules.
  static let second = Migration(
    number: 2,
    statements: policies + buffers + schedules,
    sqliteStatements: [
      "DROP TRIGGER appointments_insert_without_overlap",
      "DROP TRIGGER appointments_update_without_overlap",
      overlapTrigger(on: "INSERT", name: "appointments_insert_without_overlap"),
      overlapTrigger(
        on: """
          UPDATE OF therapist_id, client_id, room_id, start_ms, end_ms, occupies,
            buffer_before_minutes, buffer_after_minutes
          """,
        name: "appointments_update_without_overlap"),
    ])

  private static let policies = [
    // Of a partner, a therapist or a service; without a row nothing is set, and NULL leaves a
    // setting to the next. A notice of 0 is up to the start, a cap of -1 no limit.
    """
    CREATE TABLE policies (
      subject_id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      staff_horizon_months BIGINT CHECK (staff_horizon_months BETWEEN 1 AND 24),
      client_horizon_months BIGINT CHECK (client_horizon_months BETWEEN 1 AND 24),
      minimum_notice_minutes BIGINT CHECK (minimum_notice_minutes BETWEEN 0 AND 44640),
      daily_cap BIGINT CHECK (daily_cap = -1 OR daily_cap BETWEEN 1 AND 1000),
      weekly_cap BIGINT CHECK (weekly_cap = -1 OR weekly_cap BETWEEN 1 AND 1000),
      hold_minutes BIGINT CHECK (hold_minutes BETWEEN 1 AND 60),
      hold_total_minutes BIGINT CHECK (hold_total_minutes BETWEEN 1 AND 1440)
    )
    """,
    // 0 before the first change.
    "ALTER TABLE partners ADD COLUMN policy_version BIGINT NOT NULL DEFAULT 0",
  ]

  // An appointment keeps the buffers that its service had when it was booked (S-7).
  private static let buffers = ["services", "appointments"].flatMap { table in
    ["buffer_before_minutes", "buffer_after_minutes"].map { column in
      """
      ALTER TABLE \(table) ADD COLUMN \(column) BIGINT NOT NULL DEFAULT 0
        CHECK (\(column) BETWEEN 0 AND 240)
      """
    }
  }

  // Dates are ISO 8601, so that texts compare as days do.
  private static let schedules = [
    "ALTER TABLE schedule_windows ADD COLUMN valid_from TEXT",
    "ALTER TABLE schedule_windows ADD COLUMN valid_until TEXT CHECK (valid_until >= valid_from)",
    // Minutes that are NULL close whole days.
    """
    CREATE TABLE schedule_exceptions (
      therapist_id TEXT NOT NULL REFERENCES schedules (therapist_id),
      id TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('CLOSED', 'EXTRA_HOURS')),
      first_date TEXT NOT NULL,
      last_date TEXT NOT NULL CHECK (last_date >= first_date),
      opens_minute BIGINT,
      closes_minute BIGINT CHECK (closes_minute > opens_minute),
      location_id TEXT REFERENCES locations (id),
      note TEXT NOT NULL,
      PRIMARY KEY (therapist_id, id),
      CHECK ((opens_minute IS NULL) = (closes_minute IS NULL)),
      CHECK (kind = 'CLOSED' OR (opens_minute IS NOT NULL AND location_id IS NOT NULL))
    )
    """,
    """
    CREATE TABLE schedule_holidays (
      therapist_id TEXT NOT NULL REFERENCES schedules (therapist_id),
      position BIGINT NOT NULL,
      calendar TEXT NOT NULL,
      PRIMARY KEY (therapist_id, position)
    )
    """,
  ]

  /// As in the first migration; and the therapist is kept free around a session by the buffers of
  /// either: a session may not reach into the other's, but two buffers may overlap (S-7).
  private static func overlapTrigger(on operation: String, name: String) -> String {
    let dayMs = 86_400_000
    let longestBufferMs = 240 * 60_000
    func overlap(_ column: String) -> String {
      """
      EXISTS (
          SELECT 1 FROM appointments AS other
          WHERE other.\(column) = NEW.\(column) AND other.occupies = 1 AND other.id <> NEW.id
            AND other.start_ms < NEW.end_ms AND other.start_ms > NEW.start_ms - \(dayMs)
            AND other.end_ms > NEW.start_ms)
      """
    }
    let therapistOverlap = """
      EXISTS (
          SELECT 1 FROM appointments AS other
          WHERE other.therapist_id = NEW.therapist_id AND other.occupies = 1 AND other.id <> NEW.id
            AND other.start_ms < NEW.end_ms + \(longestBufferMs)
            AND other.start_ms > NEW.start_ms - \(dayMs + longestBufferMs)
            AND ((other.start_ms < NEW.end_ms + NEW.buffer_after_minutes * 60000
                AND other.end_ms > NEW.start_ms - NEW.buffer_before_minutes * 60000)
              OR (other.start_ms - other.buffer_before_minutes * 60000 < NEW.end_ms
                AND other.end_ms + other.buffer_after_minutes * 60000 > NEW.start_ms)))
      """
    return """
      CREATE TRIGGER \(name) BEFORE \(operation) ON appointments
      WHEN NEW.occupies = 1 AND (
        \(therapistOverlap)
        OR \(overlap("room_id"))
        OR \(overlap("client_id")))
      BEGIN
        SELECT RAISE(IGNORE);
      END
      """
  }
}
