internal import Availability
internal import Booking
internal import GRDB
internal import Intervals
internal import Storage

/// A database as the first version left it, for migrating it.
enum SchemaOne {
  /// The fixture of the first partner, Anna's weekly hours, and two sessions of hers: one that takes
  /// its time, one cancelled.
  /// - Parameter version: of the schema that it is brought to; what is in it is the first's.
  static func make(at path: String, version: Int64 = 1) throws {
    try DatabaseQueue(path: path).write { connection in
      try connection.execute(sql: schema)
      try connection.execute(sql: rows)
    }
    try Store.migrate(path: path, upTo: version)
  }

  /// On Mondays from 9 to 17.
  static let window = WeeklyWindow(
    weekday: .monday, opensMinute: 540, closesMinute: 1_020, location: office)!
  /// Time catches up with it once there is a clock; it would have been reminded of before it was changed.
  static let standing = session(
    1, span(0, 50), due: minute(-5).instant, remindedUntil: noon.advanced(byMs: 1))
  static let cancelled = session(
    2, span(60, 110), state: .cancelledByClient, version: 2,
    remindedUntil: noon.advanced(byMs: 2))

  private static let schema = """
    CREATE TABLE migrations (
      number BIGINT PRIMARY KEY
    );
    CREATE TABLE partners (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      created_ms BIGINT NOT NULL
    );
    CREATE TABLE api_keys (
      prefix TEXT PRIMARY KEY,
      hash BLOB NOT NULL,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      scopes TEXT NOT NULL,
      created_ms BIGINT NOT NULL,
      revoked_ms BIGINT
    );
    CREATE TABLE locations (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      name TEXT NOT NULL,
      mode TEXT NOT NULL CHECK (mode IN ('ONLINE', 'IN_PERSON')),
      address TEXT NOT NULL,
      city TEXT NOT NULL,
      version BIGINT NOT NULL CHECK (version >= 1)
    );
    CREATE INDEX locations_by_partner ON locations (partner_id, id);
    CREATE TABLE rooms (
      id TEXT PRIMARY KEY,
      location_id TEXT NOT NULL REFERENCES locations (id),
      position BIGINT,
      name TEXT NOT NULL
    );
    CREATE INDEX rooms_by_location ON rooms (location_id, position);
    CREATE TABLE therapists (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      display_name TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      grid_minutes BIGINT NOT NULL,
      full_hours_only BIGINT NOT NULL CHECK (full_hours_only IN (0, 1)),
      version BIGINT NOT NULL CHECK (version >= 1)
    );
    CREATE INDEX therapists_by_partner ON therapists (partner_id, id);
    CREATE TABLE therapist_labels (
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      kind TEXT NOT NULL CHECK (kind IN ('LANGUAGE', 'SPECIALITY', 'INSURER')),
      position BIGINT NOT NULL,
      label TEXT NOT NULL,
      PRIMARY KEY (therapist_id, kind, position)
    );
    CREATE TABLE therapist_locations (
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      position BIGINT NOT NULL,
      location_id TEXT NOT NULL REFERENCES locations (id),
      PRIMARY KEY (therapist_id, position)
    );
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
    );
    CREATE INDEX services_by_partner ON services (partner_id, id);
    CREATE INDEX services_by_therapist ON services (therapist_id, id);
    CREATE TABLE service_locations (
      service_id TEXT NOT NULL REFERENCES services (id),
      position BIGINT NOT NULL,
      location_id TEXT NOT NULL REFERENCES locations (id),
      PRIMARY KEY (service_id, position)
    );
    CREATE TABLE schedules (
      therapist_id TEXT PRIMARY KEY REFERENCES therapists (id),
      version BIGINT NOT NULL CHECK (version >= 1)
    );
    CREATE TABLE schedule_windows (
      therapist_id TEXT NOT NULL REFERENCES schedules (therapist_id),
      position BIGINT NOT NULL,
      weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
      opens_minute BIGINT NOT NULL,
      closes_minute BIGINT NOT NULL CHECK (closes_minute > opens_minute),
      location_id TEXT NOT NULL REFERENCES locations (id),
      PRIMARY KEY (therapist_id, position)
    );
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
    );
    CREATE INDEX clients_by_partner ON clients (partner_id, id);
    CREATE TABLE therapist_clients (
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      client_id TEXT NOT NULL REFERENCES clients (id),
      PRIMARY KEY (therapist_id, client_id)
    );
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
    );
    CREATE INDEX appointments_by_partner ON appointments (partner_id, start_ms, id);
    CREATE INDEX appointments_by_therapist ON appointments (therapist_id, start_ms, id);
    CREATE INDEX appointments_by_client ON appointments (client_id, start_ms, id);
    CREATE INDEX appointments_by_room ON appointments (room_id, start_ms) WHERE occupies = 1;
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
    );
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
    );
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
    );
    CREATE TABLE outcomes (
      partner_id TEXT NOT NULL REFERENCES partners (id),
      method TEXT NOT NULL,
      idempotency_key TEXT NOT NULL,
      digest BLOB NOT NULL,
      reply BLOB NOT NULL,
      at_ms BIGINT NOT NULL,
      PRIMARY KEY (partner_id, method, idempotency_key)
    );
    CREATE INDEX outcomes_by_age ON outcomes (at_ms);
    CREATE TRIGGER appointments_insert_without_overlap BEFORE INSERT ON appointments
    WHEN NEW.occupies = 1 AND (
      EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.therapist_id = NEW.therapist_id AND other.occupies = 1 AND other.id <> NEW.id
          AND other.start_ms < NEW.end_ms AND other.start_ms > NEW.start_ms - 86400000
          AND other.end_ms > NEW.start_ms)
      OR EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.room_id = NEW.room_id AND other.occupies = 1 AND other.id <> NEW.id
          AND other.start_ms < NEW.end_ms AND other.start_ms > NEW.start_ms - 86400000
          AND other.end_ms > NEW.start_ms)
      OR EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.client_id = NEW.client_id AND other.occupies = 1 AND other.id <> NEW.id
          AND other.start_ms < NEW.end_ms AND other.start_ms > NEW.start_ms - 86400000
          AND other.end_ms > NEW.start_ms))
    BEGIN
      SELECT RAISE(IGNORE);
    END;
    CREATE TRIGGER appointments_update_without_overlap BEFORE
    UPDATE OF therapist_id, client_id, room_id, start_ms, end_ms, occupies ON appointments
    WHEN NEW.occupies = 1 AND (
      EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.therapist_id = NEW.therapist_id AND other.occupies = 1 AND other.id <> NEW.id
          AND other.start_ms < NEW.end_ms AND other.start_ms > NEW.start_ms - 86400000
          AND other.end_ms > NEW.start_ms)
      OR EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.room_id = NEW.room_id AND other.occupies = 1 AND other.id <> NEW.id
          AND other.start_ms < NEW.end_ms AND other.start_ms > NEW.start_ms - 86400000
          AND other.end_ms > NEW.start_ms)
      OR EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.client_id = NEW.client_id AND other.occupies = 1 AND other.id <> NEW.id
          AND other.start_ms < NEW.end_ms AND other.start_ms > NEW.start_ms - 86400000
          AND other.end_ms > NEW.start_ms))
    BEGIN
      SELECT RAISE(IGNORE);
    END;
    """

