public import Availability
public import Booking
internal import Intervals

extension StoreSnapshot {
  private static let methodRows = """
    SELECT method.id, method.partner_id, client_id, method.gateway, token, customer, reference,
      state, is_default, brand, last_digits, expiry_month, expiry_year, failure, client_secret,
      action_url, version, created_ms, changed_ms, errand.kind, errand.number, errand.due_ms,
      errand.tries, saved_id
    FROM payment_methods AS method
      LEFT JOIN gateway_errands AS errand ON errand.subject_id = method.id
    """

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func paymentMethod(
    _ id: PaymentMethodID
  ) throws -> (owner: PartnerID, method: PaymentMethod)? {
    try database.first("\(StoreSnapshot.methodRows) WHERE method.id = $1", [.id(id)]) {
      try ownedMethod($0)
    }
  }

  package static let methodsQuery = """
    \(StoreSnapshot.methodRows) WHERE client_id = $1 ORDER BY method.id
    """

  /// All of a client's, by id; those too that cannot be used.
  public func paymentMethods(of client: ClientID, _ partner: PartnerID) throws -> [PaymentMethod] {
    try database.rows(StoreSnapshot.methodsQuery, [.id(client)]) { try ownedMethod($0) }
      .filter { $0.owner == partner }.map(\.method)
  }

  private func ownedMethod(
    _ row: any SQLRow
  ) throws -> (owner: PartnerID, method: PaymentMethod) {
    let columns = Columns(row: row, table: "payment_methods", id: row.text(0))
    return (try columns.id(1, "partner_id"), try columns.method())
  }
}

extension Columns {
  fileprivate func method() throws -> PaymentMethod {
    PaymentMethod(
      id: try id(0, "id"), client: try id(2, "client_id"), gateway: row.text(3),
      choice: try methodChoice(token: 4, customer: 5, saved: 23), reference: row.text(6),
      state: try parsed(7, "state", PaymentMethodState.init(rawValue:)),
      isDefault: row.int(8) == 1, brand: row.text(9), lastDigits: row.text(10),
      expiryMonth: try int32(11, "expiry_month"), expiryYear: try int32(12, "expiry_year"),
      failure: row.text(13), clientSecret: row.text(14), actionURL: row.text(15),
      errand: try optionalErrand(from: 19), version: row.int(16), createdAt: instant(17),
      changedAt: instant(18))
  }
}

extension StoreTransaction {
  func insert(_ method: PaymentMethod, of partner: PartnerID) throws {
    try database.execute(
      """
      INSERT INTO payment_methods (token, customer, saved_id, reference, state, is_default, brand,
        last_digits, expiry_month, expiry_year, failure, client_secret, action_url, version,
        changed_ms, id, partner_id, client_id, gateway, created_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20)
      """,
      method.changeable + [
        .id(method.id), .id(partner), .id(method.client), .text(method.gateway),
        .int(method.createdAt.msSinceEpoch),
      ])
    try put(
      method.errand, insteadOf: nil, about: IDText(method.id), of: method.gateway, partner)
  }

  /// Writes what changed of a payment method, over the version before.
  func update(_ method: PaymentMethod, of partner: PartnerID) throws {
    let written = try database.execute(
      """
      UPDATE payment_methods SET token = $1, customer = $2, saved_id = $3, reference = $4,
        state = $5, is_default = $6, brand = $7, last_digits = $8, expiry_month = $9,
        expiry_year = $10, failure = $11, client_secret = $12, action_url = $13, version = $14,
        changed_ms = $15
      WHERE id = $16 AND version = $17
      """, method.changeable + [.id(method.id), .int(method.version - 1)])
    guard written == 1 else {
      throw StoreError.lostUpdate(table: "payment_methods", id: method.id.text)
    }
    if let errand = method.errand {
      try put(errand, insteadOf: nil, about: IDText(method.id), of: method.gateway, partner)
    } else {
      try endErrand(about: IDText(method.id))
    }
  }
}

extension PaymentMethod {
  /// What may change of it, in the order of both statements.
  fileprivate var changeable: [SQLValue] {
    [
      .optionalText(choice?.token), .optionalText(choice?.customer), .optionalID(choice?.saved),
      .text(reference), .text(state.rawValue), .flag(isDefault), .text(brand), .text(lastDigits),
      .int32(expiryMonth), .int32(expiryYear), .text(failure), .text(clientSecret),
      .text(actionURL), .int(version), .int(changedAt.msSinceEpoch),
    ]
  }
}
