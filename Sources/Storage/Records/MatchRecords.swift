public import Availability
public import Booking

extension StoreSnapshot {
  /// So many are read of each kind at most: an address or a number that more share says nothing of who
  /// someone is.
  private static let candidatesMax = 50

  /// A partner's clients among whom `Matching` finds those that a person may be, by id.
  /// - Parameter therapist: only those on this therapist's list.
  public func candidates(
    for person: PersonSought, of partner: PartnerID, onListOf therapist: TherapistID? = nil
  ) throws -> [Client] {
    var found: Set<ClientID> = []
    if let email = person.email {
      found.formUnion(
        try ids(where: "lower(email) = lower($2)", .text(email.text), of: partner, therapist))
    }
    if let phone = person.phone {
      found.formUnion(try ids(where: "phone = $2", .text(phone.text), of: partner, therapist))
    }
    if let name = person.name, let birthDate = person.birthDate {
      found.formUnion(try ids(named: name, bornOn: birthDate, of: partner, therapist))
    }
    return try found.sorted().compactMap { try client($0)?.client }
  }

  private func ids(
    where condition: String, _ value: SQLValue, of partner: PartnerID, _ therapist: TherapistID?
  ) throws -> [ClientID] {
    try clientRows(
      where: condition, value, of: partner, therapist,
      limit: "LIMIT \(StoreSnapshot.candidatesMax)"
    ) { try $0.id(0, "id") }
  }

  /// Names are compared here, since SQL's lower case knows ASCII only; so all of that birthday are
  /// looked through.
  private func ids(
    named name: String, bornOn day: CivilDate, of partner: PartnerID, _ therapist: TherapistID?
  ) throws -> [ClientID] {
    let wanted = Matching.comparable(name)
    let found = try clientRows(
      where: "birth_date = $2", .date(day), of: partner, therapist, limit: ""
    ) { columns -> ClientID? in
      Matching.comparable(columns.row.text(1)) == wanted ? try columns.id(0, "id") : nil
    }
    return Array(found.compactMap(\.self).prefix(StoreSnapshot.candidatesMax))
  }

  private func clientRows<Value>(
    where condition: String, _ value: SQLValue, of partner: PartnerID, _ therapist: TherapistID?,
    limit: String, _ make: (Columns) throws -> Value
  ) throws -> [Value] {
    let listed = """
      AND EXISTS (
        SELECT 1 FROM therapies WHERE therapist_id = $3 AND client_id = clients.id)
      """
    return try database.rows(
      """
      SELECT id, name FROM clients
      WHERE partner_id = $1 AND \(condition) \(therapist == nil ? "" : listed)
      ORDER BY id \(limit)
      """, [.id(partner), value] + (therapist.map { [.id($0)] } ?? [])
    ) { row in
      try make(Columns(row: row, table: "clients", id: row.text(0)))
    }
  }
}
