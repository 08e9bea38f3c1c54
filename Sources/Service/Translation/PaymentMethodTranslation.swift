internal import Availability
internal import Booking
internal import Intervals
internal import Wire

extension Translation {
  /// - Throws: `GateRefusal` where the server has no gateway to save anything at.
  func setUpMethod(
    _ message: Seduta_V1_PaymentMethodsSetUpRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let client: ClientID? = reader.id(message.clientID, "client_id")
    let token = message.token.isEmpty ? nil : reader.token(message.token, "token")
    let id: PaymentMethodID? = reader.optionalID(message.paymentMethodID, "payment_method_id")
    let known = try reader.finish(client)
    let wish = SetUpWish(
      client: known, token: token, makeDefault: message.makeDefault, gateway: try gateway(),
      id: id)
    return command(.setUpMethod(wish), from: caller, validateOnly: false)
  }

  func changeMethod(
    _ message: Seduta_V1_PaymentMethodsUpdateRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: PaymentMethodID? = reader.id(message.paymentMethodID, "payment_method_id")
    let version = reader.seenVersion(message.version, "version")
    let change = reader.change(message.change, "change")
    guard let id, let change else { throw Malformed(faults: reader.faults) }
    let wish = MethodWish(method: id, seenVersion: version, change: change)
    return try reader.finish(command(.changeMethod(wish), from: caller, validateOnly: false))
  }

  func getMethod(_ message: Seduta_V1_PaymentMethodsGetRequest) throws -> Request {
    var reader = FieldReader(zones: zones)
    let id: PaymentMethodID? = reader.id(message.paymentMethodID, "payment_method_id")
    let waitMs = reader.waitMs(message.waitMs, "wait_ms")
    return .awaited(.paymentMethod(try reader.finish(id)), waitMs: waitMs)
  }

  func listMethods(_ message: Seduta_V1_PaymentMethodsListRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let client: ClientID? = reader.id(message.clientID, "client_id")
    return .paymentMethods(of: try reader.finish(client))
  }

  /// The gateway that this server has, for what cannot be done without one.
  func gateway() throws(GateRefusal) -> String {
    guard let paymentGateway else { throw GateRefusal(.gatewayMissing("")) }
    return paymentGateway
  }
}

extension FieldReader {
  fileprivate mutating func change(
    _ value: Seduta_V1_PaymentMethodChange, _ field: String
  ) -> MethodWish.Change? {
    switch value {
    case .makeDefault: return .makeDefault
    case .detach: return .detach
    case .refresh: return .refresh
    case .unspecified, .UNRECOGNIZED:
      fault(field, "expected PAYMENT_METHOD_CHANGE_MAKE_DEFAULT, _DETACH or _REFRESH")
      return nil
    }
  }
}

extension PaymentMethod {
  var message: Seduta_V1_PaymentMethod {
    var message = Seduta_V1_PaymentMethod()
    message.id = id.text
    message.clientID = client.text
    message.gateway = gateway
    message.state = state.message
    message.isDefault = isDefault
    message.brand = brand
    message.lastDigits = lastDigits
    message.expiryMonth = expiryMonth
    message.expiryYear = expiryYear
    message.failureCode = failure
    message.clientSecret = clientSecret
    message.actionURL = actionURL
    message.pending = isAwaited
    message.version = version
    message.createTime = createdAt.timestamp
    message.updateTime = changedAt.timestamp
    return message
  }
}

extension PaymentMethodState {
  fileprivate var message: Seduta_V1_PaymentMethodState {
    switch self {
    case .pending: .pending
    case .requiresAction: .requiresAction
    case .active: .active
    case .failed: .failed
    case .detached: .detached
    }
  }
}
