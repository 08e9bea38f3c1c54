internal import Accounting
public import Availability
public import Booking
internal import Intervals

/// Which payments to list; all conditions that are set must hold.
public struct PaymentQuery: Hashable, Sendable {
  public var appointment: AppointmentID?
  /// Of the appointments of these two.
  public var pair: CarePair?
  /// That this benefit was bought or given back with.
  public var benefit: BenefitID?
  /// The last one of the page before.
  public var after: PaymentID?
  public var limit: Int

  public init(
    appointment: AppointmentID? = nil, pair: CarePair? = nil, benefit: BenefitID? = nil,
    after: PaymentID? = nil, limit: Int
  ) {
    self.appointment = appointment
    self.pair = pair
    self.benefit = benefit
    self.after = after
    self.limit = limit
  }
}

extension StoreSnapshot {
  private static let paymentRows = """
    SELECT payments.id, payments.partner_id, appointment_id, benefit_id, direction, intent_id,
      paid_by_benefit_id, minor_units, payments.currency, method, payments.note,
      benefit_minor_units, payments.state, reference, failure, payments.version, at_ms, errand.kind,
      errand.number, errand.due_ms, errand.tries, returns_id
    FROM payments LEFT JOIN gateway_errands AS errand ON errand.subject_id = payments.id
    """

  /// A page of a partner's payments and refunds, by id, so in order of time.
  public func payments(
    of partner: PartnerID, matching query: PaymentQuery
  ) throws -> [Payment] {
    let (sql, arguments) = StoreSnapshot.paymentListing(of: partner, matching: query)
    return try database.rows(sql, arguments) { try ownedPayment($0).payment }
  }

  /// How SQLite goes about such a page.
  package func plan(ofPayments partner: PartnerID, matching query: PaymentQuery) throws -> [String]
  {
    let (sql, arguments) = StoreSnapshot.paymentListing(of: partner, matching: query)
    return try database.rows("EXPLAIN QUERY PLAN " + sql, arguments) { $0.text(3) }
  }

  private static func paymentListing(
    of partner: PartnerID, matching query: PaymentQuery
  ) -> (sql: String, arguments: [SQLValue]) {
    var conditions: [String] = []
    var arguments: [SQLValue] = []
    func require(_ condition: (String) -> String, _ value: SQLValue) {
      arguments.append(value)
      conditions.append(condition("$\(arguments.count)"))
    }
    if let appointment = query.appointment {
      require({ "appointment_id = \($0)" }, .id(appointment))
    }
    if let benefit = query.benefit { require({ "benefit_id = \($0)" }, .id(benefit)) }
    if let pair = query.pair {
      require({ "appointments.client_id = \($0)" }, .id(pair.client))
      require({ looked(at: "appointments.therapist_id", $0) }, .id(pair.therapist))
    }
    // The partner's index leads only where nobody has fewer.
    let leads = conditions.isEmpty
    require(
      { leads ? "payments.partner_id = \($0)" : looked(at: "payments.partner_id", $0) },
      .id(partner))
    if let after = query.after { require({ "payments.id > \($0)" }, .id(after)) }
    arguments.append(.int(Int64(query.limit)))
    let join =
      query.pair == nil ? "" : "JOIN appointments ON appointments.id = payments.appointment_id"
    let sql = """
      \(paymentRows) \(join)
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY payments.id LIMIT $\(arguments.count)
      """
    return (sql, arguments)
  }

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func payment(_ id: PaymentID) throws -> (owner: PartnerID, payment: Payment)? {
    try database.first("\(StoreSnapshot.paymentRows) WHERE payments.id = $1", [.id(id)]) {
      try ownedPayment($0)
    }
  }

  package static func paymentsQuery(for purpose: PaymentPurpose) -> String {
    "\(StoreSnapshot.paymentRows) WHERE \(purpose.condition) ORDER BY payments.id"
  }

