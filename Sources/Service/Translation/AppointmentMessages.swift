internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Wire

extension Appointment {
  var message: Seduta_V1_Appointment {
    var message = Seduta_V1_Appointment()
    message.id = id.text
    message.therapistID = therapist.text
    message.clientID = client?.text ?? ""
    message.serviceID = service.text
    message.locationID = location.text
    message.roomID = room?.text ?? ""
    message.startTime = span.start.instant.timestamp
    message.endTime = span.end.instant.timestamp
    message.timeZone = zoneName
    message.state = state.message
    message.paymentStatus = paymentStatus.message
    message.paymentPlan = plan.message
    message.price = price.message
    message.version = version
    message.createTime = bookedAt.timestamp
    message.updateTime = changedAt.timestamp
    message.cancelReason = cancelReason
    if let recurrence {
      message.seriesID = recurrence.series.text
      message.originalStartTime = recurrence.originalStart.instant.timestamp
    }
    message.attendance = attendance.code
    if paid != 0 { message.amountPaid = money(paid).message }
    if refunded != 0 { message.amountRefunded = money(refunded).message }
    if fee != 0 { message.fee = money(fee).message }
    if let paymentDeadline { message.paymentDeadlineTime = paymentDeadline.timestamp }
    if let request { message.request = request.message }
    if let chargeAt { message.chargeTime = chargeAt.timestamp }
    message.paymentMethodID = paymentMethod?.text ?? ""
    if outstanding != 0 { message.amountOutstanding = money(outstanding).message }
    if let package { message.package = package.message }
    message.smsLeadMinutes = smsLeadMinutes ?? 0
    return message
  }

  /// As a therapy's summary counts it.
  private var outstanding: Int64 {
    CareSession(
      span: span, state: state, attendance: attendance, paymentStatus: paymentStatus,
      price: price, paid: paid, refunded: refunded, fee: fee
    ).outstanding
  }
}

extension PaymentStatus {
  fileprivate var message: Seduta_V1_PaymentStatus {
    switch self {
    case .none: .none
    case .due: .due
    case .processing: .processing
    case .requiresAction: .requiresAction
    case .failed: .failed
    case .paid: .paid
    case .partlyRefunded: .partlyRefunded
    case .refunded: .refunded
    case .disputed: .disputed
    }
  }
}

extension RequestDetails {
  fileprivate var message: Seduta_V1_RequestDetails {
    var message = Seduta_V1_RequestDetails()
    if let registration { message.person = registration.message }
    message.note = note
    return message
  }
}

extension Cancellation {
  var message: Seduta_V1_AppointmentsCancelResponse {
    var message = Seduta_V1_AppointmentsCancelResponse()
    message.appointment = appointment.message
    message.settlement = settlement.message
    message.alternativeStartMs = alternatives.map(\.instant.msSinceEpoch)
    return message
  }
}

extension Settlement {
  fileprivate var message: Seduta_V1_Settlement {
    var message = Seduta_V1_Settlement()
    message.reason =
      switch reason {
      case .byTherapist: .byTherapist
      case .inTime: .inTime
      case .late: .late
      case .notBinding: .notBinding
      }
    message.explanation = explanation
    message.paid = paid.message
    message.fee = fee.message
    message.refund = refund.message
    message.outstanding = outstanding.message
    if let terms { message.terms = terms.message }
    return message
  }

  private var explanation: String {
    switch reason {
    case .byTherapist: "The therapist cancelled: there is no fee."
    case .notBinding: "It was not binding yet: there is no fee."
    case .inTime:
      "Cancelled in time\(notice): the fee is \(terms?.inTimePercent ?? 0) % of the price."
    case .late: "Cancelled too late\(notice): the fee is \(terms?.latePercent ?? 0) % of the price."
    }
  }

  private var notice: String {
    guard let minutes = terms?.noticeMinutes, minutes > 0 else { return "" }
    return minutes % 60 == 0
      ? " (the notice is \(minutes / 60) h)" : " (the notice is \(minutes) min)"
  }
}
