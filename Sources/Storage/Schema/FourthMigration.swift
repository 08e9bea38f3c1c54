extension Migration {
  /// The whole life of appointments: requests, series, therapies, attendance, payments by hand; what time
  /// brings; what a signed link is signed with.
  static let fourth = Migration(
    number: 4,
    statements: appointments + requests + therapies + series + payments + settings,
    sqliteStatements: OverlapTriggers.all)

  // Who asks for a session need not be known, and SQLite cannot take a NOT NULL back: the table is made
  // anew. Transitions, which refer to it, stand aside meanwhile.
  private static let appointments =
    [
      "appointments_insert_without_overlap", "appointments_update_without_overlap",
      "holds_insert_beside_appointments", "appointments_insert_beside_holds",
      "appointments_update_beside_holds", "holds_insert_without_overlap",
    ].map { "DROP TRIGGER IF EXISTS \($0)" } + [
      """
      CREATE TABLE appointments_anew (
        id TEXT PRIMARY KEY,
        partner_id TEXT NOT NULL REFERENCES partners (id),
        therapist_id TEXT NOT NULL REFERENCES therapists (id),
        client_id TEXT REFERENCES clients (id),
        service_id TEXT NOT NULL REFERENCES services (id),
        location_id TEXT NOT NULL REFERENCES locations (id),
        room_id TEXT REFERENCES rooms (id),
        start_ms BIGINT NOT NULL CHECK (start_ms % 60000 = 0),
        end_ms BIGINT NOT NULL CHECK (end_ms % 60000 = 0),
        time_zone TEXT NOT NULL,
        state TEXT NOT NULL,
        occupies BIGINT NOT NULL CHECK (occupies IN (0, 1)),
        payment_status TEXT NOT NULL,
        payment_plan TEXT NOT NULL,
        price_minor_units BIGINT NOT NULL,
        currency TEXT NOT NULL,
        version BIGINT NOT NULL CHECK (version >= 1),
        booked_ms BIGINT NOT NULL,
        changed_ms BIGINT NOT NULL,
        cancel_reason TEXT NOT NULL,
        buffer_before_minutes BIGINT NOT NULL CHECK (buffer_before_minutes BETWEEN 0 AND 240),
        buffer_after_minutes BIGINT NOT NULL CHECK (buffer_after_minutes BETWEEN 0 AND 240),
        series_id TEXT,
        original_start_ms BIGINT,
        attendance TEXT NOT NULL DEFAULT '',
        paid_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (paid_minor_units >= 0),
        refunded_minor_units BIGINT NOT NULL DEFAULT 0
          CHECK (refunded_minor_units BETWEEN 0 AND paid_minor_units),
        fee_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (fee_minor_units >= 0),
        payment_deadline_ms BIGINT,
        due_ms BIGINT,
        requested BIGINT NOT NULL DEFAULT 0 CHECK (requested IN (0, 1)),
        CHECK (start_ms < end_ms AND end_ms - start_ms <= 86400000),
        CHECK (client_id IS NOT NULL OR requested = 1),
        CHECK ((series_id IS NULL) = (original_start_ms IS NULL))
      )
      """,
      // What stood before there was a clock: time catches up with it.
      """
      INSERT INTO appointments_anew (id, partner_id, therapist_id, client_id, service_id, location_id,
        room_id, start_ms, end_ms, time_zone, state, occupies, payment_status, payment_plan,
        price_minor_units, currency, version, booked_ms, changed_ms, cancel_reason,
        buffer_before_minutes, buffer_after_minutes, due_ms)
      SELECT id, partner_id, therapist_id, client_id, service_id, location_id, room_id, start_ms,
        end_ms, time_zone, state, occupies, payment_status, payment_plan, price_minor_units, currency,
        version, booked_ms, changed_ms, cancel_reason, buffer_before_minutes, buffer_after_minutes,
        CASE WHEN occupies = 1 THEN start_ms - 300000 END
      FROM appointments
      """,
      "CREATE TABLE transitions_aside AS SELECT * FROM appointment_transitions",
      "DROP TABLE appointment_transitions",
      "DROP TABLE appointments",
      "ALTER TABLE appointments_anew RENAME TO appointments",
      "CREATE INDEX appointments_by_partner ON appointments (partner_id, start_ms, id)",
      "CREATE INDEX appointments_by_therapist ON appointments (therapist_id, start_ms, id)",
      "CREATE INDEX appointments_by_client ON appointments (client_id, start_ms, id)",
      "CREATE INDEX appointments_by_room ON appointments (room_id, start_ms) WHERE occupies = 1",
      // All that has to be known of what is due, so that the rows are not looked at.
      """
      CREATE INDEX appointments_by_due ON appointments (due_ms, id, partner_id)
      WHERE due_ms IS NOT NULL
      """,
      """
      CREATE INDEX appointments_by_series ON appointments (series_id, original_start_ms)
      WHERE series_id IS NOT NULL
      """,
      """
      CREATE INDEX appointments_requested ON appointments (partner_id, start_ms, id)
      WHERE state = 'REQUESTED'
      """,
      """
      CREATE TABLE appointment_transitions (
        appointment_id TEXT NOT NULL REFERENCES appointments (id),
        version BIGINT NOT NULL,
        step TEXT NOT NULL,
        from_state TEXT,
        to_state TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        actor_role TEXT NOT NULL,
        actor TEXT NOT NULL,
        reason TEXT NOT NULL,
        overridden TEXT NOT NULL,
        moved_from_ms BIGINT,
        PRIMARY KEY (appointment_id, version)
      )
      """,
      """
      INSERT INTO appointment_transitions (appointment_id, version, step, from_state, to_state, at_ms,
        actor_role, actor, reason, overridden)
      SELECT appointment_id, version, CASE WHEN from_state IS NULL THEN 'BOOKED' ELSE 'CANCELLED' END,
        from_state, to_state, at_ms, actor_role, actor, reason, overridden
      FROM transitions_aside
      """,
      "DROP TABLE transitions_aside",
    ]

  private static let requests = [
    // Who asked, as they wrote it; all NULL where a client asked under their own id.
    """
    CREATE TABLE appointment_requests (
      appointment_id TEXT PRIMARY KEY REFERENCES appointments (id),
      name TEXT,
      email TEXT,
      phone TEXT,
      language TEXT,
      time_zone TEXT,
      birth_date TEXT,
      terms_version TEXT,
      terms_accepted_ms BIGINT,
      data_processing_version TEXT,
      data_processing_accepted_ms BIGINT,
      note TEXT NOT NULL
    )
    """,
    "ALTER TABLE clients ADD COLUMN birth_date TEXT",
    // As matching compares them: lower case. With the id, whose order is asked for: else the planner
    // takes the partner's index, and reads all their clients.
    "CREATE INDEX clients_by_email ON clients (partner_id, lower(email), id)",
    "CREATE INDEX clients_by_phone ON clients (partner_id, phone, id)",
    """
    CREATE INDEX clients_by_birth_date ON clients (partner_id, birth_date, id)
    WHERE birth_date IS NOT NULL
    """,
  ]

  private static let therapies = [
    """
    CREATE TABLE therapies (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      client_id TEXT NOT NULL REFERENCES clients (id),
      self_booking BIGINT NOT NULL CHECK (self_booking IN (0, 1)),
      version BIGINT NOT NULL CHECK (version >= 1),
      begun_ms BIGINT NOT NULL,
      UNIQUE (therapist_id, client_id)
    )
    """,
    // An id of the usual form from those of client (its time) and both: 26 characters after the prefix.
    """
    INSERT INTO therapies
      (id, partner_id, therapist_id, client_id, self_booking, version, begun_ms)
    SELECT 'tpy_' || substr(listed.client_id, 5, 10) || substr(listed.therapist_id, 23)
        || substr(listed.client_id, 23),
      clients.partner_id, listed.therapist_id, listed.client_id, 0, 1, clients.registered_ms
    FROM therapist_clients AS listed JOIN clients ON clients.id = listed.client_id
    """,
    "DROP TABLE therapist_clients",
    "CREATE INDEX therapies_by_therapist ON therapies (therapist_id, id)",
    "CREATE INDEX therapies_by_client ON therapies (client_id, id)",
    "CREATE INDEX therapies_by_partner ON therapies (partner_id, id)",
  ]

  private static let series = [
    """
    CREATE TABLE series (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      client_id TEXT NOT NULL REFERENCES clients (id),
      service_id TEXT NOT NULL REFERENCES services (id),
      location_id TEXT NOT NULL REFERENCES locations (id),
      room_id TEXT REFERENCES rooms (id),
      rule TEXT NOT NULL,
      local_start_minute BIGINT NOT NULL,
      time_zone TEXT NOT NULL,
      split_from_id TEXT REFERENCES series (id),
      version BIGINT NOT NULL CHECK (version >= 1),
      made_ms BIGINT NOT NULL
    )
    """,
    "CREATE INDEX series_by_partner ON series (partner_id, id)",
    "CREATE INDEX series_by_therapist ON series (therapist_id, id)",
    "CREATE INDEX series_by_client ON series (client_id, id)",
    // Local minutes since 1970-01-01T00:00 on the wall.
    """
    CREATE TABLE series_omissions (
      series_id TEXT NOT NULL REFERENCES series (id),
      local_start_minute BIGINT NOT NULL,
      reason TEXT NOT NULL CHECK (reason IN ('EXCLUDED', 'CONFLICT', 'GAP')),
      PRIMARY KEY (series_id, local_start_minute)
    )
    """,
  ]

  private static let payments = [
    """
    CREATE TABLE payments (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      appointment_id TEXT NOT NULL REFERENCES appointments (id),
      direction TEXT NOT NULL CHECK (direction IN ('PAYMENT', 'REFUND')),
      minor_units BIGINT NOT NULL CHECK (minor_units > 0),
      currency TEXT NOT NULL,
      method TEXT NOT NULL,
      note TEXT NOT NULL,
      at_ms BIGINT NOT NULL
    )
    """,
    "CREATE INDEX payments_by_partner ON payments (partner_id, id)",
    "CREATE INDEX payments_by_appointment ON payments (appointment_id, id)",
  ]

  private static let settings =
    [
      "client_booking TEXT CHECK (client_booking IN ('INSTANT', 'REQUEST'))",
      "auto_accept_requests BIGINT CHECK (auto_accept_requests IN (0, 1))",
      "decline_reason_in_message BIGINT CHECK (decline_reason_in_message IN (0, 1))",
      "follow_ups_after_first_session BIGINT CHECK (follow_ups_after_first_session IN (0, 1))",
      "full_session_minutes BIGINT CHECK (full_session_minutes BETWEEN 5 AND 720)",
      "complete_after_minutes BIGINT CHECK (complete_after_minutes BETWEEN 0 AND 1440)",
      "join_before_minutes BIGINT CHECK (join_before_minutes BETWEEN 0 AND 240)",
      "payment_minutes BIGINT CHECK (payment_minutes BETWEEN 1 AND 1440)",
      // All four together, or none of them.
      "cancel_notice_minutes BIGINT CHECK (cancel_notice_minutes BETWEEN 0 AND 44640)",
      "cancel_in_time_percent BIGINT CHECK (cancel_in_time_percent BETWEEN 0 AND 100)",
      "cancel_late_percent BIGINT CHECK (cancel_late_percent BETWEEN 0 AND 100)",
      "cancel_fee_where_unpaid BIGINT CHECK (cancel_fee_where_unpaid IN (0, 1))",
    ].map { "ALTER TABLE policies ADD COLUMN \($0)" } + [
      """
      CREATE TABLE attendance_statuses (
        partner_id TEXT NOT NULL REFERENCES partners (id),
        position BIGINT NOT NULL,
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        effect TEXT NOT NULL CHECK (effect IN ('DEDUCT', 'RELEASE', 'NONE')),
        PRIMARY KEY (partner_id, code)
      )
      """,
      // 0 before the first change.
      "ALTER TABLE partners ADD COLUMN attendance_version BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE outbox ADD COLUMN note TEXT NOT NULL DEFAULT ''",
      """
      CREATE TABLE server_secrets (
        name TEXT PRIMARY KEY,
        secret BLOB NOT NULL
      )
      """,
      // Where a sandbox's clock was put: it never goes back.
      """
      CREATE TABLE sandbox_clock (
        id BIGINT PRIMARY KEY CHECK (id = 1),
        ahead_ms BIGINT NOT NULL
      )
      """,
    ]
}

