internal import Accounting
public import Availability
public import Booking

extension StoreSnapshot {
  /// What a partner has set, and its version.
  public func policy(of partner: PartnerID) throws -> PartnerPolicy {
    let version =
      try database.first(
        "SELECT policy_version FROM partners WHERE id = $1", [.text(partner.text)]
      ) { $0.int(0) } ?? 0
    return PartnerPolicy(policy: try policy(ofSubject: partner.text), version: version)
  }

  private static let settings = """
    staff_horizon_months, client_horizon_months, minimum_notice_minutes, daily_cap, weekly_cap,
    hold_minutes, hold_total_minutes, client_booking, auto_accept_requests,
    decline_reason_in_message, follow_ups_after_first_session, full_session_minutes,
    complete_after_minutes, join_before_minutes, payment_minutes, cancel_notice_minutes,
    cancel_in_time_percent, cancel_late_percent, cancel_fee_where_unpaid, no_show_percent,
    commission_basis_points, commission_minor_units, therapist_reminders
    """

  /// What a partner, a therapist or a service has set.
  func policy(ofSubject id: String) throws -> Policy {
    try database.first(
      "SELECT \(StoreSnapshot.settings) FROM policies WHERE subject_id = $1", [.text(id)]
    ) { row in
      try Columns(row: row, table: "policies", id: id).policy()
    } ?? .unset
  }

  /// All that a partner, their therapists and their services have set, by id.
  public func policies(of partner: PartnerID) throws -> [String: Policy] {
    let found = try database.rows(
      "SELECT \(StoreSnapshot.settings), subject_id FROM policies WHERE partner_id = $1",
      [.text(partner.text)]
    ) { row in
      (row.text(23), try Columns(row: row, table: "policies", id: row.text(23)).policy())
    }
    return Dictionary(uniqueKeysWithValues: found)
  }
}

extension Columns {
  /// The settings of a policy, in the table's order.
  fileprivate func policy() throws -> Policy {
    let policy = Policy(
      staffHorizonMonths: try optionalInt32(0, "staff_horizon_months"),
      clientHorizonMonths: try optionalInt32(1, "client_horizon_months"),
      minimumNoticeMinutes: try optionalInt32(2, "minimum_notice_minutes"),
      dailyCap: try optionalInt32(3, "daily_cap").map(Policy.Cap.init(column:)),
      weeklyCap: try optionalInt32(4, "weekly_cap").map(Policy.Cap.init(column:)),
      holdMinutes: try optionalInt32(5, "hold_minutes"),
      holdTotalMinutes: try optionalInt32(6, "hold_total_minutes"),
      appointments: try appointmentSettings())
    guard let policy else {
      throw StoreError.corrupt(table: table, id: id, column: "staff_horizon_months")
    }
    return policy
  }
}

extension Columns {
  private func appointmentSettings() throws -> AppointmentSettings {
    func flag(_ column: Int) -> Bool? { row.isNull(column) ? nil : row.int(column) == 1 }
    var settings = AppointmentSettings()
    settings.clientBooking = try optional(7, "client_booking", ClientBooking.init(rawValue:))
    settings.autoAcceptRequests = flag(8)
    settings.declineReasonInMessage = flag(9)
    settings.followUpsAfterFirstSession = flag(10)
    settings.fullSessionMinutes = try optionalInt32(11, "full_session_minutes")
    settings.completeAfterMinutes = try optionalInt32(12, "complete_after_minutes")
    settings.joinBeforeMinutes = try optionalInt32(13, "join_before_minutes")
    settings.paymentMinutes = try optionalInt32(14, "payment_minutes")
    if !row.isNull(15) {
      settings.cancellation = CancellationTerms(
        noticeMinutes: try int32(15, "cancel_notice_minutes"),
        inTimePercent: try int32(16, "cancel_in_time_percent"),
        latePercent: try int32(17, "cancel_late_percent"), feeWhereUnpaid: row.int(18) == 1,
        noShowPercent: try optionalInt32(19, "no_show_percent") ?? 100)
    }
    settings.commission = try commission(from: 20)
    settings.therapistReminders = flag(22)
    return settings
  }
}

extension StoreTransaction {
  func put(_ policy: PartnerPolicy, of partner: PartnerID) throws {
    try put(policy.policy, ofSubject: partner.text, of: partner)
    try database.execute(
      "UPDATE partners SET policy_version = $1 WHERE id = $2",
      [.int(policy.version), .text(partner.text)])
  }

  func put(_ policy: Policy, ofSubject id: String, of partner: PartnerID) throws {
    memory.forgetPolicies()
    try database.execute("DELETE FROM policies WHERE subject_id = $1", [.text(id)])
    guard policy != .unset else { return }
    func column(_ value: Int32?) -> SQLValue { value.map(SQLValue.int32) ?? .null }
    try database.execute(
      """
      INSERT INTO policies (subject_id, partner_id, staff_horizon_months, client_horizon_months,
        minimum_notice_minutes, daily_cap, weekly_cap, hold_minutes, hold_total_minutes,
        client_booking, auto_accept_requests, decline_reason_in_message,
        follow_ups_after_first_session, full_session_minutes, complete_after_minutes,
        join_before_minutes, payment_minutes, cancel_notice_minutes, cancel_in_time_percent,
        cancel_late_percent, cancel_fee_where_unpaid, no_show_percent, commission_basis_points,
        commission_minor_units, therapist_reminders)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, $25)
      """,
      [
        .text(id), .text(partner.text), column(policy.staffHorizonMonths),
        column(policy.clientHorizonMonths), column(policy.minimumNoticeMinutes),
        column(policy.dailyCap?.column), column(policy.weeklyCap?.column),
        column(policy.holdMinutes), column(policy.holdTotalMinutes),
      ] + policy.appointments.columns)
  }
}

extension Policy.Cap {
  private static let unlimitedColumn: Int32 = -1

  init(column: Int32) {
    self = column == Policy.Cap.unlimitedColumn ? .unlimited : .most(column)
  }

  var column: Int32 {
    switch self {
    case .unlimited: Policy.Cap.unlimitedColumn
    case .most(let sessions): sessions
    }
  }
}

extension AppointmentSettings {
  /// In the table's order.
  fileprivate var columns: [SQLValue] {
    func column(_ value: Int32?) -> SQLValue { value.map(SQLValue.int32) ?? .null }
    func flag(_ value: Bool?) -> SQLValue { value.map(SQLValue.flag) ?? .null }
    let commission = SQLValue.commission(self.commission)
    return [
      clientBooking.map { .text($0.rawValue) } ?? .null, flag(autoAcceptRequests),
      flag(declineReasonInMessage), flag(followUpsAfterFirstSession), column(fullSessionMinutes),
      column(completeAfterMinutes), column(joinBeforeMinutes), column(paymentMinutes),
      column(cancellation?.noticeMinutes), column(cancellation?.inTimePercent),
      column(cancellation?.latePercent), flag(cancellation?.feeWhereUnpaid),
      column(cancellation?.noShowPercent),
      commission.basisPoints, commission.minorUnits, flag(therapistReminders),
    ]
  }
}
