internal import Accounting
public import Availability
public import Booking
internal import Intervals

extension StoreSnapshot {
  private static let columns = """
    partner_id, id, therapist_id, client_id, self_booking, version, begun_ms
    """

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func therapy(_ id: TherapyID) throws -> (owner: PartnerID, therapy: Therapy)? {
    try database.first(
      "SELECT \(StoreSnapshot.columns) FROM therapies WHERE id = $1", [.id(id)]
    ) { row in
      let columns = Columns(row: row, table: "therapies", id: id.text)
      return (try columns.id(0, "partner_id"), try columns.therapy())
    }
  }

  /// - Returns: nil where the two are in no therapy.
  public func therapy(of pair: CarePair) throws -> (owner: PartnerID, therapy: Therapy)? {
    try database.first(
      """
      SELECT \(StoreSnapshot.columns) FROM therapies WHERE therapist_id = $1 AND client_id = $2
      """, [.id(pair.therapist), .id(pair.client)]
    ) { row in
      let columns = Columns(row: row, table: "therapies", id: row.text(1))
      return (try columns.id(0, "partner_id"), try columns.therapy())
    }
  }

  /// A page of a partner's therapies, by id; those of a therapist, a client or both where they are named.
  public func therapies(
    of partner: PartnerID, therapist: TherapistID?, client: ClientID?, after: TherapyID?, limit: Int
  ) throws -> [Therapy] {
    var conditions: [String] = []
    var arguments: [SQLValue] = [.text(after?.text ?? ""), .int(Int64(limit))]
    // As in the list of appointments.
    let owners: [(column: String, id: SQLValue?)] = [
      ("client_id", client.map { .id($0) }), ("therapist_id", therapist.map { .id($0) }),
      ("partner_id", .id(partner)),
    ]
    for (column, id) in owners {
      guard let id else { continue }
      arguments.append(id)
      let parameter = "$\(arguments.count)"
      conditions.append(
        conditions.isEmpty
          ? "\(column) = \(parameter)" : StoreSnapshot.looked(at: column, parameter))
    }
    return try database.rows(
      """
      SELECT \(StoreSnapshot.columns) FROM therapies
      WHERE \(conditions.joined(separator: " AND ")) AND id > $1 ORDER BY id LIMIT $2
      """, arguments
    ) { row in
      try Columns(row: row, table: "therapies", id: row.text(1)).therapy()
    }
  }

  /// All sessions of a client with a therapist, cancelled ones too.
  public func careHistory(of pair: CarePair) throws -> CareHistory {
    let sessions = try database.rows(
      """
      SELECT start_ms, end_ms, state, attendance, payment_status, price_minor_units, currency,
        paid_minor_units, refunded_minor_units, fee_minor_units, id
      FROM appointments WHERE client_id = $1 AND \(StoreSnapshot.looked(at: "therapist_id", "$2"))
      """, [.id(pair.client), .id(pair.therapist)]
    ) { row in
      let columns = Columns(row: row, table: "appointments", id: row.text(10))
      return CareSession(
        span: try columns.span(start: 0, end: 1),
        state: try columns.parsed(2, "state", AppointmentState.init(rawValue:)),
        attendance: Attendance(code: row.text(3)),
        paymentStatus: try columns.parsed(
          4, "payment_status", PaymentStatus.init(rawValue:)),
        price: try columns.money(minorUnits: 5, currency: 6), paid: row.int(7),
        refunded: row.int(8), fee: row.int(9))
    }
    return CareHistory(sessions: sessions)
  }

  /// Who are in a series.
  public func pair(ofSeries id: SeriesID) throws -> (owner: PartnerID, pair: CarePair)? {
    try database.first(
      "SELECT partner_id, therapist_id, client_id FROM series WHERE id = $1", [.id(id)]
    ) { row in
      let columns = Columns(row: row, table: "series", id: id.text)
      let pair = CarePair(try columns.id(1, "therapist_id"), try columns.id(2, "client_id"))
      return (try columns.id(0, "partner_id"), pair)
    }
  }

  /// A condition that no index serves, so that another one leads: without statistics a database may take the
  /// index of a partner's thousands where a client has ten.
  static func looked(at column: String, _ parameter: String) -> String {
    "\(column) || '' = \(parameter)"
  }
}

extension Columns {
  /// Of the columns from `id` on, which is the second.
  fileprivate func therapy() throws -> Therapy {
    Therapy(
      id: try id(1, "id"), pair: CarePair(try id(2, "therapist_id"), try id(3, "client_id")),
      selfBooking: row.int(4) == 1, version: row.int(5), begunAt: instant(6))
  }
}

extension StoreTransaction {
  func insert(_ therapy: Therapy, of partner: PartnerID) throws {
    try database.execute(
      """
      INSERT INTO therapies
        (id, partner_id, therapist_id, client_id, self_booking, version, begun_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .id(therapy.id), .id(partner), .id(therapy.pair.therapist), .id(therapy.pair.client),
        .flag(therapy.selfBooking), .int(therapy.version), .int(therapy.begunAt.msSinceEpoch),
      ])
  }

  /// Writes a therapy's settings over the version before.
  func update(_ therapy: Therapy) throws {
    let written = try database.execute(
      "UPDATE therapies SET self_booking = $1, version = $2 WHERE id = $3 AND version = $4",
      [
        .flag(therapy.selfBooking), .int(therapy.version), .id(therapy.id),
        .int(therapy.version - 1),
      ])
    guard written == 1 else { throw StoreError.lostUpdate(table: "therapies", id: therapy.id.text) }
  }
}
