internal import Accounting
internal import Availability
internal import Booking
internal import Storage
internal import Wire

extension Translation {
  func beginPayment(
    _ message: Seduta_V1_PaymentsBeginRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let version = reader.seenVersion(message.version, "version")
    let source = reader.source(message.paymentMethodID, token: message.paymentMethodToken)
    let gateway = paymentGateway
    let wish = id.map {
      BeginWish(
        appointment: $0, seenVersion: version, source: source, isOffSession: message.offSession,
        gateway: gateway)
    }
    return command(.beginPayment(try reader.finish(wish)), from: caller, validateOnly: false)
  }

  func confirmPayment(
    _ message: Seduta_V1_PaymentsConfirmRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: PaymentIntentID? = reader.id(message.intentID, "intent_id")
    return command(.confirmPayment(try reader.finish(id)), from: caller, validateOnly: false)
  }

  func refund(
    _ message: Seduta_V1_PaymentsRefundRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let purpose = reader.purpose(message.appointmentID, message.benefitID)
    let version = reader.seenVersion(message.version, "version")
    let amount = message.hasAmount ? reader.amount(message.amount, "amount") : nil
    let reason = reader.text(message.reason, "reason", length: 1...1_000)
    guard let purpose, let reason else { throw Malformed(faults: reader.faults) }
    let wish = RefundWish(purpose: purpose, seenVersion: version, amount: amount, reason: reason)
    return try reader.finish(
      command(.refund(wish), from: caller, validateOnly: message.validateOnly))
  }

  func getIntent(_ message: Seduta_V1_PaymentsGetIntentRequest) throws -> Request {
    var reader = FieldReader(zones: zones)
    let id: PaymentIntentID? = reader.id(message.intentID, "intent_id")
    let waitMs = reader.waitMs(message.waitMs, "wait_ms")
    return .awaited(.paymentIntent(try reader.finish(id)), waitMs: waitMs)
  }

  func listIntents(_ message: Seduta_V1_PaymentsListIntentsRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let purpose = reader.purpose(message.appointmentID, message.benefitID)
    return .paymentIntents(for: try reader.finish(purpose))
  }

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
    let benefit: BenefitID? = reader.optionalID(message.benefitID, "benefit_id")
    let page: Page<PaymentKind>? = try page(
      message, message.pageSize, message.pageToken, &reader
    ) {
      $0.pageToken = ""
      $0.pageSize = 0
    }
    return .payments(of: appointment, therapy, benefit, try reader.finish(page))
  }
}

extension FieldReader {
  /// Money that moves: more than nothing.
  mutating func amount(_ value: Seduta_V1_Money, _ field: String) -> Money? {
    guard value.minorUnits > 0 else {
      fault("\(field).minor_units", "expected 1 or more, got \(value.minorUnits)")
      return nil
    }
    return money(value, field)
  }

  /// What is paid for: one of the two.
  mutating func purpose(_ appointment: String, _ benefit: String) -> PaymentPurpose? {
    switch (appointment.isEmpty, benefit.isEmpty) {
    case (false, true): return id(appointment, "appointment_id").map(PaymentPurpose.appointment)
    case (true, false): return id(benefit, "benefit_id").map(PaymentPurpose.benefit)
    case (true, true):
      fault("appointment_id", "expected appointment_id or benefit_id; one of them is required")
    case (false, false):
      fault("benefit_id", "expected appointment_id or benefit_id, not both")
    }
    return nil
  }

  /// What to pay with; neither leaves it to the client's browser.
  mutating func source(_ method: String, token: String) -> SourceWish? {
    switch (method.isEmpty, token.isEmpty) {
    case (true, true): return nil
    case (false, true): return id(method, "payment_method_id").map(SourceWish.saved)
    case (true, false): return self.token(token, "payment_method_token").map(SourceWish.token)
    case (false, false):
      fault("payment_method_token", "expected payment_method_id or payment_method_token, not both")
      return nil
    }
  }

  /// A gateway's token of something to pay with.
  mutating func token(_ value: String, _ field: String) -> String? {
    text(value, field, length: 1...255)
  }

  private static let waitMsMax: Int32 = 30_000

  /// How long an answer may wait for a gateway's.
  mutating func waitMs(_ value: Int32, _ field: String) -> Int64 {
    Int64(number(value, field, in: 0...FieldReader.waitMsMax) ?? 0)
  }
}
