extension Migration {
  /// Packages and their links; messages that are sent, reminders among them; partners' own texts, and webhooks.
  static let sixth = Migration(
    number: 6,
    statements: packages + links + sessions + reminders + benefits + people + outbox
      + notifications + webhooks,
    sqliteStatements: [])

  // Without a sum it is posted by procedure. Of the commission one of the two is set, or neither where none is;
  // both are 0 where it is set that there is none.
  private static let terms = """
    duration_minutes BIGINT NOT NULL CHECK (duration_minutes > 0),
      validity_days BIGINT CHECK (validity_days > 0),
      total_minor_units BIGINT CHECK (total_minor_units >= 0),
      currency TEXT CHECK ((currency IS NULL) = (total_minor_units IS NULL)),
      commission_basis_points BIGINT CHECK (commission_basis_points BETWEEN 0 AND 10000),
      commission_minor_units BIGINT CHECK (commission_minor_units >= 0)
        CHECK (commission_minor_units IS NULL OR commission_basis_points IS NULL
          OR (commission_minor_units = 0 AND commission_basis_points = 0))
    """

  private static let packages = [
    """
    CREATE TABLE packages (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      name TEXT NOT NULL,
      sessions BIGINT NOT NULL CHECK (sessions > 0),
      renews BIGINT NOT NULL CHECK (renews IN (0, 1)),
      \(terms),
      archived BIGINT NOT NULL CHECK (archived IN (0, 1)),
      version BIGINT NOT NULL CHECK (version >= 1),
      created_ms BIGINT NOT NULL
    )
    """,
    "CREATE INDEX packages_by_partner ON packages (partner_id, id)",
    """
    CREATE TABLE package_services (
      package_id TEXT NOT NULL REFERENCES packages (id),
      position BIGINT NOT NULL,
      service_id TEXT NOT NULL REFERENCES services (id),
      PRIMARY KEY (package_id, position)
    )
    """,
  ]

  // K-6: what is neither reserved, attended, expired nor returned is available; never less than nothing.
  // A link, its benefit and its renewal are written in one change, in any order.
  private static let links = [
    """
    CREATE TABLE package_links (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      client_id TEXT NOT NULL REFERENCES clients (id),
      package_id TEXT NOT NULL REFERENCES packages (id),
      name TEXT NOT NULL,
      renews BIGINT NOT NULL CHECK (renews IN (0, 1)),
      \(terms),
      insurer TEXT NOT NULL,
      authorisation_number TEXT NOT NULL,
      contact_phone TEXT NOT NULL,
      visit_notes TEXT NOT NULL,
      room_id TEXT REFERENCES rooms (id),
      sms_lead_minutes BIGINT CHECK (sms_lead_minutes >= 0),
      sessions BIGINT NOT NULL CHECK (sessions > 0),
      sessions_reserved BIGINT NOT NULL CHECK (sessions_reserved >= 0),
      sessions_attended BIGINT NOT NULL CHECK (sessions_attended >= 0),
      sessions_expired BIGINT NOT NULL CHECK (sessions_expired >= 0),
      sessions_returned BIGINT NOT NULL CHECK (sessions_returned >= 0),
      benefit_id TEXT REFERENCES benefits (id) DEFERRABLE INITIALLY DEFERRED,
      state TEXT NOT NULL CHECK (state IN ('ACTIVE', 'EXPIRED', 'DELETED')),
      expires_ms BIGINT,
      due_ms BIGINT,
      renewal_of_id TEXT REFERENCES package_links (id) DEFERRABLE INITIALLY DEFERRED,
      renewed_by_id TEXT REFERENCES package_links (id) DEFERRABLE INITIALLY DEFERRED,
      version BIGINT NOT NULL CHECK (version >= 1),
      linked_ms BIGINT NOT NULL,
      changed_ms BIGINT NOT NULL,
      CHECK (sessions_reserved + sessions_attended + sessions_expired + sessions_returned
        <= sessions)
    )
    """,
    "CREATE INDEX package_links_by_partner ON package_links (partner_id, id)",
    "CREATE INDEX package_links_by_client ON package_links (client_id, id)",
    """
    CREATE INDEX package_links_by_due ON package_links (due_ms, id, partner_id)
    WHERE due_ms IS NOT NULL
    """,
    // The services' therapists are here too: whose links they are is asked for page by page.
    """
    CREATE TABLE package_link_services (
      link_id TEXT NOT NULL REFERENCES package_links (id),
      position BIGINT NOT NULL,
      service_id TEXT NOT NULL REFERENCES services (id),
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      PRIMARY KEY (link_id, position)
    )
    """,
    """
    CREATE INDEX package_link_services_by_therapist
    ON package_link_services (therapist_id, link_id)
    """,
  ]

