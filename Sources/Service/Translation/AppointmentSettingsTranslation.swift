internal import Accounting
internal import Booking
internal import Wire

extension FieldReader {
  /// The part of a policy that is about the life of appointments.
  mutating func appointmentSettings(
    _ message: Seduta_V1_Policy, _ path: String
  ) -> AppointmentSettings {
    var settings = AppointmentSettings()
    switch message.clientBooking {
    case .unspecified: break
    case .instant: settings.clientBooking = .instant
    case .request: settings.clientBooking = .request
    case .UNRECOGNIZED:
      fault("\(path).client_booking", "expected BOOKING_MODE_INSTANT or BOOKING_MODE_REQUEST")
    }
    settings.autoAcceptRequests = isOn(
      message.autoAcceptRequests, "\(path).auto_accept_requests")
    settings.declineReasonInMessage = isOn(
      message.declineReasonInMessage, "\(path).decline_reason_in_message")
    settings.followUpsAfterFirstSession = isOn(
      message.followUpsAfterFirstSession, "\(path).follow_ups_after_first_session")
    settings.therapistReminders = isOn(
      message.therapistReminders, "\(path).therapist_reminders")
    settings.fullSessionMinutes = setting(
      message.fullSessionMinutes, "\(path).full_session_minutes",
      in: AppointmentSettings.fullSessionMinutes)
    settings.completeAfterMinutes = minutesOrNone(
      message.completeAfterMinutes, "\(path).complete_after_minutes",
      in: AppointmentSettings.completeAfterMinutes)
    settings.joinBeforeMinutes = minutesOrNone(
      message.joinBeforeMinutes, "\(path).join_before_minutes",
      in: AppointmentSettings.joinBeforeMinutes)
    settings.paymentMinutes = setting(
      message.paymentMinutes, "\(path).payment_minutes", in: AppointmentSettings.paymentMinutes)
    if message.hasCancellation {
      settings.cancellation = cancellation(message.cancellation, "\(path).cancellation")
    }
    if message.hasCommission {
      settings.commission = commission(message.commission, "\(path).commission")
    }
    return settings
  }

  mutating func commission(
    _ message: Seduta_V1_Commission, _ path: String
  ) -> Commission? {
    let share = number(message.basisPoints, "\(path).basis_points", in: Commission.basisPoints)
    if message.fixedMinorUnits < 0 {
      fault("\(path).fixed_minor_units", "expected 0 or more, got \(message.fixedMinorUnits)")
      return nil
    }
    switch (share, message.fixedMinorUnits) {
    case (nil, _): return nil
    case (0?, 0): return Commission.none
    case (let share?, 0): return .share(basisPoints: share)
    case (0?, let fixed): return .fixed(minorUnits: fixed)
    case (_?, _):
      fault("\(path).fixed_minor_units", "expected 0, since basis_points is set")
      return nil
    }
  }

  /// Nil where it is left to others.
  mutating func isOn(_ value: Seduta_V1_PolicySwitch, _ field: String) -> Bool? {
    switch value {
    case .unspecified: return nil
    case .on: return true
    case .off: return false
    case .UNRECOGNIZED:
      fault(field, "expected POLICY_SWITCH_ON or POLICY_SWITCH_OFF")
      return nil
    }
  }

  private mutating func cancellation(
    _ message: Seduta_V1_CancellationTerms, _ path: String
  ) -> CancellationTerms? {
    let notice = number(
      message.noticeMinutes, "\(path).notice_minutes", in: CancellationTerms.noticeMinutes)
    let inTime = number(
      message.inTimePercent, "\(path).in_time_percent", in: CancellationTerms.percent)
    let late = number(
      message.latePercent, "\(path).late_percent", in: CancellationTerms.percent)
    let noShow = noShowPercent(message.noShowPercent, "\(path).no_show_percent")
    guard let notice, let inTime, let late, let noShow else { return nil }
    return CancellationTerms(
      noticeMinutes: notice, inTimePercent: inTime, latePercent: late,
      feeWhereUnpaid: message.feeWhereUnpaid, noShowPercent: noShow)
  }

  private mutating func noShowPercent(_ value: Int32, _ field: String) -> Int32? {
    switch value {
    case 0: return CancellationTerms.percent.upperBound
    case CancellationTerms.nothing: return 0
    case CancellationTerms.percent: return value
    default:
      fault(field, "expected 0, -1 or 1 to 100, got \(value)")
      return nil
    }
  }
}

extension AppointmentSettings {
  func write(into message: inout Seduta_V1_Policy) {
    message.clientBooking =
      switch clientBooking {
      case nil: .unspecified
      case .instant: .instant
      case .request: .request
      }
    message.autoAcceptRequests = Seduta_V1_PolicySwitch(autoAcceptRequests)
    message.declineReasonInMessage = Seduta_V1_PolicySwitch(declineReasonInMessage)
    message.followUpsAfterFirstSession = Seduta_V1_PolicySwitch(followUpsAfterFirstSession)
    message.fullSessionMinutes = fullSessionMinutes ?? 0
    message.completeAfterMinutes = Policy.minutesOrNone(completeAfterMinutes)
    message.joinBeforeMinutes = Policy.minutesOrNone(joinBeforeMinutes)
    message.paymentMinutes = paymentMinutes ?? 0
    if let cancellation { message.cancellation = cancellation.message }
    if let commission { message.commission = commission.message }
    message.therapistReminders = Seduta_V1_PolicySwitch(therapistReminders)
  }
}

extension Seduta_V1_PolicySwitch {
  fileprivate init(_ isOn: Bool?) {
    switch isOn {
    case nil: self = .unspecified
    case true?: self = .on
    case false?: self = .off
    }
  }
}

extension CancellationTerms {
  /// On the wire 0 is all of the price: this is how it says that there is no fee.
  fileprivate static let nothing: Int32 = -1

  var message: Seduta_V1_CancellationTerms {
    var message = Seduta_V1_CancellationTerms()
    message.noticeMinutes = noticeMinutes
    message.inTimePercent = inTimePercent
    message.latePercent = latePercent
    message.feeWhereUnpaid = feeWhereUnpaid
    message.noShowPercent =
      switch noShowPercent {
      case 0: CancellationTerms.nothing
      case CancellationTerms.percent.upperBound: 0
      default: noShowPercent
      }
    return message
  }
}

extension Commission {
  var message: Seduta_V1_Commission {
    var message = Seduta_V1_Commission()
    switch self {
    case .none: break
    case .share(let basisPoints): message.basisPoints = basisPoints
    case .fixed(let minorUnits): message.fixedMinorUnits = minorUnits
    }
    return message
  }
}
