public import Availability
public import Booking

extension StoreSnapshot {
  /// A partner's own attendance statuses, in the partner's order.
  public func attendanceStatuses(of partner: PartnerID) throws -> AttendanceStatuses {
    let version =
      try database.first(
        "SELECT attendance_version FROM partners WHERE id = $1", [.id(partner)]
      ) { $0.int(0) } ?? 0
    let all = try database.rows(
      """
      SELECT code, name, effect FROM attendance_statuses WHERE partner_id = $1 ORDER BY position
      """, [.id(partner)]
    ) { row in
      let columns = Columns(row: row, table: "attendance_statuses", id: row.text(0))
      return AttendanceStatus(
        code: row.text(0), name: row.text(1),
        effect: try columns.parsed(2, "effect", AttendanceStatus.Effect.init(rawValue:)))
    }
    return AttendanceStatuses(all, version: version)
  }
}

extension StoreTransaction {
  func put(_ statuses: AttendanceStatuses, of partner: PartnerID) throws {
    try database.execute(
      "DELETE FROM attendance_statuses WHERE partner_id = $1", [.id(partner)])
    for (position, status) in statuses.all.enumerated() {
      try database.execute(
        """
        INSERT INTO attendance_statuses (partner_id, position, code, name, effect)
        VALUES ($1, $2, $3, $4, $5)
        """,
        [
          .id(partner), .int(Int64(position)), .text(status.code), .text(status.name),
          .text(status.effect.rawValue),
        ])
    }
    try database.execute(
      "UPDATE partners SET attendance_version = $1 WHERE id = $2",
      [.int(statuses.version), .id(partner)])
  }
}
