internal import Booking
internal import SwiftProtobuf
internal import Wire

extension Translation {
  func updatePolicy(
    _ message: Seduta_V1_DirectoryUpdatePolicyRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    if !message.hasPolicy { reader.fault("policy", "expected a policy; it is required") }
    let policy = reader.policy(message.policy, "policy", of: .partner)
    let version = reader.seenVersion(message.version, "version")
    let put = try reader.finish(policy.map { PolicyPut(policy: $0, seenVersion: version) })
    return command(.putPolicy(put), from: caller, validateOnly: false)
  }
}

/// Whose a policy is.
enum PolicyOwner {
  case partner, therapist, service

  fileprivate var hasCaps: Bool {
    switch self {
    case .partner, .therapist: true
    case .service: false
    }
  }
}

extension FieldReader {
  mutating func policy(
    _ message: Seduta_V1_Policy, _ path: String, of owner: PolicyOwner
  ) -> Policy? {
    Policy(
      staffHorizonMonths: setting(
        message.staffHorizonMonths, "\(path).staff_horizon_months", in: Policy.horizonMonths),
      clientHorizonMonths: setting(
        message.clientHorizonMonths, "\(path).client_horizon_months", in: Policy.horizonMonths),
      minimumNoticeMinutes: notice(
        message.minimumNoticeMinutes, "\(path).minimum_notice_minutes"),
      dailyCap: cap(message.dailyCap, "\(path).daily_cap", of: owner),
      weeklyCap: cap(message.weeklyCap, "\(path).weekly_cap", of: owner),
      holdMinutes: setting(
        message.holdMinutes, "\(path).hold_minutes", in: Policy.holdMinutes),
      holdTotalMinutes: setting(
        message.holdTotalMinutes, "\(path).hold_total_minutes", in: Policy.holdTotalMinutes),
      appointments: appointmentSettings(message, path))
  }

  /// 0 leaves it to the next.
  mutating func setting(
    _ value: Int32, _ field: String, in range: ClosedRange<Int32>
  ) -> Int32? {
    guard value != 0 else { return nil }
    guard range.contains(value) else {
      fault(field, "expected 0 or \(range.lowerBound) to \(range.upperBound), got \(value)")
      return nil
    }
    return value
  }

  private mutating func notice(_ value: Int32, _ field: String) -> Int32? {
    minutesOrNone(value, field, in: Policy.noticeMinutes)
  }

  /// -1 is none at all.
  mutating func minutesOrNone(
    _ value: Int32, _ field: String, in range: ClosedRange<Int32>
  ) -> Int32? {
    value == Policy.switchedOff ? 0 : switchable(value, field, in: range)
  }

  private mutating func cap(_ value: Int32, _ field: String, of owner: PolicyOwner) -> Policy.Cap? {
    guard owner.hasCaps else {
      if value != 0 { fault(field, "expected 0: caps are a therapist's or the partner's") }
      return nil
    }
    if value == Policy.switchedOff { return .unlimited }
    return switchable(value, field, in: Policy.capSessions).map(Policy.Cap.most)
  }

  private mutating func switchable(
    _ value: Int32, _ field: String, in range: ClosedRange<Int32>
  ) -> Int32? {
    guard value != 0 else { return nil }
    guard range.contains(value) else {
      fault(field, "expected 0, -1 or \(range.lowerBound) to \(range.upperBound), got \(value)")
      return nil
    }
    return value
  }
}

extension Policy {
  /// On the wire 0 leaves a setting to the next: this is how it says that there is no limit.
  fileprivate static let switchedOff: Int32 = -1

  var message: Seduta_V1_Policy {
    var message = Seduta_V1_Policy()
    message.staffHorizonMonths = staffHorizonMonths ?? 0
    message.clientHorizonMonths = clientHorizonMonths ?? 0
    message.minimumNoticeMinutes = Policy.minutesOrNone(minimumNoticeMinutes)
    message.dailyCap = dailyCap?.number ?? 0
    message.weeklyCap = weeklyCap?.number ?? 0
    message.holdMinutes = holdMinutes ?? 0
    message.holdTotalMinutes = holdTotalMinutes ?? 0
    appointments.write(into: &message)
    return message
  }

  static func minutesOrNone(_ minutes: Int32?) -> Int32 {
    minutes == 0 ? switchedOff : minutes ?? 0
  }
}

extension Policy.Cap {
  fileprivate var number: Int32 {
    switch self {
    case .unlimited: Policy.switchedOff
    case .most(let sessions): sessions
    }
  }
}
