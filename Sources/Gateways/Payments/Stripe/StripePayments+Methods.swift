internal import Availability
public import Booking

private let setUpsPath = "/v1/setup_intents"
private let methodsPath = "/v1/payment_methods"
/// For what a person knows the card by.
private let expandsMethod = ("expand[]", "payment_method")

extension StripePayments {
  public func setUp(_ wish: SetUpWish) async -> GatewayAnswer<SetUpReport> {
    switch await customer(for: wish) {
    case .error(let error, let status): return error.answer(status: status)
    case .unknown(let reason): return .unknown(reason)
    case .object(let customer, _):
      var form = StripeForm()
      form.add("customer", customer.id)
      form.add("usage", "off_session")
      form.add("payment_method_types[]", "card")
      form.add("metadata[seduta_method]", wish.method.text)
      form.add(expandsMethod.0, expandsMethod.1)
      let reply = await call(
        StripeRequest(
          .post, setUpsPath, label: "set up \(wish.method.text)", form: form,
          key: "\(wish.method.text)-setup"),
        StripeSetUp.self)
      guard case .object(let setUp, _) = reply, !wish.token.isEmpty else {
        return await answer(reply, reference: "")
      }
      return await confirm(setUp.id, wish)
    }
  }

  public func lookAtSetUp(reference: String) async -> GatewayAnswer<SetUpReport> {
    guard !reference.isEmpty else { return .notFound }
    var form = StripeForm()
    form.add(expandsMethod.0, expandsMethod.1)
    let reply = await call(
      StripeRequest(.get, path(reference), label: "look at saving \(reference)", form: form),
      StripeSetUp.self)
    switch reply {
    case .object(let setUp, _): return report(setUp)
    case .error(let error, let status): return error.answer(status: status)
    case .unknown(let reason): return .unknown(reason)
    }
  }

  public func detach(token: String) async -> GatewayAnswer<SetUpReport> {
    let path = "\(methodsPath)/\(StripeForm.escaped(token))"
    let gone = GatewayAnswer.report(SetUpReport(reference: "", state: .detached))
    let reply = await call(
      StripeRequest(.post, path + "/detach", label: "detach a method"), StripeMethod.self)
    switch reply {
    case .object: return gone
    case .unknown(let reason): return .unknown(reason)
    case .error(let error, let status):
      // Stripe refuses to detach twice: it has to be asked whether it was the second time.
      if status != 404,
        case .object(let method, _) = await call(
          StripeRequest(.get, path, label: "look at a method"), StripeMethod.self),
        method.customer == nil
      {
        return gone
      }
      return error.answer(status: status)
    }
  }

  private func customer(for wish: SetUpWish) async -> StripeReply<StripeCustomer> {
    guard wish.customer.isEmpty else {
      return .object(StripeCustomer(id: wish.customer), isReplay: false)
    }
    var form = StripeForm()
    form.add("metadata[seduta_client]", wish.client.text)
    return await call(
      StripeRequest(
        .post, "/v1/customers", label: "make customer \(wish.client.text)", form: form,
        key: "\(wish.client.text)-customer"),
      StripeCustomer.self)
  }

  private func confirm(_ reference: String, _ wish: SetUpWish) async -> GatewayAnswer<SetUpReport> {
    var form = StripeForm()
    form.add("payment_method", wish.token)
    form.add("return_url", wish.returnURL.isEmpty ? returnURL : wish.returnURL)
    form.add(expandsMethod.0, expandsMethod.1)
    let reply = await call(
      StripeRequest(
        .post, path(reference, "/confirm"), label: "confirm saving \(wish.method.text)",
        form: form, key: "\(wish.method.text)-setup-confirm"),
      StripeSetUp.self)
    return await answer(reply, reference: reference)
  }

  private func path(_ reference: String, _ rest: String = "") -> String {
    "\(setUpsPath)/\(StripeForm.escaped(reference))\(rest)"
  }

  /// - Parameter reference: empty where the call was to make it.
  private func answer(
    _ reply: StripeReply<StripeSetUp>, reference: String
  ) async -> GatewayAnswer<SetUpReport> {
    switch reply {
    case .object(let setUp, let isReplay):
      return isReplay ? await lookAtSetUp(reference: setUp.id) : report(setUp)
    case .unknown(let reason): return .unknown(reason)
    case .error(let error, let status):
      guard status == 402, !reference.isEmpty else {
        return error.answer(status: status)
      }
      return .report(SetUpReport(reference: reference, state: .failed, failure: error.failure))
    }
  }

  private func report(_ setUp: StripeSetUp) -> GatewayAnswer<SetUpReport> {
    guard let state = setUp.state else {
      return .unknown("the saving is \(setUp.status) at Stripe, which is none of our ways")
    }
    let method = setUp.paymentMethod?.whole
    return .report(
      SetUpReport(
        reference: setUp.id, state: state,
        choice: state == .active
          ? method.map {
            MethodChoice(
              token: $0.id, customer: setUp.customer ?? "",
              saved: setUp.metadata?["seduta_method"].flatMap { PaymentMethodID($0) })
          } : nil,
        brand: method?.card?.brand ?? "", lastDigits: method?.card?.last4 ?? "",
        expiryMonth: method?.card?.expMonth ?? 0, expiryYear: method?.card?.expYear ?? 0,
        failure: state == .failed ? setUp.lastSetupError?.failure ?? setUp.status : "",
        clientSecret: state == .pending || state == .requiresAction ? setUp.clientSecret ?? "" : "",
        actionURL: state == .requiresAction ? setUp.nextAction?.redirectToUrl?.url ?? "" : ""))
  }
}

extension StripeSetUp {
  /// Nil where Stripe has come to a state that is not known here.
  fileprivate var state: PaymentMethodState? {
    switch status {
    case "requires_payment_method": lastSetupError == nil ? .pending : .failed
    case "requires_confirmation", "processing": .pending
    case "requires_action": .requiresAction
    case "succeeded": .active
    case "canceled": .failed
    default: nil
    }
  }
}
