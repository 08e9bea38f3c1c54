extension Migration {
  /// Partners, directory, clients, appointments; events, outbox and outcomes.
  static let first = Migration(
    number: 1,
    statements: partners + directory + clients + appointments + journal,
    sqliteStatements: [
      overlapTrigger(on: "INSERT", name: "appointments_insert_without_overlap"),
      overlapTrigger(
        on: "UPDATE OF therapist_id, client_id, room_id, start_ms, end_ms, occupies",
        name: "appointments_update_without_overlap"),
    ])

  private static let partners = [
    """
    CREATE TABLE partners (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      created_ms BIGINT NOT NULL
    )
    """,
    """
    CREATE TABLE api_keys (
      prefix TEXT PRIMARY KEY,
      hash BLOB NOT NULL,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      scopes TEXT NOT NULL,
      created_ms BIGINT NOT NULL,
      revoked_ms BIGINT
    )
    """,
  ]

  private static let directory = [
    """
    CREATE TABLE locations (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      name TEXT NOT NULL,
      mode TEXT NOT NULL CHECK (mode IN ('ONLINE', 'IN_PERSON')),
      address TEXT NOT NULL,
      city TEXT NOT NULL,
      version BIGINT NOT NULL CHECK (version >= 1)
    )
    """,
    "CREATE INDEX locations_by_partner ON locations (partner_id, id)",
    // A room that left its location keeps its row, without a position: old appointments name it.
    """
    CREATE TABLE rooms (
      id TEXT PRIMARY KEY,
      location_id TEXT NOT NULL REFERENCES locations (id),
      position BIGINT,
      name TEXT NOT NULL
    )
    """,
    "CREATE INDEX rooms_by_location ON rooms (location_id, position)",
    """
    CREATE TABLE therapists (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      display_name TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      grid_minutes BIGINT NOT NULL,
      full_hours_only BIGINT NOT NULL CHECK (full_hours_only IN (0, 1)),
      version BIGINT NOT NULL CHECK (version >= 1)
    )
    """,
    "CREATE INDEX therapists_by_partner ON therapists (partner_id, id)",
    """
    CREATE TABLE therapist_labels (
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      kind TEXT NOT NULL CHECK (kind IN ('LANGUAGE', 'SPECIALITY', 'INSURER')),
      position BIGINT NOT NULL,
      label TEXT NOT NULL,
      PRIMARY KEY (therapist_id, kind, position)
    )
    """,
    """
    CREATE TABLE therapist_locations (
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      position BIGINT NOT NULL,
      location_id TEXT NOT NULL REFERENCES locations (id),
      PRIMARY KEY (therapist_id, position)
    )
    """,
    """
    CREATE TABLE services (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      duration_minutes BIGINT NOT NULL CHECK (duration_minutes > 0),
      price_minor_units BIGINT NOT NULL CHECK (price_minor_units >= 0),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      mode TEXT NOT NULL CHECK (mode IN ('ONLINE', 'IN_PERSON')),
      payment_plan TEXT NOT NULL,
      grid_minutes BIGINT,
      full_hours_only BIGINT NOT NULL CHECK (full_hours_only IN (0, 1)),
      version BIGINT NOT NULL CHECK (version >= 1)
    )
    """,
    "CREATE INDEX services_by_partner ON services (partner_id, id)",
    "CREATE INDEX services_by_therapist ON services (therapist_id, id)",
    """
    CREATE TABLE service_locations (
      service_id TEXT NOT NULL REFERENCES services (id),
      position BIGINT NOT NULL,
      location_id TEXT NOT NULL REFERENCES locations (id),
      PRIMARY KEY (service_id, position)
    )
    """,
    """
    CREATE TABLE schedules (
      therapist_id TEXT PRIMARY KEY REFERENCES therapists (id),
      version BIGINT NOT NULL CHECK (version >= 1)
    )
    """,
    """
    CREATE TABLE schedule_windows (
      therapist_id TEXT NOT NULL REFERENCES schedules (therapist_id),
      position BIGINT NOT NULL,
      weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
      opens_minute BIGINT NOT NULL,
      closes_minute BIGINT NOT NULL CHECK (closes_minute > opens_minute),
      location_id TEXT NOT NULL REFERENCES locations (id),
      PRIMARY KEY (therapist_id, position)
    )
    """,
  ]

  private static let clients = [
    """
    CREATE TABLE clients (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      name TEXT NOT NULL,
      email TEXT NOT NULL,
      phone TEXT NOT NULL,
      language TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      terms_version TEXT NOT NULL,
      terms_accepted_ms BIGINT NOT NULL,
      data_processing_version TEXT NOT NULL,
      data_processing_accepted_ms BIGINT NOT NULL,
      version BIGINT NOT NULL CHECK (version >= 1),
      registered_ms BIGINT NOT NULL
    )
    """,
    "CREATE INDEX clients_by_partner ON clients (partner_id, id)",
    """
    CREATE TABLE therapist_clients (
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      client_id TEXT NOT NULL REFERENCES clients (id),
      PRIMARY KEY (therapist_id, client_id)
    )
    """,
  ]

  private static let appointments = [
    // The length is limited so that an overlap is looked for among the starts of one day only.
    """
    CREATE TABLE appointments (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      client_id TEXT NOT NULL REFERENCES clients (id),
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
      CHECK (start_ms < end_ms AND end_ms - start_ms <= 86400000)
    )
    """,
    "CREATE INDEX appointments_by_partner ON appointments (partner_id, start_ms, id)",
    "CREATE INDEX appointments_by_therapist ON appointments (therapist_id, start_ms, id)",
    "CREATE INDEX appointments_by_client ON appointments (client_id, start_ms, id)",
    "CREATE INDEX appointments_by_room ON appointments (room_id, start_ms) WHERE occupies = 1",
    """
    CREATE TABLE appointment_transitions (
      appointment_id TEXT NOT NULL REFERENCES appointments (id),
      version BIGINT NOT NULL,
      from_state TEXT,
      to_state TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      actor_role TEXT NOT NULL,
      actor TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (appointment_id, version)
    )
    """,
  ]

  private static let journal = [
    """
    CREATE TABLE events (
      partner_id TEXT NOT NULL REFERENCES partners (id),
      position BIGINT NOT NULL,
      at_ms BIGINT NOT NULL,
      kind TEXT NOT NULL,
      subject_id TEXT NOT NULL,
      subject_version BIGINT NOT NULL,
      related_id TEXT,
      actor_role TEXT NOT NULL,
      actor TEXT NOT NULL,
      PRIMARY KEY (partner_id, position)
    )
    """,
    """
    CREATE TABLE outbox (
      partner_id TEXT NOT NULL REFERENCES partners (id),
      event_position BIGINT NOT NULL,
      ordinal BIGINT NOT NULL,
      kind TEXT NOT NULL,
      recipient_id TEXT NOT NULL,
      subject_id TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('PENDING')),
      PRIMARY KEY (partner_id, event_position, ordinal)
    )
    """,
    """
    CREATE TABLE outcomes (
      partner_id TEXT NOT NULL REFERENCES partners (id),
      method TEXT NOT NULL,
      idempotency_key TEXT NOT NULL,
      digest BLOB NOT NULL,
      reply BLOB NOT NULL,
      at_ms BIGINT NOT NULL,
      PRIMARY KEY (partner_id, method, idempotency_key)
    )
    """,
    "CREATE INDEX outcomes_by_age ON outcomes (at_ms)",
  ]

  /// The last line of defence: a row that would overlap is turned away, and counts as none written.
  /// Where the interval trees said that the slot was free, that is a bug and is reported as one.
  private static func overlapTrigger(on operation: String, name: String) -> String {
    func overlap(_ column: String) -> String {
      """
      EXISTS (
          SELECT 1 FROM appointments AS other
          WHERE other.\(column) = NEW.\(column) AND other.occupies = 1 AND other.id <> NEW.id
            AND other.start_ms < NEW.end_ms AND other.start_ms > NEW.start_ms - 86400000
            AND other.end_ms > NEW.start_ms)
      """
    }
    return """
      CREATE TRIGGER \(name) BEFORE \(operation) ON appointments
      WHEN NEW.occupies = 1 AND (
        \(overlap("therapist_id"))
        OR \(overlap("room_id"))
        OR \(overlap("client_id")))
      BEGIN
        SELECT RAISE(IGNORE);
      END
      """
  }
}
