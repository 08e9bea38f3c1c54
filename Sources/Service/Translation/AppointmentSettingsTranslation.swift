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
    return settings
  }

  private mutating func isOn(_ value: Seduta_V1_PolicySwitch, _ field: String) -> Bool? {
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
    guard let notice, let inTime, let late else { return nil }
    return CancellationTerms(
      noticeMinutes: notice, inTimePercent: inTime, latePercent: late,
      feeWhereUnpaid: message.feeWhereUnpaid)
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
  var message: Seduta_V1_CancellationTerms {
    var message = Seduta_V1_CancellationTerms()
    message.noticeMinutes = noticeMinutes
    message.inTimePercent = inTimePercent
    message.latePercent = latePercent
    message.feeWhereUnpaid = feeWhereUnpaid
    return message
  }
}
