internal import Accounting
public import Availability
public import Booking
internal import Logging
internal import Signing

private let intentsPath = "/v1/payment_intents"
/// For the fee, which the charge's balance transaction tells.
private let expandsFee = ("expand[]", "latest_charge.balance_transaction")

extension StripePayments {
  public func prepare(_ wish: PreparedWish) async -> GatewayAnswer<IntentReport> {
    var form = StripeForm()
    form.add("amount", "\(wish.amount.minorUnits)")
    form.add("currency", wish.amount.currency.code.lowercased())
    form.add("customer", wish.customer)
    form.add("description", wish.description)
    if wish.reference.isEmpty {
      form.add("payment_method_types[]", "card")
      // At once, so that the fee is known with the answer.
      form.add("capture_method", "automatic")
      form.add("confirmation_method", wish.confirmsInBrowser ? "automatic" : "manual")
      form.add("metadata[seduta_intent]", wish.intent.text)
    }
    form.add(expandsFee.0, expandsFee.1)
    let path = wish.reference.isEmpty ? intentsPath : path(wish.reference)
    // A key stands for one content: another amount, after an answer that was lost, makes another intent. The first
    // one never takes money, as nobody knows it.
    let digest = Digest.sha256(form.encoded.utf8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    let key =
      wish.reference.isEmpty
      ? "\(wish.intent.text)-prepare-\(String(digest, radix: 36))" : ""
    let reply = await call(
      StripeRequest(.post, path, label: "prepare \(wish.intent.text)", form: form, key: key),
      StripeIntent.self)
    return await answer(reply, reference: wish.reference)
  }

  public func confirm(_ wish: ConfirmWish) async -> GatewayAnswer<IntentReport> {
    var form = StripeForm()
    switch await standing(before: wish) {
    case .confirm(let token): form.add("payment_method", token)
    case .over(let answer): return answer
    }
    if wish.isOffSession {
      form.add("off_session", "true")
    } else {
      form.add("return_url", wish.returnURL.isEmpty ? returnURL : wish.returnURL)
      if wish.saves, !wish.customer.isEmpty { form.add("setup_future_usage", "off_session") }
    }
    form.add(expandsFee.0, expandsFee.1)
    let reply = await call(
      StripeRequest(
        .post, path(wish.reference, "/confirm"),
        label: "confirm \(wish.intent.text), attempt \(wish.attempt)", form: form,
        key: "\(wish.intent.text)-confirm-\(wish.attempt)"),
      StripeIntent.self)
    return await answer(reply, reference: wish.reference)
  }

  public func look(reference: String) async -> GatewayAnswer<IntentReport> {
    switch await intent(reference) {
    case .object(let intent, _): report(intent)
    case .error(let error, let status): error.answer(status: status)
    case .unknown(let reason): .unknown(reason)
    }
  }

  public func cancel(
    reference: String, intent: PaymentIntentID
  ) async -> GatewayAnswer<IntentReport> {
    var form = StripeForm()
    form.add(expandsFee.0, expandsFee.1)
    let reply = await call(
      StripeRequest(
        .post, path(reference, "/cancel"), label: "cancel \(intent.text)", form: form,
        key: "\(intent.text)-cancel"),
      StripeIntent.self)
    return await answer(reply, reference: reference)
  }

  private func path(_ reference: String, _ rest: String = "") -> String {
    "\(intentsPath)/\(StripeForm.escaped(reference))\(rest)"
  }

  func intent(_ reference: String) async -> StripeReply<StripeIntent> {
    var form = StripeForm()
    form.add(expandsFee.0, expandsFee.1)
    return await call(
      StripeRequest(.get, path(reference), label: "look at \(reference)", form: form),
      StripeIntent.self)
  }

  private enum Standing {
    /// - Parameter token: empty where the client has confirmed the one that is there.
    case confirm(token: String)
    case over(GatewayAnswer<IntentReport>)
  }

  /// A client who comes back from their bank has confirmed the method that the intent has: to name it again would
  /// send them there again.
  private func standing(before wish: ConfirmWish) async -> Standing {
    guard !wish.isOffSession else { return .confirm(token: wish.token) }
    switch await intent(wish.reference) {
    case .object(let intent, _):
      let isConfirmed =
        intent.status == "requires_confirmation" && intent.paymentMethodID == wish.token
      return .confirm(token: isConfirmed ? "" : wish.token)
    case .error(let error, let status): return .over(error.answer(status: status))
    case .unknown(let reason): return .over(.unknown(reason))
    }
  }
}

// MARK: - What an answer says

extension StripePayments {
  /// - Parameter reference: empty where the call was to make the intent.
  private func answer(
    _ reply: StripeReply<StripeIntent>, reference: String
  ) async -> GatewayAnswer<IntentReport> {
    switch reply {
    case .object(let intent, let isReplay):
      return isReplay ? await look(reference: intent.id) : report(intent)
    case .unknown(let reason): return .unknown(reason)
    case .error(let error, let status):
      if status == 404 || reference.isEmpty { return error.answer(status: status) }
      // Declined, or past what was asked. The error's own intent does not tell the fee.
      let report: IntentReport
      switch await look(reference: reference) {
      case .report(let found): report = found
      case .refused, .notFound, .unknown:
        guard let intent = error.paymentIntent?.object,
          case .report(let told) = self.report(intent)
        else { return .unknown("refused, \(error.failure), and could not be looked up") }
        report = told
      }
      if !report.state.isOpen || report.state == .processing { return .report(report) }
      guard status == 402 else { return error.answer(status: status) }
      return .report(report.failed(error.failure))
    }
  }