  private static let sessions =
    [
      "package_link_id TEXT REFERENCES package_links (id) DEFERRABLE INITIALLY DEFERRED",
      """
      package_session TEXT CHECK (package_session IN ('RESERVED', 'ATTENDED', 'RELEASED'))
        CHECK ((package_session IS NULL) = (package_link_id IS NULL))
      """,
      """
      is_by_procedure BIGINT CHECK (is_by_procedure IN (0, 1))
        CHECK ((is_by_procedure IS NULL) = (package_link_id IS NULL))
      """,
      """
      procedure_id TEXT REFERENCES services (id)
        CHECK (procedure_id IS NULL OR is_by_procedure = 1)
      """,
      "package_commission_basis_points BIGINT",
      "package_commission_minor_units BIGINT",
      // What is NULL is empty.
      "insurer TEXT",
      "authorisation_number TEXT",
      "contact_phone TEXT",
      "visit_notes TEXT",
      "sms_lead_minutes BIGINT CHECK (sms_lead_minutes >= 0)",
      "reminded_until_ms BIGINT NOT NULL DEFAULT 0",
    ].map { "ALTER TABLE appointments ADD COLUMN \($0)" } + [
      """
      CREATE INDEX appointments_by_package_link ON appointments (package_link_id, start_ms, id)
      WHERE package_link_id IS NOT NULL
      """
    ]

  // What stands is reminded of from here on: a day and three hours before (N-2). Of which of them have passed
  // nothing is known but that they would have come before the last change; the others are due, late ones at
  // once. What is due before a reminder stays so: the step then taken finds what is next.
  private static let reminders =
    ["UPDATE appointments SET reminded_until_ms = changed_ms"]
    + [3, 24].map { (hours: Int) in
      let ms = hours * 3_600_000
      return """
        UPDATE appointments SET due_ms = start_ms - \(ms)
        WHERE state = 'SCHEDULED' AND giving_up_ms IS NULL
          AND start_ms - \(ms) > reminded_until_ms
          AND (due_ms IS NULL OR due_ms > start_ms - \(ms))
        """
    }

  // There is one origin more, and a column's check cannot be changed: the column is made anew.
  private static let benefits = [
    "ALTER TABLE benefits RENAME COLUMN origin TO origin_before",
    """
    ALTER TABLE benefits ADD COLUMN origin TEXT NOT NULL DEFAULT 'GRANTED'
    CHECK (origin IN ('GRANTED', 'BOUGHT', 'RETURNED', 'PACKAGE'))
    """,
    "UPDATE benefits SET origin = origin_before",
    "ALTER TABLE benefits DROP COLUMN origin_before",
    """
    ALTER TABLE benefits ADD COLUMN link_id TEXT
    REFERENCES package_links (id) DEFERRABLE INITIALLY DEFERRED
    CHECK ((link_id IS NULL) = (origin <> 'PACKAGE'))
    """,
  ]

  private static let people = [
    "ALTER TABLE therapists ADD COLUMN email TEXT",
    "ALTER TABLE clients ADD COLUMN sms_lead_minutes BIGINT CHECK (sms_lead_minutes >= 0)",
    """
    ALTER TABLE policies ADD COLUMN therapist_reminders BIGINT
    CHECK (therapist_reminders IN (0, 1))
    """,
  ]

