internal import Availability
internal import Intervals

/// What a gateway said of the saving of a payment method, or of taking it away.
enum PaymentMethodAnswers {
  static func decide(
    _ answer: GatewayAnswer<SetUpReport>, to kind: ErrandKind, number: Int64,
    about id: PaymentMethodID, facts: Facts, stamp: Stamp
  ) -> Decision {
    guard let method = facts.paymentMethods[id] else {
      return .refuse(.notFound(id: id.text, field: "payment_method_id"))
    }
    guard method.errand?.number == number else {
      return .change(Change(events: [], answer: .noted))
    }
    let wallet = Wallet(of: method.client, facts)
    if case .report(let report) = answer, report.state == .active, kind != .detach {
      let saved = wallet.saving(method, at: stamp.at) { $0.take(report) }
      return .change(Change(events: saved.map(Event.paymentMethodChanged), answer: .noted))
    }
    let next = method.stepping(at: stamp.at) { $0.absorb(answer, to: kind, at: stamp.at) }
    return .change(Change(events: [.paymentMethodChanged(next)], answer: .noted))
  }

  /// The gateway is asked how it stands, unless it is being asked already.
  static func looking(at method: PaymentMethod, at now: Instant) -> [Event] {
    guard method.state == .pending || method.state == .requiresAction,
      method.errand?.kind ?? .lookAtSetUp == .lookAtSetUp, !method.reference.isEmpty
    else { return [] }
    return [.paymentMethodChanged(method.stepping(at: now) { $0.ask(.lookAtSetUp, at: now) })]
  }
}

extension PaymentMethod {
  /// Whether the gateway's answer is all that is waited for, and not the client.
  public var isAwaited: Bool {
    switch errand?.kind {
    case .setUp, .detach: true
    // Again and again, while the client is at it.
    case .lookAtSetUp: errand?.tries == 0
    case .prepare, .confirm, .look, .cancel, .refund, .lookAtRefund, nil: false
    }
  }

  /// The gateway is to be asked once this step is taken.
  fileprivate mutating func ask(_ kind: ErrandKind, at due: Instant, tries: Int32 = 0) {
    errand = Errand(kind: kind, number: version + 1, due: due, tries: tries)
  }

  fileprivate mutating func absorb(
    _ answer: GatewayAnswer<SetUpReport>, to kind: ErrandKind, at now: Instant
  ) {
    let tries = (errand?.tries ?? 0) + 1
    switch answer {
    case .report(let report):
      guard kind != .detach else {
        errand = nil
        return
      }
      take(report)
      switch state {
      case .pending, .requiresAction:
        guard tries < Patience.looksForClientMax else { return }
        ask(.lookAtSetUp, at: Patience.whileWaiting(tries: tries - 1, at: now), tries: tries)
      case .active: break
      case .failed, .detached: isDefault = false
      }
    case .refused(let code): end(code, after: kind)
    case .notFound: end("not_found", after: kind)
    case .unknown:
      // Saving takes no money: with the same key it can be asked for again.
      ask(kind, at: Patience.afterSilence(tries: tries, at: now), tries: tries)
    }
  }

  fileprivate mutating func take(_ report: SetUpReport) {
    errand = nil
    reference = report.reference
    state = report.state
    choice = report.choice ?? choice
    brand = report.brand
    lastDigits = report.lastDigits
    expiryMonth = report.expiryMonth
    expiryYear = report.expiryYear
    failure = report.failure
    clientSecret = report.clientSecret
    actionURL = report.actionURL
  }

  /// What the gateway will not do. One that is to be taken away is gone here in any case.
  private mutating func end(_ code: String, after kind: ErrandKind) {
    errand = nil
    guard kind != .detach else { return }
    state = .failed
    failure = code
    isDefault = false
  }
}