/// The last line of defence: a row that would overlap is turned away, and counts as none written. Where
/// the interval trees said that the slot was free, that is a bug and is reported as one.
///
/// As of the fourth migration. A session may not reach into another's buffers, but two buffers may
/// overlap (S-7). Deadlines of holds are not looked at: whoever comes after one that has lapsed writes that
/// down first.
private enum OverlapTriggers {
  /// A table whose rows take time.
  private struct Taking {
    let table: String
    let condition: String
  }

  private static let booked = Taking(table: "appointments", condition: "occupies = 1")
  private static let held = Taking(table: "holds", condition: "state = 'HELD'")
  private static let moved = """
    UPDATE OF therapist_id, client_id, room_id, start_ms, end_ms, occupies,
      buffer_before_minutes, buffer_after_minutes
    """

  static let all = [
    trigger("appointments_insert_without_overlap", on: booked, "INSERT", among: booked),
    trigger("appointments_update_without_overlap", on: booked, moved, among: booked),
    trigger("appointments_insert_beside_holds", on: booked, "INSERT", among: held),
    trigger("appointments_update_beside_holds", on: booked, moved, among: held),
    trigger("holds_insert_without_overlap", on: held, "INSERT", among: held),
    trigger("holds_insert_beside_appointments", on: held, "INSERT", among: booked),
  ]

