extension Migration {
  /// Holds, and what was overridden.
  static let third = Migration(
    number: 3,
    statements: holds + [
      // The kinds of S-4 by name, separated by commas: on the step that booked the appointment.
      "ALTER TABLE appointment_transitions ADD COLUMN overridden TEXT NOT NULL DEFAULT ''"
    ],
    sqliteStatements: [
      overlapTrigger("holds_insert_without_overlap", on: held, "INSERT", among: held),
      overlapTrigger("holds_insert_beside_appointments", on: held, "INSERT", among: booked),
      overlapTrigger("appointments_insert_beside_holds", on: booked, "INSERT", among: held),
      overlapTrigger(
        "appointments_update_beside_holds", on: booked,
        """
        UPDATE OF therapist_id, client_id, room_id, start_ms, end_ms, occupies,
          buffer_before_minutes, buffer_after_minutes
        """, among: held),
    ])

  // The length is limited so that an overlap is looked for among the starts of one day only.
  // What a hold takes never changes, and what is over is not held again: no trigger on its updates.
  private static let holds = [
    """
    CREATE TABLE holds (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      service_id TEXT NOT NULL REFERENCES services (id),
      location_id TEXT NOT NULL REFERENCES locations (id),
      room_id TEXT REFERENCES rooms (id),
      client_id TEXT REFERENCES clients (id),
      start_ms BIGINT NOT NULL CHECK (start_ms % 60000 = 0),
      end_ms BIGINT NOT NULL CHECK (end_ms % 60000 = 0),
      buffer_before_minutes BIGINT NOT NULL CHECK (buffer_before_minutes BETWEEN 0 AND 240),
      buffer_after_minutes BIGINT NOT NULL CHECK (buffer_after_minutes BETWEEN 0 AND 240),
      taken_ms BIGINT NOT NULL,
      expires_ms BIGINT NOT NULL CHECK (expires_ms > taken_ms),
      expires_ms_max BIGINT NOT NULL CHECK (expires_ms_max >= expires_ms),
      state TEXT NOT NULL CHECK (state IN ('HELD', 'BOOKED', 'RELEASED', 'LAPSED')),
      CHECK (start_ms < end_ms AND end_ms - start_ms <= 86400000)
    )
    """,
    "CREATE INDEX holds_by_therapist ON holds (therapist_id, start_ms) WHERE state = 'HELD'",
    "CREATE INDEX holds_by_room ON holds (room_id, start_ms) WHERE state = 'HELD'",
    "CREATE INDEX holds_by_client ON holds (client_id, start_ms) WHERE state = 'HELD'",
    "CREATE INDEX holds_by_deadline ON holds (expires_ms)",
  ]

  /// A table whose rows take time.
  private struct Taking {
    let table: String
    let condition: String
  }

  private static let booked = Taking(table: "appointments", condition: "occupies = 1")
  /// Deadlines are not looked at: whoever comes after a hold that has lapsed writes that down first.
  private static let held = Taking(table: "holds", condition: "state = 'HELD'")

  /// The last line of defence, as for two appointments: a row that would overlap is turned away, and
  /// counts as none written.
  private static func overlapTrigger(
    _ name: String, on rows: Taking, _ operation: String, among others: Taking
  ) -> String {
    let dayMs = 86_400_000
    let longestBufferMs = 240 * 60_000
    func overlap(_ column: String) -> String {
      """
      EXISTS (
          SELECT 1 FROM \(others.table) AS other
          WHERE other.\(column) = NEW.\(column) AND other.\(others.condition)
            AND other.start_ms < NEW.end_ms AND other.start_ms > NEW.start_ms - \(dayMs)
            AND other.end_ms > NEW.start_ms)
      """
    }
    let therapistOverlap = """
      EXISTS (
          SELECT 1 FROM \(others.table) AS other
          WHERE other.therapist_id = NEW.therapist_id AND other.\(others.condition)
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
