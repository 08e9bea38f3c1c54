internal import Accounting
public import Availability
public import Booking
internal import Intervals

extension StoreSnapshot {
  private static let intentRows = """
    SELECT intent.id, intent.partner_id, appointment_id, benefit_id, client_id, intent.gateway,
      minor_units, currency, reference, token, customer, method_id, off_session, attempt, state,
      failure, client_secret, action_url, captured_minor_units, refunded_minor_units,
      fee_minor_units, disputed_minor_units, dispute, version, created_ms, changed_ms, errand.kind,
      errand.number, errand.due_ms, errand.tries
    FROM payment_intents AS intent
      LEFT JOIN gateway_errands AS errand ON errand.subject_id = intent.id
    """

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func paymentIntent(
    _ id: PaymentIntentID
  ) throws -> (owner: PartnerID, intent: PaymentIntent)? {
    try database.first("\(StoreSnapshot.intentRows) WHERE intent.id = $1", [.id(id)]) {
      try ownedIntent($0)
    }
  }

  package static func intentsQuery(for purpose: PaymentPurpose) -> String {
    "\(StoreSnapshot.intentRows) WHERE \(purpose.condition) ORDER BY intent.id"
  }

  /// All of an appointment's or a benefit's, in the order in which they were made.
  public func paymentIntents(for purpose: PaymentPurpose) throws -> [PaymentIntent] {
    try database.rows(
      StoreSnapshot.intentsQuery(for: purpose), [.identifier(purpose.idText)]
    ) { try ownedIntent($0).intent }
  }

  /// Whether there is any at all, of any partner.
  func hasPaymentIntents() throws -> Bool {
    func read() throws -> Bool {
      try database.first("SELECT 1 FROM payment_intents LIMIT 1", []) { _ in true } ?? false
    }
    return if let memory { try memory.hasIntents(orRead: read) } else { try read() }
  }

  private func ownedIntent(
    _ row: any SQLRow
  ) throws -> (owner: PartnerID, intent: PaymentIntent) {
    let columns = Columns(row: row, table: "payment_intents", id: row.text(0))
    return (try columns.id(1, "partner_id"), try columns.intent())
  }
}

extension Columns {
  fileprivate func intent() throws -> PaymentIntent {
    PaymentIntent(
      id: try id(0, "id"), purpose: try purpose(appointment: 2, benefit: 3),
      client: try id(4, "client_id"), gateway: row.text(5),
      amount: try money(minorUnits: 6, currency: 7), reference: row.text(8),
      source: try methodChoice(token: 9, customer: 10, saved: 11), isOffSession: row.int(12) == 1,
      attempt: try int32(13, "attempt"),
      state: try parsed(14, "state", PaymentIntentState.init(rawValue:)), failure: row.text(15),
      clientSecret: row.text(16), actionURL: row.text(17), captured: row.int(18),
      refunded: row.int(19), fee: row.int(20), disputed: row.int(21),
      dispute: try parsed(22, "dispute", DisputeState.init(rawValue:)),
      errand: try optionalErrand(from: 26), version: row.int(23), createdAt: instant(24),
      changedAt: instant(25))
  }
}

extension StoreTransaction {
  func insert(_ intent: PaymentIntent, of partner: PartnerID) throws {
    memory.noteIntent()
    try database.execute(
      """
      INSERT INTO payment_intents (minor_units, currency, reference, token, customer, method_id,
        off_session, attempt, state, failure, client_secret, action_url, captured_minor_units,
        refunded_minor_units, fee_minor_units, disputed_minor_units, dispute, version, changed_ms,
        id, partner_id, appointment_id, benefit_id, client_id, gateway, created_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, $25, $26)
      """,
      intent.changeable + [
        .id(intent.id), .id(partner), .optionalID(intent.purpose.appointment),
        .optionalID(intent.purpose.benefit), .id(intent.client), .text(intent.gateway),
        .int(intent.createdAt.msSinceEpoch),
      ])
    try put(
      intent.errand, insteadOf: nil, about: IDText(intent.id), of: intent.gateway, partner)
  }

  /// Writes what changed of an intent, over the version before.
  func update(_ intent: PaymentIntent, from old: PaymentIntent, of partner: PartnerID) throws {
    let written = try database.execute(
      """
      UPDATE payment_intents SET minor_units = $1, currency = $2, reference = $3, token = $4,
        customer = $5, method_id = $6, off_session = $7, attempt = $8, state = $9, failure = $10,
        client_secret = $11, action_url = $12, captured_minor_units = $13,
        refunded_minor_units = $14, fee_minor_units = $15, disputed_minor_units = $16,
        dispute = $17, version = $18, changed_ms = $19
      WHERE id = $20 AND version = $21
      """, intent.changeable + [.id(intent.id), .int(old.version)])
    guard written == 1, intent.version == old.version + 1 else {
      throw StoreError.lostUpdate(table: "payment_intents", id: intent.id.text)
    }
    try put(
      intent.errand, insteadOf: old.errand, about: IDText(intent.id), of: intent.gateway, partner)
  }
}

extension PaymentIntent {
  /// What may change of it, in the order of both statements.
  fileprivate var changeable: [SQLValue] {
    [
      .int(amount.minorUnits), .text(amount.currency.code), .text(reference),
      .optionalText(source?.token), .optionalText(source?.customer), .optionalID(source?.saved),
      .flag(isOffSession), .int32(attempt), .text(state.rawValue), .text(failure),
      .text(clientSecret), .text(actionURL), .int(captured), .int(refunded), .int(fee),
      .int(disputed), .text(dispute.rawValue), .int(version), .int(changedAt.msSinceEpoch),
    ]
  }
}