  private static func trigger(
    _ name: String, on rows: Taking, _ operation: String, among others: Taking
  ) -> String {
    let dayMs = 86_400_000
    let longestBufferMs = 240 * 60_000
    // A row is not in its own way.
    let isOther = rows.table == others.table ? "AND other.id <> NEW.id" : ""
    func overlap(_ column: String) -> String {
      """
      EXISTS (
          SELECT 1 FROM \(others.table) AS other
          WHERE other.\(column) = NEW.\(column) AND other.\(others.condition) \(isOther)
            AND other.start_ms < NEW.end_ms AND other.start_ms > NEW.start_ms - \(dayMs)
            AND other.end_ms > NEW.start_ms)
      """
    }
    let therapistOverlap = """
      EXISTS (
          SELECT 1 FROM \(others.table) AS other
          WHERE other.therapist_id = NEW.therapist_id AND other.\(others.condition) \(isOther)
            AND other.start_ms < NEW.end_ms + \(longestBufferMs)
            AND other.start_ms > NEW.start_ms - \(dayMs + longestBufferMs)
            AND ((other.start_ms < NEW.end_ms + NEW.buffer_after_minutes * 60000
                AND other.end_ms > NEW.start_ms - NEW.buffer_before_minutes * 60000)
              OR (other.start_ms - other.buffer_before_minutes * 60000 < NEW.end_ms
                AND other.end_ms + other.buffer_after_minutes * 60000 > NEW.start_ms)))
      """
    return """
      CREATE TRIGGER \(name) BEFORE \(operation) ON \(rows.table)
      WHEN NEW.\(rows.condition) AND (
        \(therapistOverlap)
        OR \(overlap("room_id"))
        OR \(overlap("client_id")))
      BEGIN
        SELECT RAISE(IGNORE);
      END
      """
  }
}