  // Those of before were promised when nothing was sent, and would come too late.
  private static let outbox = [
    """
    CREATE TABLE outbox_anew (
      partner_id TEXT NOT NULL REFERENCES partners (id),
      event_position BIGINT NOT NULL,
      ordinal BIGINT NOT NULL,
      kind TEXT NOT NULL,
      recipient_id TEXT NOT NULL,
      subject_id TEXT NOT NULL,
      channel TEXT NOT NULL CHECK (channel IN ('EMAIL', 'SMS')),
      note TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('PENDING', 'SENT', 'SKIPPED', 'GIVEN_UP')),
      tries BIGINT NOT NULL DEFAULT 0 CHECK (tries >= 0),
      due_ms BIGINT,
      error TEXT NOT NULL DEFAULT '',
      sent_ms BIGINT,
      reference TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (partner_id, event_position, ordinal),
      CHECK ((due_ms IS NULL) = (state <> 'PENDING')),
      CHECK ((sent_ms IS NULL) = (state <> 'SENT'))
    )
    """,
    """
    INSERT INTO outbox_anew (partner_id, event_position, ordinal, kind, recipient_id, subject_id,
      channel, note, at_ms, state, error)
    SELECT partner_id, event_position, ordinal, kind, recipient_id, subject_id, 'EMAIL', note, at_ms,
      'SKIPPED', 'from before messages were sent'
    FROM outbox
    """,
    "DROP TABLE outbox",
    "ALTER TABLE outbox_anew RENAME TO outbox",
    """
    CREATE INDEX outbox_by_due ON outbox (due_ms, partner_id, event_position, ordinal)
    WHERE due_ms IS NOT NULL
    """,
    // What follows one that is tried again waits for it; there are few of these.
    """
    CREATE INDEX outbox_retried
    ON outbox (partner_id, subject_id, recipient_id, channel, event_position, ordinal)
    WHERE due_ms IS NOT NULL AND tries > 0
    """,
    "CREATE INDEX outbox_given_up ON outbox (partner_id, event_position) WHERE state = 'GIVEN_UP'",
  ]

  private static let notifications = [
    """
    CREATE TABLE notification_settings (
      partner_id TEXT PRIMARY KEY REFERENCES partners (id),
      sender_name TEXT NOT NULL,
      reply_to TEXT,
      pay_url TEXT NOT NULL,
      cancel_url TEXT NOT NULL,
      join_url TEXT NOT NULL,
      sends_email BIGINT NOT NULL CHECK (sends_email IN (0, 1)),
      sends_sms BIGINT NOT NULL CHECK (sends_sms IN (0, 1)),
      version BIGINT NOT NULL CHECK (version >= 1)
    )
    """,
    // Of one that was taken away the version stays, without its texts.
    """
    CREATE TABLE message_templates (
      partner_id TEXT NOT NULL REFERENCES partners (id),
      kind TEXT NOT NULL,
      audience TEXT NOT NULL CHECK (audience IN ('CLIENT', 'THERAPIST')),
      channel TEXT NOT NULL CHECK (channel IN ('EMAIL', 'SMS')),
      language TEXT NOT NULL,
      subject TEXT,
      body TEXT,
      html TEXT,
      version BIGINT NOT NULL CHECK (version >= 1),
      PRIMARY KEY (partner_id, kind, audience, channel, language),
      CHECK ((subject IS NULL) = (body IS NULL) AND (html IS NULL) = (body IS NULL))
    )
    """,
  ]

  private static let webhooks = [
    """
    CREATE TABLE webhook_endpoints (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      url TEXT NOT NULL,
      kinds TEXT NOT NULL,
      secret TEXT NOT NULL,
      old_secret TEXT NOT NULL,
      is_enabled BIGINT NOT NULL CHECK (is_enabled IN (0, 1)),
      position BIGINT NOT NULL CHECK (position >= 0),
      failing_since_ms BIGINT,
      last_error TEXT NOT NULL,
      version BIGINT NOT NULL CHECK (version >= 1),
      created_ms BIGINT NOT NULL
    )
    """,
    "CREATE INDEX webhook_endpoints_by_partner ON webhook_endpoints (partner_id, id)",
    // Events that were not delivered when it was their turn.
    """
    CREATE TABLE webhook_backlog (
      endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id),
      position BIGINT NOT NULL,
      subject_id TEXT NOT NULL,
      tries BIGINT NOT NULL CHECK (tries >= 0),
      due_ms BIGINT,
      error TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('WAITING', 'GIVEN_UP')),
      PRIMARY KEY (endpoint_id, position),
      CHECK ((due_ms IS NULL) = (state <> 'WAITING'))
    )
    """,
    """
    CREATE INDEX webhook_backlog_by_due ON webhook_backlog (due_ms, endpoint_id, position)
    WHERE due_ms IS NOT NULL
    """,
    """
    CREATE INDEX webhook_backlog_by_subject ON webhook_backlog (endpoint_id, subject_id, position)
    WHERE due_ms IS NOT NULL
    """,
  ]
}