  /// All that moved for an appointment or a benefit, by id.
  public func payments(for purpose: PaymentPurpose) throws -> [Payment] {
    try database.rows(
      StoreSnapshot.paymentsQuery(for: purpose), [.identifier(purpose.idText)]
    ) { try ownedPayment($0).payment }
  }

  private func ownedPayment(_ row: any SQLRow) throws -> (owner: PartnerID, payment: Payment) {
    let columns = Columns(row: row, table: "payments", id: row.text(0))
    return (try columns.id(1, "partner_id"), try columns.payment())
  }
}

extension Columns {
  fileprivate func payment() throws -> Payment {
    Payment(
      id: try id(0, "id"), purpose: try purpose(appointment: 2, benefit: 3),
      direction: try parsed(4, "direction", Payment.Direction.init(rawValue:)),
      source: try source(intent: 5, benefit: 6), amount: try money(minorUnits: 7, currency: 8),
      method: row.text(9), note: row.text(10), benefitValue: row.int(11),
      returns: row.isNull(21) ? nil : try id(21, "returns_id"),
      state: try parsed(12, "state", MovementState.init(rawValue:)), reference: row.text(13),
      failure: row.text(14), errand: try optionalErrand(from: 17), version: row.int(15),
      at: instant(16))
  }

  private func source(intent: Int, benefit: Int) throws -> MoneySource {
    if !row.isNull(intent) { return .gateway(try id(intent, "intent_id")) }
    return row.isNull(benefit) ? .hand : .benefit(try id(benefit, "paid_by_benefit_id"))
  }
}

extension StoreTransaction {
  func insert(_ payment: Payment, of partner: PartnerID) throws {
    try database.execute(
      """
      INSERT INTO payments (id, partner_id, appointment_id, benefit_id, direction, intent_id,
        paid_by_benefit_id, minor_units, currency, method, note, benefit_minor_units, state,
        reference, failure, version, at_ms, returns_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
      """,
      [
        .id(payment.id), .id(partner), .optionalID(payment.purpose.appointment),
        .optionalID(payment.purpose.benefit), .text(payment.direction.rawValue),
        .optionalID(payment.source.intent), .optionalID(payment.source.benefit),
        .int(payment.amount.minorUnits), .text(payment.amount.currency.code),
        .text(payment.method), .text(payment.note), .int(payment.benefitValue),
        .text(payment.state.rawValue), .text(payment.reference), .text(payment.failure),
        .int(payment.version), .int(payment.at.msSinceEpoch), .optionalID(payment.returns),
      ])
    try putErrand(of: payment, insteadOf: nil, partner)
  }

  /// Writes what changed of a refund that goes through a gateway, over the version before.
  func update(_ payment: Payment, from old: Payment, of partner: PartnerID) throws {
    let written = try database.execute(
      """
      UPDATE payments SET state = $1, reference = $2, failure = $3, version = $4
      WHERE id = $5 AND version = $6
      """,
      [
        .text(payment.state.rawValue), .text(payment.reference), .text(payment.failure),
        .int(payment.version), .id(payment.id), .int(old.version),
      ])
    guard written == 1, payment.version == old.version + 1 else {
      throw StoreError.lostUpdate(table: "payments", id: payment.id.text)
    }
    try putErrand(of: payment, insteadOf: old.errand, partner)
  }

  private func putErrand(
    of payment: Payment, insteadOf old: Errand?, _ partner: PartnerID
  ) throws {
    guard let intent = payment.source.intent else { return }
    try put(payment.errand, insteadOf: old, about: payment.id, through: intent, partner)
  }
}

extension MoneySource {
  fileprivate var intent: PaymentIntentID? {
    switch self {
    case .gateway(let id): id
    case .hand, .benefit: nil
    }
  }

  fileprivate var benefit: BenefitID? {
    switch self {
    case .benefit(let id): id
    case .hand, .gateway: nil
    }
  }
}