  func report(_ intent: StripeIntent) -> GatewayAnswer<IntentReport> {
    guard let state = intent.state else {
      return .unknown("the intent is \(intent.status) at Stripe, which is none of our ways")
    }
    let hasSucceeded = state == .succeeded
    return .report(
      IntentReport(
        reference: intent.id, state: state,
        captured: intent.amountReceived ?? (hasSucceeded ? intent.amount : 0),
        fee: hasSucceeded ? fee(of: intent) : 0,
        failure: state == .requiresPaymentMethod ? intent.lastPaymentError?.failure ?? "" : "",
        clientSecret: state.isOpen ? intent.clientSecret ?? "" : "",
        actionURL: state == .requiresAction ? intent.nextAction?.redirectToUrl?.url ?? "" : ""))
  }

  /// In the intent's currency. Where Stripe keeps it in another, it is the same share of the charge, rounded half up.
  private func fee(of intent: StripeIntent) -> Int64 {
    guard let charge = intent.latestCharge?.whole, let booked = charge.balanceTransaction?.whole
    else {
      logger.warning("Stripe does not tell the fee", metadata: ["intent": "\(intent.id)"])
      return 0
    }
    guard booked.amount != charge.amount, booked.amount > 0 else { return booked.fee }
    let doubled = 2 * Int128(booked.fee) * Int128(charge.amount) + Int128(booked.amount)
    return Int64(clamping: doubled / (2 * Int128(booked.amount)))
  }
}

extension StripeIntent {
  /// Nil where Stripe has come to a state that we never ask for.
  fileprivate var state: PaymentIntentState? {
    switch status {
    case "requires_payment_method": .requiresPaymentMethod
    // The client has confirmed at their bank, and has to come back to us for the rest.
    case "requires_action", "requires_confirmation": .requiresAction
    case "processing": .processing
    case "succeeded": .succeeded
    case "canceled": .canceled
    default: nil
    }
  }

  fileprivate var paymentMethodID: String {
    switch paymentMethod {
    case .id(let id): id
    case .whole(let method): method.id
    case nil: ""
    }
  }
}

extension IntentReport {
  /// The same, with why the last attempt failed.
  fileprivate func failed(_ failure: String) -> IntentReport {
    IntentReport(
      reference: reference, state: state, captured: captured, fee: fee, failure: failure,
      clientSecret: clientSecret, actionURL: actionURL)
  }
}
