extension Migration {
  /// Money through gateways: intents, refunds, saved payment methods, benefits, what gateways are to be asked;
  /// the ledger; payouts and commissions.
  static let fifth = Migration(
    number: 5,
    statements: methods + benefits + intents + payments + noShows + ledger + OpeningTransfers.all
      + settings,
    sqliteStatements: LedgerTriggers.all)

  // What is paid for need not be an appointment any more, and SQLite cannot take a NOT NULL back: made anew.
  // A benefit may be written after what it is paid with, in the same change.
  private static let payments = [
    """
    CREATE TABLE payments_anew (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      appointment_id TEXT REFERENCES appointments (id),
      benefit_id TEXT REFERENCES benefits (id) DEFERRABLE INITIALLY DEFERRED,
      direction TEXT NOT NULL CHECK (direction IN ('PAYMENT', 'REFUND')),
      intent_id TEXT REFERENCES payment_intents (id),
      paid_by_benefit_id TEXT REFERENCES benefits (id) DEFERRABLE INITIALLY DEFERRED,
      minor_units BIGINT NOT NULL CHECK (minor_units > 0),
      currency TEXT NOT NULL,
      method TEXT NOT NULL,
      note TEXT NOT NULL,
      benefit_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (benefit_minor_units >= 0),
      returns_id TEXT,
      state TEXT NOT NULL DEFAULT 'SUCCEEDED' CHECK (state IN ('PENDING', 'SUCCEEDED', 'FAILED')),
      reference TEXT NOT NULL DEFAULT '',
      failure TEXT NOT NULL DEFAULT '',
      version BIGINT NOT NULL DEFAULT 1 CHECK (version >= 1),
      at_ms BIGINT NOT NULL,
      CHECK ((appointment_id IS NULL) <> (benefit_id IS NULL)),
      CHECK (intent_id IS NULL OR paid_by_benefit_id IS NULL)
    )
    """,
    """
    INSERT INTO payments_anew
      (id, partner_id, appointment_id, direction, minor_units, currency, method, note, at_ms)
    SELECT id, partner_id, appointment_id, direction, minor_units, currency, method, note, at_ms
    FROM payments
    """,
    "DROP TABLE payments",
    "ALTER TABLE payments_anew RENAME TO payments",
    "CREATE INDEX payments_by_partner ON payments (partner_id, id)",
    "CREATE INDEX payments_by_appointment ON payments (appointment_id, id)",
    "CREATE INDEX payments_by_benefit ON payments (benefit_id, id) WHERE benefit_id IS NOT NULL",
    "ALTER TABLE appointments ADD COLUMN charge_ms BIGINT",
    "ALTER TABLE appointments ADD COLUMN giving_up_ms BIGINT",
    "ALTER TABLE appointments ADD COLUMN payment_method_id TEXT",
    """
    ALTER TABLE appointments ADD COLUMN commission_minor_units BIGINT NOT NULL DEFAULT 0
    CHECK (commission_minor_units >= 0)
    """,
  ]

  // What a session costs to which nobody came is its fee from here on; until then it was the price.
  private static let noShows = [
    """
    UPDATE appointments SET fee_minor_units = price_minor_units
    WHERE state = 'COMPLETED' AND attendance = 'NO_SHOW' AND payment_plan <> 'FREE'
    """
  ]

