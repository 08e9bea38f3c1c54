internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Wire

extension Translation {
  func grantBenefit(
    _ message: Seduta_V1_BenefitsGrantRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let payment: BenefitWish.Payment? =
      message.paidBy.isEmpty
      ? .granted
      : reader.text(message.paidBy, "paid_by", length: 1...64).map { .byHand(method: $0) }
    return command(
      .giveBenefit(try reader.benefit(message.hasBenefit ? message.benefit : nil, by: payment)),
      from: caller, validateOnly: false)
  }

  /// - Throws: `GateRefusal` where the server has no gateway to sell anything through.
  func buyBenefit(
    _ message: Seduta_V1_BenefitsBuyRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let source = reader.source(message.paymentMethodID, token: message.paymentMethodToken)
    // What is wrong with the request is said before what the server lacks.
    let payment = BenefitWish.Payment.through(gateway: paymentGateway ?? "", source)
    let wish = try reader.benefit(message.hasBenefit ? message.benefit : nil, by: payment)
    _ = try gateway()
    return command(.giveBenefit(wish), from: caller, validateOnly: false)
  }

  func useBenefits(
    _ message: Seduta_V1_BenefitsUseRequest, from caller: Caller
  ) throws -> Command {
    let (id, version) = try seen(message.appointmentID, message.version)
    return command(.useBenefits(id, seenVersion: version), from: caller, validateOnly: false)
  }

  func getBenefit(_ message: Seduta_V1_BenefitsGetRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let id: BenefitID? = reader.id(message.benefitID, "benefit_id")
    return .benefit(try reader.finish(id))
  }

  func listBenefits(_ message: Seduta_V1_BenefitsListRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let client: ClientID? = reader.id(message.clientID, "client_id")
    return .benefits(of: try reader.finish(client))
  }
}

extension FieldReader {
  private static let servicesMax = 50

  /// What its value may be by its kind, and from when it can expire, is decided at the command's turn.
  /// - Parameter payment: nil where it was wrong.
  fileprivate mutating func benefit(
    _ draft: Seduta_V1_BenefitDraft?, by payment: BenefitWish.Payment?
  ) throws(Malformed) -> BenefitWish {
    guard let draft else {
      fault("benefit", "expected a benefit; it is required")
      throw Malformed(faults: faults)
    }
    let id: BenefitID? = optionalID(draft.benefitID, "benefit.benefit_id")
    let client: ClientID? = self.id(draft.clientID, "benefit.client_id")
    let kind = form(draft.kind, "benefit.kind")
    if !draft.hasValue { fault("benefit.value", "expected an amount of money; it is required") }
    let value = draft.hasValue ? price(draft.value, "benefit.value") : nil
    let services: [ServiceID] = ids(
      draft.serviceIds, "benefit.service_ids", countMax: FieldReader.servicesMax)
    let expiresAt =
      draft.hasExpireTime
      ? instant(Instant(draft.expireTime).msSinceEpoch, "benefit.expire_time") : nil
    let note = text(draft.note, "benefit.note", length: 0...1_000)
    guard let client, let kind, let value, let note, let payment else {
      throw Malformed(faults: faults)
    }
    return try finish(
      BenefitWish(
        client: client, kind: kind, value: value, sessions: draft.sessions, services: services,
        expiresAt: expiresAt, note: note, payment: payment, id: id))
  }

  private mutating func form(_ value: Seduta_V1_BenefitKind, _ field: String) -> BenefitForm? {
    switch value {
    case .credit: return .credit
    case .voucher: return .voucher
    case .sessions: return .sessions
    case .unspecified, .UNRECOGNIZED:
      fault(field, "expected BENEFIT_KIND_CREDIT, _VOUCHER or _SESSIONS; it is required")
      return nil
    }
  }
}

extension Benefit {
  var message: Seduta_V1_Benefit {
    var message = Seduta_V1_Benefit()
    message.id = id.text
    message.clientID = client.text
    message.kind = kind.message
    message.origin = origin.message
    message.serviceIds = services.map(\.text)
    message.value = value.message
    message.valueLeft = Money(minorUnits: valueLeft, currency: value.currency).message
    message.sessions = sessions
    message.sessionsLeft = sessionsLeft
    message.state = state.message
    if let expiresAt { message.expireTime = expiresAt.timestamp }
    message.note = note
    message.packageLinkID = link?.text ?? ""
    message.version = version
    message.createTime = createdAt.timestamp
    message.updateTime = changedAt.timestamp
    return message
  }
}

extension BenefitForm {
  fileprivate var message: Seduta_V1_BenefitKind {
    switch self {
    case .credit: .credit
    case .voucher: .voucher
    case .sessions: .sessions
    }
  }
}

extension BenefitOrigin {
  fileprivate var message: Seduta_V1_BenefitOrigin {
    switch self {
    case .granted: .granted
    case .bought: .bought
    case .returned: .returned
    case .package: .package
    }
  }
}

extension BenefitState {
  fileprivate var message: Seduta_V1_BenefitState {
    switch self {
    case .pending: .pending
    case .active: .active
    case .usedUp: .usedUp
    case .expired: .expired
    case .canceled: .canceled
    }
  }
}