  private static let rows = """
    INSERT INTO migrations VALUES (1);
    INSERT INTO partners VALUES ('\(partner)', 'One', \(noon.msSinceEpoch));
    INSERT INTO locations VALUES
      ('\(office)', '\(partner)', 'Studio', 'IN_PERSON', 'Via Appia 1', 'Roma', 1);
    INSERT INTO rooms VALUES ('\(blueRoom)', '\(office)', 0, 'Blue'),
      ('\(redRoom)', '\(office)', 1, 'Red');
    INSERT INTO therapists VALUES
      ('\(anna)', '\(partner)', 'Dr. 31', 'Europe/Rome', 30, 0, 1),
      ('\(bruno)', '\(partner)', 'Dr. 32', 'Europe/Rome', 30, 0, 1);
    INSERT INTO therapist_labels VALUES ('\(anna)', 'LANGUAGE', 0, 'it'),
      ('\(anna)', 'LANGUAGE', 1, 'pt-BR'), ('\(anna)', 'SPECIALITY', 0, 'anxiety');
    INSERT INTO therapist_locations VALUES ('\(anna)', 0, '\(office)');
    INSERT INTO services VALUES ('\(individual)', '\(partner)', '\(anna)', 'Colloquio',
      'individual', 50, 7000, 'EUR', 'IN_PERSON', 'ON_SITE', NULL, 0, 1);
    INSERT INTO services VALUES ('\(couple)', '\(partner)', '\(bruno)', 'Colloquio',
      'individual', 50, 7000, 'EUR', 'IN_PERSON', 'ON_SITE', NULL, 0, 1);
    INSERT INTO service_locations VALUES ('\(individual)', 0, '\(office)');
    INSERT INTO schedules VALUES ('\(anna)', 2);
    INSERT INTO schedule_windows VALUES ('\(anna)', 0, 1, 540, 1020, '\(office)');
    INSERT INTO clients VALUES ('\(carlo)', '\(partner)', 'Carlo', 'c@example.it',
      '+390612345678', 'it', 'Europe/Rome', 't-1', 1, 'd-1', 1, 1, \(noon.msSinceEpoch));
    \(insert(standing))
    \(insert(cancelled))
    """

  private static func insert(_ appointment: Appointment) -> String {
    """
    INSERT INTO appointments VALUES ('\(appointment.id)', '\(partner)', '\(anna)', '\(carlo)',
      '\(individual)', '\(office)', '\(blueRoom)', \(appointment.span.start.instant.msSinceEpoch),
      \(appointment.span.end.instant.msSinceEpoch), 'Europe/Rome',
      '\(appointment.state.rawValue)', \(appointment.state.occupies ? 1 : 0),
      '\(appointment.paymentStatus.rawValue)', 'ON_SITE', 7000, 'EUR', \(appointment.version),
      \(noon.msSinceEpoch), \(appointment.changedAt.msSinceEpoch),
      '\(appointment.cancelReason)');
    """
  }
}
