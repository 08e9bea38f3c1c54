internal import Accounting
public import Availability
public import Booking
internal import Intervals

/// Which payments to list; all conditions that are set must hold.
public struct PaymentQuery: Hashable, Sendable {
  public var appointment: AppointmentID?
  /// Of the appointments of these two.
  public var pair: CarePair?
  /// The last one of the page before.
  public var after: PaymentID?
  public var limit: Int

  public init(
    appointment: AppointmentID? = nil, pair: CarePair? = nil, after: PaymentID? = nil, limit: Int
  ) {
    self.appointment = appointment
    self.pair = pair
    self.after = after
    self.limit = limit
  }
}

extension StoreSnapshot {
  /// A page of a partner's payments and refunds, by id, so in order of time.
  public func payments(
    of partner: PartnerID, matching query: PaymentQuery
  ) throws -> [Payment] {
    var conditions = ["payments.partner_id = $1"]
    var arguments: [SQLValue] = [.id(partner)]
    func require(_ condition: String, _ value: SQLValue) {
      arguments.append(value)
      conditions.append("\(condition) $\(arguments.count)")
    }
    if let appointment = query.appointment { require("appointment_id =", .id(appointment)) }
    if let pair = query.pair {
      require("therapist_id =", .id(pair.therapist))
      require("client_id =", .id(pair.client))
    }
    if let after = query.after { require("payments.id >", .id(after)) }
    arguments.append(.int(Int64(query.limit)))
    return try database.rows(
      """
      SELECT payments.id, appointment_id, direction, minor_units, payments.currency, method, note,
        at_ms
      FROM payments JOIN appointments ON appointments.id = appointment_id
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY payments.id LIMIT $\(arguments.count)
      """, arguments
    ) { row in
      let columns = Columns(row: row, table: "payments", id: row.text(0))
      return Payment(
        id: try columns.id(0, "id"), appointment: try columns.id(1, "appointment_id"),
        direction: try columns.parsed(2, "direction", Payment.Direction.init(rawValue:)),
        amount: try columns.money(minorUnits: 3, currency: 4), method: row.text(5),
        note: row.text(6), at: columns.instant(7))
    }
  }
}

extension StoreTransaction {
  func insert(_ payment: Payment, of partner: PartnerID) throws {
    try database.execute(
      """
      INSERT INTO payments
        (id, partner_id, appointment_id, direction, minor_units, currency, method, note, at_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .id(payment.id), .id(partner), .id(payment.appointment),
        .text(payment.direction.rawValue), .int(payment.amount.minorUnits),
        .text(payment.amount.currency.code), .text(payment.method), .text(payment.note),
        .int(payment.at.msSinceEpoch),
      ])
  }
}
