public import Availability
public import Booking
internal import Intervals

extension StoreSnapshot {
  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func client(_ id: ClientID) throws -> (owner: PartnerID, client: Client)? {
    try database.first(
      """
      SELECT partner_id, name, email, phone, language, time_zone, terms_version,
        terms_accepted_ms, data_processing_version, data_processing_accepted_ms, version,
        registered_ms, birth_date, sms_lead_minutes
      FROM clients WHERE id = $1
      """, [.id(id)]
    ) { row in
      let columns = Columns(row: row, table: "clients", id: id.text)
      let person = Person(
        name: row.text(1), email: try columns.parsed(2, "email", EmailAddress.init),
        phone: try columns.parsed(3, "phone", PhoneNumber.init),
        language: try columns.parsed(4, "language", LanguageTag.init), zoneName: row.text(5),
        birthDate: try columns.optional(12, "birth_date", CivilDate.init),
        smsLeadMinutes: try columns.optionalInt32(13, "sms_lead_minutes"))
      return (
        try columns.id(0, "partner_id"),
        Client(
          id: id, person: person,
          terms: Consent(version: row.text(6), acceptedAt: columns.instant(7)),
          dataProcessing: Consent(version: row.text(8), acceptedAt: columns.instant(9)),
          version: row.int(10), registeredAt: columns.instant(11))
      )
    }
  }

  /// A page of a partner's clients, by id; of one therapist's list where one is named.
  public func clients(
    of partner: PartnerID, therapist: TherapistID?, after: ClientID?, limit: Int
  ) throws -> [Client] {
    let found: [ClientID] =
      if let therapist {
        try database.rows(
          """
          SELECT client_id FROM therapies
          WHERE therapist_id = $1 AND client_id > $2 ORDER BY client_id LIMIT $3
          """, [.id(therapist), .text(after?.text ?? ""), .int(Int64(limit))]
        ) { row in
          try Columns(row: row, table: "therapies", id: therapist.text)
            .id(0, "client_id")
        }
      } else {
        try ids(in: "clients", of: partner, after: after, limit: limit)
      }
    return try found.compactMap { try client($0)?.client }
  }

  /// Every client with their partner, for building the index; in no order.
  public func forEachClient(_ body: (ClientID, PartnerID) throws -> Void) throws {
    _ = try database.rows("SELECT id, partner_id FROM clients", []) { row in
      let columns = Columns(row: row, table: "clients", id: row.text(0))
      try body(
        try columns.id(0, "id"),
        try columns.id(1, "partner_id"))
    }
  }

  /// Whether a client is on a therapist's list.
  public func isListed(_ client: ClientID, with therapist: TherapistID) throws -> Bool {
    try database.first(
      "SELECT 1 FROM therapies WHERE therapist_id = $1 AND client_id = $2",
      [.id(therapist), .id(client)]
    ) { _ in true } ?? false
  }
}

extension StoreTransaction {
  func insert(_ client: Client, of partner: PartnerID) throws {
    memory.forget(client.id)
    try database.execute(
      """
      INSERT INTO clients (id, partner_id, name, email, phone, language, time_zone, terms_version,
        terms_accepted_ms, data_processing_version, data_processing_accepted_ms, version,
        registered_ms, birth_date, sms_lead_minutes)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      """,
      [
        .id(client.id), .id(partner), .text(client.person.name),
        .text(client.person.email.text), .text(client.person.phone.text),
        .text(client.person.language.text), .text(client.person.zoneName),
        .text(client.terms.version), .int(client.terms.acceptedAt.msSinceEpoch),
        .text(client.dataProcessing.version),
        .int(client.dataProcessing.acceptedAt.msSinceEpoch), .int(client.version),
        .int(client.registeredAt.msSinceEpoch), .date(client.person.birthDate),
        .optionalInt32(client.person.smsLeadMinutes),
      ])
  }

  /// Writes what is known of a client, over the version before; what they agreed to stays.
  func update(_ client: Client) throws {
    memory.forget(client.id)
    let person = client.person
    let written = try database.execute(
      """
      UPDATE clients SET name = $1, email = $2, phone = $3, language = $4, time_zone = $5,
        birth_date = $6, sms_lead_minutes = $7, version = $8
      WHERE id = $9 AND version = $10
      """,
      [
        .text(person.name), .text(person.email.text), .text(person.phone.text),
        .text(person.language.text), .text(person.zoneName), .date(person.birthDate),
        .optionalInt32(person.smsLeadMinutes), .int(client.version), .id(client.id),
        .int(client.version - 1),
      ])
    guard written == 1 else { throw StoreError.lostUpdate(table: "clients", id: client.id.text) }
  }
}
