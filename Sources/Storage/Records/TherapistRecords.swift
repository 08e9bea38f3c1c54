public import Availability
public import Booking

extension StoreSnapshot {
  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func therapist(_ id: TherapistID) throws -> (owner: PartnerID, therapist: Therapist)? {
    try database.first(
      """
      SELECT partner_id, display_name, time_zone, grid_minutes, full_hours_only, version, email
      FROM therapists WHERE id = $1
      """, [.text(id.text)]
    ) { row in
      let columns = Columns(row: row, table: "therapists", id: id.text)
      guard
        let grid = Grid(
          stepMinutes: try columns.int32(3, "grid_minutes"), fullHoursOnly: row.int(4) == 1)
      else {
        throw StoreError.corrupt(table: "therapists", id: id.text, column: "grid_minutes")
      }
      return (
        try columns.id(0, "partner_id"),
        Therapist(
          id: id, displayName: row.text(1),
          email: try columns.optional(6, "email", EmailAddress.init), zoneName: row.text(2),
          languages: try labels("LANGUAGE", of: id), specialities: try labels("SPECIALITY", of: id),
          insurers: try labels("INSURER", of: id), locations: try locations(ofTherapist: id),
          grid: grid, policy: try policy(ofSubject: id.text), version: row.int(5))
      )
    }
  }

  /// A page of a partner's therapists, by id.
  public func therapists(
    of partner: PartnerID, after: TherapistID?, limit: Int
  ) throws -> [Therapist] {
    try ids(in: "therapists", of: partner, after: after, limit: limit)
      .compactMap { try therapist($0)?.therapist }
  }

  /// Every therapist of a partner, ascending.
  public func therapistIDs(of partner: PartnerID) throws -> [TherapistID] {
    try ids(in: "therapists", of: partner, after: nil, limit: .max)
  }

  private func labels(_ kind: String, of therapist: TherapistID) throws -> [String] {
    try database.texts(
      """
      SELECT label FROM therapist_labels WHERE therapist_id = $1 AND kind = $2 ORDER BY position
      """, [.text(therapist.text), .text(kind)])
  }

  private func locations(ofTherapist therapist: TherapistID) throws -> [LocationID] {
    try database.rows(
      "SELECT location_id FROM therapist_locations WHERE therapist_id = $1 ORDER BY position",
      [.text(therapist.text)]
    ) { row in
      try Columns(row: row, table: "therapist_locations", id: therapist.text)
        .id(0, "location_id")
    }
  }
}

extension StoreTransaction {
  func put(_ therapist: Therapist, of partner: PartnerID) throws {
    let id = therapist.id.text
    try database.execute(
      """
      INSERT INTO therapists
        (id, partner_id, display_name, time_zone, grid_minutes, full_hours_only, version, email)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name,
        time_zone = excluded.time_zone, grid_minutes = excluded.grid_minutes,
        full_hours_only = excluded.full_hours_only, version = excluded.version,
        email = excluded.email
      """,
      [
        .text(id), .text(partner.text), .text(therapist.displayName), .text(therapist.zoneName),
        .int32(therapist.grid.stepMinutes), .flag(therapist.grid.fullHoursOnly),
        .int(therapist.version), .optionalText(therapist.email?.text),
      ])
    try put(therapist.policy, ofSubject: id, of: partner)
    try database.execute("DELETE FROM therapist_labels WHERE therapist_id = $1", [.text(id)])
    try putLabels("LANGUAGE", therapist.languages, of: id)
    try putLabels("SPECIALITY", therapist.specialities, of: id)
    try putLabels("INSURER", therapist.insurers, of: id)
    try database.replaceList(
      "therapist_locations", key: "therapist_id", id: id, valueColumn: "location_id",
      with: therapist.locations.map(\.text))
  }

  private func putLabels(_ kind: String, _ labels: [String], of therapist: String) throws {
    for (position, label) in labels.enumerated() {
      try database.execute(
        "INSERT INTO therapist_labels (therapist_id, kind, position, label) VALUES ($1, $2, $3, $4)",
        [.text(therapist), .text(kind), .int(Int64(position)), .text(label)])
    }
  }
}
