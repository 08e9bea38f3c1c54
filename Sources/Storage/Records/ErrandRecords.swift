public import Availability
public import Booking
public import Intervals

/// Something that a gateway is to be asked, and about what.
public struct DueErrand: Hashable, Sendable {
  public let partner: PartnerID
  /// The gateway's name.
  public let gateway: String
  public let subject: ErrandSubject
  public let errand: Errand
}

extension StoreSnapshot {
  package static let dueErrandsQuery = """
    SELECT subject_id, partner_id, gateway, kind, number, due_ms, tries FROM gateway_errands
    WHERE due_ms <= $1 AND (due_ms, subject_id) > ($2, $3) ORDER BY due_ms, subject_id LIMIT $4
    """

  /// What gateways are to be asked by now, of all partners, in order of when, then of id.
  /// - Parameters:
  ///   - instant: included.
  ///   - last: what the page before ended with.
  public func dueErrands(
    until instant: Instant, after last: DueErrand? = nil, limit: Int
  ) throws -> [DueErrand] {
    try database.rows(
      StoreSnapshot.dueErrandsQuery,
      [
        .int(instant.msSinceEpoch), .int(last?.errand.due.msSinceEpoch ?? .min),
        .text(last?.subject.idText ?? ""), .int(Int64(limit)),
      ]
    ) { row in
      let columns = Columns(row: row, table: "gateway_errands", id: row.text(0))
      return DueErrand(
        partner: try columns.id(1, "partner_id"), gateway: row.text(2),
        subject: try columns.parsed(0, "subject_id", ErrandSubject.init(column:)),
        errand: try columns.errand(from: 3))
    }
  }

  package static let nextErrandDueQuery = """
    SELECT due_ms FROM gateway_errands WHERE due_ms > $1 ORDER BY due_ms LIMIT 1
    """

  /// When the next errand is due after an instant; nil when there is none.
  public func nextErrandDue(after instant: Instant) throws -> Instant? {
    try database.first(StoreSnapshot.nextErrandDueQuery, [.int(instant.msSinceEpoch)]) {
      Instant(msSinceEpoch: $0.int(0))
    }
  }
}

extension StoreSnapshot {
  package static let overdueErrandsQuery = """
    SELECT count(*) FROM gateway_errands WHERE due_ms < $1 AND partner_id = $2
    """

  /// How many questions to gateways were due before, about what is a partner's.
  public func overdueErrandCount(of partner: PartnerID, before: Instant) throws -> Int64 {
    try database.first(
      StoreSnapshot.overdueErrandsQuery, [.int(before.msSinceEpoch), .id(partner)]
    ) { $0.int(0) } ?? 0
  }
}

extension StoreTransaction {
  /// Writes what a gateway is to be asked about a thing, in place of what it was to be asked before.
  func put(
    _ errand: Errand?, insteadOf old: Errand?, about subject: IDText, of gateway: String,
    _ partner: PartnerID
  ) throws {
    guard errand != old else { return }
    guard let errand else { return try endErrand(about: subject) }
    try database.execute(
      """
      INSERT INTO gateway_errands (subject_id, partner_id, gateway, kind, number, due_ms, tries)
      VALUES ($1, $2, $3, $4, $5, $6, $7) \(StoreTransaction.insteadOfErrand)
      """,
      [
        .identifier(subject), .id(partner), .text(gateway), .text(errand.kind.rawValue),
        .int(errand.number), .int(errand.due.msSinceEpoch), .int32(errand.tries),
      ])
  }

  /// The same of a refund, for the gateway of its intent.
  func put(
    _ errand: Errand?, insteadOf old: Errand?, about refund: PaymentID,
    through intent: PaymentIntentID, _ partner: PartnerID
  ) throws {
    guard errand != old else { return }
    guard let errand else { return try endErrand(about: IDText(refund)) }
    let written = try database.execute(
      """
      INSERT INTO gateway_errands (subject_id, partner_id, gateway, kind, number, due_ms, tries)
      SELECT $1, $2, gateway, $3, $4, $5, $6 FROM payment_intents WHERE id = $7
      \(StoreTransaction.insteadOfErrand)
      """,
      [
        .id(refund), .id(partner), .text(errand.kind.rawValue), .int(errand.number),
        .int(errand.due.msSinceEpoch), .int32(errand.tries), .id(intent),
      ])
    guard written == 1 else {
      throw StoreError.lostUpdate(table: "payment_intents", id: intent.text)
    }
  }

  func endErrand(about subject: IDText) throws {
    try database.execute(
      "DELETE FROM gateway_errands WHERE subject_id = $1", [.identifier(subject)])
  }

  private static let insteadOfErrand = """
    ON CONFLICT (subject_id) DO UPDATE SET kind = excluded.kind, number = excluded.number,
      due_ms = excluded.due_ms, tries = excluded.tries
    """
}

extension ErrandSubject {
  fileprivate var idText: String {
    switch self {
    case .intent(let id): id.text
    case .refund(let id): id.text
    case .method(let id): id.text
    }
  }

  /// By the id's prefix.
  fileprivate init?(column: String) {
    if let id = PaymentIntentID(column) {
      self = .intent(id)
    } else if let id = PaymentID(column) {
      self = .refund(id)
    } else if let id = PaymentMethodID(column) {
      self = .method(id)
    } else {
      return nil
    }
  }
}

extension Columns {
  /// An errand's columns, which follow each other: kind, number, due, tries.
  func errand(from first: Int) throws -> Errand {
    Errand(
      kind: try parsed(first, "kind", ErrandKind.init(rawValue:)), number: row.int(first + 1),
      due: instant(first + 2), tries: try int32(first + 3, "tries"))
  }

  /// Nil where a joined table had none.
  func optionalErrand(from first: Int) throws -> Errand? {
    row.isNull(first) ? nil : try errand(from: first)
  }

  /// One of two columns, of which just one is set.
  func purpose(appointment: Int, benefit: Int) throws -> PaymentPurpose {
    row.isNull(benefit)
      ? .appointment(try id(appointment, "appointment_id"))
      : .benefit(try id(benefit, "benefit_id"))
  }

  /// Nil where there is no token.
  func methodChoice(token: Int, customer: Int, saved: Int) throws -> MethodChoice? {
    guard !row.isNull(token) else { return nil }
    return MethodChoice(
      token: row.text(token), customer: row.text(customer),
      saved: row.isNull(saved) ? nil : try id(saved, "method_id"))
  }
}

extension PaymentPurpose {
  var appointment: AppointmentID? {
    switch self {
    case .appointment(let id): id
    case .benefit: nil
    }
  }

  var benefit: BenefitID? {
    switch self {
    case .appointment: nil
    case .benefit(let id): id
    }
  }

  var idText: IDText {
    switch self {
    case .appointment(let id): IDText(id)
    case .benefit(let id): IDText(id)
    }
  }

  /// The condition that finds what is for it, in a table that has a column for either.
  var condition: String {
    switch self {
    case .appointment: "appointment_id = $1"
    case .benefit: "benefit_id = $1"
    }
  }
}

extension SQLValue {
  static func optionalID<Kind>(_ value: ID<Kind>?) -> SQLValue {
    value.map { .id($0) } ?? .null
  }

  static func optionalText(_ value: String?) -> SQLValue {
    value.map { .text($0) } ?? .null
  }
}