  private static let intents = [
    """
    CREATE TABLE payment_intents (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      appointment_id TEXT REFERENCES appointments (id),
      benefit_id TEXT REFERENCES benefits (id) DEFERRABLE INITIALLY DEFERRED,
      client_id TEXT NOT NULL REFERENCES clients (id),
      gateway TEXT NOT NULL,
      minor_units BIGINT NOT NULL CHECK (minor_units > 0),
      currency TEXT NOT NULL,
      reference TEXT NOT NULL,
      token TEXT,
      customer TEXT,
      method_id TEXT,
      off_session BIGINT NOT NULL CHECK (off_session IN (0, 1)),
      attempt BIGINT NOT NULL CHECK (attempt >= 0),
      state TEXT NOT NULL CHECK (state IN ('REQUIRES_PAYMENT_METHOD', 'REQUIRES_ACTION', 'PROCESSING',
        'SUCCEEDED', 'CANCELED')),
      failure TEXT NOT NULL,
      client_secret TEXT NOT NULL,
      action_url TEXT NOT NULL,
      captured_minor_units BIGINT NOT NULL,
      refunded_minor_units BIGINT NOT NULL,
      fee_minor_units BIGINT NOT NULL,
      disputed_minor_units BIGINT NOT NULL,
      dispute TEXT NOT NULL CHECK (dispute IN ('NONE', 'OPEN', 'WON', 'LOST')),
      version BIGINT NOT NULL CHECK (version >= 1),
      created_ms BIGINT NOT NULL,
      changed_ms BIGINT NOT NULL,
      CHECK ((appointment_id IS NULL) <> (benefit_id IS NULL)),
      CHECK (captured_minor_units BETWEEN 0 AND minor_units),
      CHECK (refunded_minor_units BETWEEN 0 AND captured_minor_units)
    )
    """,
    "CREATE INDEX payment_intents_by_appointment ON payment_intents (appointment_id, id)",
    "CREATE INDEX payment_intents_by_benefit ON payment_intents (benefit_id, id) WHERE benefit_id IS NOT NULL",
    // One at a time can take money for one thing: whatever the code does, the other is turned away.
    """
    CREATE UNIQUE INDEX payment_intents_open ON payment_intents (coalesce(appointment_id, benefit_id))
    WHERE state IN ('REQUIRES_PAYMENT_METHOD', 'REQUIRES_ACTION', 'PROCESSING')
    """,
    // What a gateway is to be asked next: one question at a time about one intent, refund or method.
    """
    CREATE TABLE gateway_errands (
      subject_id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      gateway TEXT NOT NULL,
      kind TEXT NOT NULL,
      number BIGINT NOT NULL,
      due_ms BIGINT NOT NULL,
      tries BIGINT NOT NULL CHECK (tries >= 0)
    )
    """,
    "CREATE INDEX gateway_errands_by_due ON gateway_errands (due_ms, subject_id)",
    """
    CREATE TABLE gateway_events (
      gateway TEXT NOT NULL,
      event_id TEXT NOT NULL,
      at_ms BIGINT NOT NULL,
      PRIMARY KEY (gateway, event_id)
    )
    """,
    "CREATE INDEX gateway_events_by_time ON gateway_events (at_ms)",
  ]

  private static let methods = [
    """
    CREATE TABLE payment_methods (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      client_id TEXT NOT NULL REFERENCES clients (id),
      gateway TEXT NOT NULL,
      token TEXT,
      customer TEXT,
      saved_id TEXT,
      reference TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('PENDING', 'REQUIRES_ACTION', 'ACTIVE', 'FAILED', 'DETACHED')),
      is_default BIGINT NOT NULL CHECK (is_default IN (0, 1)),
      brand TEXT NOT NULL,
      last_digits TEXT NOT NULL,
      expiry_month BIGINT NOT NULL,
      expiry_year BIGINT NOT NULL,
      failure TEXT NOT NULL,
      client_secret TEXT NOT NULL,
      action_url TEXT NOT NULL,
      version BIGINT NOT NULL CHECK (version >= 1),
      created_ms BIGINT NOT NULL,
      changed_ms BIGINT NOT NULL
    )
    """,
    "CREATE INDEX payment_methods_by_client ON payment_methods (client_id, id)",
  ]

