public import Availability
public import Booking
public import Intervals

extension StoreSnapshot {
  /// A page of a partner's requests that wait for their answer, in order of start, then id.
  /// - Parameters:
  ///   - therapist: nil asks for those to all.
  ///   - now: what begins by then has lapsed, whether or not anyone has written that down.
  public func openRequests(
    of partner: PartnerID, to therapist: TherapistID?, after cursor: AppointmentCursor?,
    at now: Instant, limit: Int
  ) throws -> [Appointment] {
    var conditions = ["partner_id = $1", "state = 'REQUESTED'", "start_ms > $2"]
    var arguments: [SQLValue] = [.id(partner), .int(now.msSinceEpoch), .int(Int64(limit))]
    if let therapist {
      arguments.append(.id(therapist))
      conditions.append("therapist_id = $\(arguments.count)")
    }
    if let cursor {
      arguments.append(.int(cursor.start.msSinceEpoch))
      let start = "$\(arguments.count)"
      arguments.append(.id(cursor.id))
      conditions.append("start_ms >= \(start)")
      conditions.append("(start_ms > \(start) OR id > $\(arguments.count))")
    }
    let found: [AppointmentID] = try database.rows(
      """
      SELECT id FROM appointments
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY start_ms, id LIMIT $3
      """, arguments
    ) { row in
      try Columns(row: row, table: "appointments", id: row.text(0)).id(0, "id")
    }
    return try found.compactMap { try appointment($0)?.appointment }
  }

  /// What was said with an appointment that began as a request.
  func requestDetails(of appointment: AppointmentID) throws -> RequestDetails? {
    try database.first(
      """
      SELECT note, name, email, phone, language, time_zone, birth_date, terms_version,
        terms_accepted_ms, data_processing_version, data_processing_accepted_ms
      FROM appointment_requests WHERE appointment_id = $1
      """, [.id(appointment)]
    ) { row in
      let columns = Columns(row: row, table: "appointment_requests", id: appointment.text)
      guard !row.isNull(1) else { return RequestDetails(registration: nil, note: row.text(0)) }
      let person = Person(
        name: row.text(1), email: try columns.parsed(2, "email", EmailAddress.init),
        phone: try columns.parsed(3, "phone", PhoneNumber.init),
        language: try columns.parsed(4, "language", LanguageTag.init), zoneName: row.text(5),
        birthDate: try columns.optional(6, "birth_date", CivilDate.init))
      return RequestDetails(
        registration: Registration(
          id: nil, person: person,
          terms: Consent(version: row.text(7), acceptedAt: columns.instant(8)),
          dataProcessing: Consent(version: row.text(9), acceptedAt: columns.instant(10))),
        note: row.text(0))
    }
  }
}

extension StoreTransaction {
  func insert(_ request: RequestDetails, of appointment: AppointmentID) throws {
    let who = request.registration
    func text(_ value: String?) -> SQLValue { value.map(SQLValue.text) ?? .null }
    try database.execute(
      """
      INSERT INTO appointment_requests (appointment_id, note, name, email, phone, language,
        time_zone, birth_date, terms_version, terms_accepted_ms, data_processing_version,
        data_processing_accepted_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      """,
      [
        .id(appointment), .text(request.note), text(who?.person.name),
        text(who?.person.email.text), text(who?.person.phone.text),
        text(who?.person.language.text), text(who?.person.zoneName),
        .date(who?.person.birthDate), text(who?.terms.version), .instant(who?.terms.acceptedAt),
        text(who?.dataProcessing.version), .instant(who?.dataProcessing.acceptedAt),
      ])
  }
}
