internal import Accounting
internal import Availability
internal import Booking
internal import Storage
internal import Wire

extension Translation {
  func recordPayment(
    _ message: Seduta_V1_PaymentsRecordRequest, from caller: Caller
  ) throws -> Command {
    let wish = try money(
      of: message.appointmentID, seen: message.version,
      message.hasAmount ? message.amount : nil, by: message.method, ("note", message.note, 0))
    return command(.recordPayment(wish), from: caller, validateOnly: message.validateOnly)
  }

  func recordRefund(
    _ message: Seduta_V1_PaymentsRecordRefundRequest, from caller: Caller
  ) throws -> Command {
    let wish = try money(
      of: message.appointmentID, seen: message.version,
      message.hasAmount ? message.amount : nil, by: message.method, ("reason", message.reason, 1))
    return command(.recordRefund(wish), from: caller, validateOnly: message.validateOnly)
  }

  private func money(
    of appointment: String, seen version: Int64, _ amount: Seduta_V1_Money?, by method: String,
    _ note: (field: String, text: String, lengthMin: Int)
  ) throws(Malformed) -> MoneyWish {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(appointment, "appointment_id")
    let version = reader.seenVersion(version, "version")
    let amount = amount.flatMap { reader.amount($0, "amount") }
    let method = reader.text(method, "method", length: 1...64)
    let text = reader.text(note.text, note.field, length: note.lengthMin...1_000)
    guard let id, let method, let text else { throw Malformed(faults: reader.faults) }
    return try reader.finish(
      MoneyWish(
        appointment: id, seenVersion: version, amount: amount, method: method, note: text))
  }

  func list(_ message: Seduta_V1_PaymentsListRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let appointment: AppointmentID? = reader.optionalID(message.appointmentID, "appointment_id")
    let therapy: TherapyID? = reader.optionalID(message.therapyID, "therapy_id")
    let page: Page<PaymentKind>? = try page(
      message, message.pageSize, message.pageToken, &reader
    ) {
      $0.pageToken = ""
      $0.pageSize = 0
    }
    return .payments(of: appointment, therapy, try reader.finish(page))
  }
}

extension FieldReader {
  /// Money that moves: more than nothing.
  fileprivate mutating func amount(_ value: Seduta_V1_Money, _ field: String) -> Money? {
    guard value.minorUnits > 0 else {
      fault("\(field).minor_units", "expected 1 or more, got \(value.minorUnits)")
      return nil
    }
    return money(value, field)
  }
}

extension Payment {
  var message: Seduta_V1_Payment {
    var message = Seduta_V1_Payment()
    message.id = id.text
    message.appointmentID = appointment.text
    message.direction =
      switch direction {
      case .payment: .payment
      case .refund: .refund
      }
    message.amount = amount.message
    message.method = method
    message.note = note
    message.createTime = at.timestamp
    return message
  }
}