  private static let benefits = [
    """
    CREATE TABLE benefits (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      client_id TEXT NOT NULL REFERENCES clients (id),
      kind TEXT NOT NULL CHECK (kind IN ('CREDIT', 'VOUCHER', 'SESSIONS')),
      origin TEXT NOT NULL CHECK (origin IN ('GRANTED', 'BOUGHT', 'RETURNED')),
      value_minor_units BIGINT NOT NULL CHECK (value_minor_units >= 0),
      currency TEXT NOT NULL,
      sessions BIGINT NOT NULL CHECK (sessions >= 0),
      value_left_minor_units BIGINT NOT NULL CHECK (value_left_minor_units >= 0),
      sessions_left BIGINT NOT NULL CHECK (sessions_left BETWEEN 0 AND sessions),
      state TEXT NOT NULL CHECK (state IN ('PENDING', 'ACTIVE', 'USED_UP', 'EXPIRED', 'CANCELED')),
      expires_ms BIGINT,
      due_ms BIGINT,
      note TEXT NOT NULL,
      version BIGINT NOT NULL CHECK (version >= 1),
      created_ms BIGINT NOT NULL,
      changed_ms BIGINT NOT NULL
    )
    """,
    "CREATE INDEX benefits_by_client ON benefits (client_id, id)",
    "CREATE INDEX benefits_by_due ON benefits (due_ms, id, partner_id) WHERE due_ms IS NOT NULL",
    """
    CREATE TABLE benefit_services (
      benefit_id TEXT NOT NULL REFERENCES benefits (id),
      position BIGINT NOT NULL,
      service_id TEXT NOT NULL REFERENCES services (id),
      PRIMARY KEY (benefit_id, position)
    )
    """,
    """
    CREATE TABLE payouts (
      id TEXT PRIMARY KEY,
      partner_id TEXT NOT NULL REFERENCES partners (id),
      therapist_id TEXT NOT NULL REFERENCES therapists (id),
      minor_units BIGINT NOT NULL CHECK (minor_units > 0),
      currency TEXT NOT NULL,
      method TEXT NOT NULL,
      note TEXT NOT NULL,
      at_ms BIGINT NOT NULL
    )
    """,
    "CREATE INDEX payouts_by_therapist ON payouts (therapist_id, id)",
  ]

  // Postings are written first, then their transfer, which checks them (see `LedgerTriggers`); a posting without
  // its transfer cannot be committed. So nothing unbalanced is ever in here (P-9).
  private static let ledger = [
    """
    CREATE TABLE ledger_transfers (
      partner_id TEXT NOT NULL REFERENCES partners (id),
      number BIGINT NOT NULL,
      at_ms BIGINT NOT NULL,
      kind TEXT NOT NULL,
      subject_id TEXT NOT NULL,
      note TEXT NOT NULL,
      PRIMARY KEY (partner_id, number)
    )
    """,
    "CREATE INDEX ledger_transfers_by_subject ON ledger_transfers (partner_id, subject_id, number)",
    """
    CREATE TABLE ledger_postings (
      partner_id TEXT NOT NULL,
      transfer_number BIGINT NOT NULL,
      ordinal BIGINT NOT NULL,
      account TEXT NOT NULL,
      owner_id TEXT NOT NULL,
      currency TEXT NOT NULL,
      minor_units BIGINT NOT NULL CHECK (minor_units <> 0),
      at_ms BIGINT NOT NULL,
      PRIMARY KEY (partner_id, transfer_number, ordinal),
      FOREIGN KEY (partner_id, transfer_number) REFERENCES ledger_transfers (partner_id, number)
        DEFERRABLE INITIALLY DEFERRED
    )
    """,
    """
    CREATE INDEX ledger_postings_by_owner
    ON ledger_postings (partner_id, owner_id, at_ms, account, currency, minor_units)
    """,
  ]

  private static let settings = [
    // NULL is 100 where the terms are set.
    "ALTER TABLE policies ADD COLUMN no_show_percent BIGINT CHECK (no_show_percent BETWEEN 0 AND 100)",
    // One of the two, or neither where none is set; both are 0 where it is set that there is none.
    """
    ALTER TABLE policies ADD COLUMN commission_basis_points BIGINT
    CHECK (commission_basis_points BETWEEN 0 AND 10000)
    """,
    """
    ALTER TABLE policies ADD COLUMN commission_minor_units BIGINT CHECK (commission_minor_units >= 0)
    CHECK (commission_minor_units IS NULL OR commission_basis_points IS NULL
      OR (commission_minor_units = 0 AND commission_basis_points = 0))
    """,
  ]
}
