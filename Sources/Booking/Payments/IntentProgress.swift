internal import Accounting
internal import Availability
internal import Intervals

/// What an answer means to whatever the intent is for.
enum IntentOutcome: Hashable {
  /// Nothing that concerns it.
  case none
  /// So much was taken, in minor units.
  case received(Int64)
  /// The attempt failed, in the gateway's word.
  case failed(String)
  /// The client has to confirm at their bank.
  case needsAction
  /// No money is taken by it any more.
  case stopped
}

extension PaymentIntent {
  /// Takes in what a gateway answered, and decides what it is asked next. To be called within `change`.
  /// - Parameters:
  ///   - kind: what was asked.
  ///   - isCurrent: whether it is the question that is open. An answer to an older one tells what happened, and
  ///     leaves the open one as it is.
  mutating func absorb(
    _ answer: GatewayAnswer<IntentReport>, to kind: ErrandKind, isCurrent: Bool, at now: Instant
  ) -> IntentOutcome {
    switch answer {
    case .report(let report):
      return absorb(report, to: kind, isCurrent: isCurrent, at: now)
    case .refused(let code):
      guard isCurrent else { return .none }
      guard state.isOpen else {
        askAgain(after: kind, at: now)
        return .none
      }
      return refused(code, kind, at: now)
    case .notFound:
      guard isCurrent else { return .none }
      let wasOpen = state.isOpen
      errand = nil
      guard wasOpen else { return .none }
      // The gateway says that it never had it: nothing was taken, and nothing will be.
      state = .canceled
      failure = "not_found"
      return kind == .cancel ? .stopped : .failed("not_found")
    case .unknown:
      if isCurrent { askAgain(after: kind, at: now) }
      return .none
    }
  }

  private mutating func refused(
    _ code: String, _ kind: ErrandKind, at now: Instant
  ) -> IntentOutcome {
    switch kind {
    case .prepare, .confirm:
      return fail(code)
    case .look, .cancel, .refund, .lookAtRefund, .setUp, .lookAtSetUp, .detach:
      askAgain(after: kind, at: now)
      return .none
    }
  }

  /// Nobody knows what came of it: what may have taken money is looked up, the rest is asked again.
  private mutating func askAgain(after kind: ErrandKind, at now: Instant) {
    let tries = (errand?.tries ?? 0) + 1
    ask(
      kind == .confirm ? .look : kind, at: Patience.afterSilence(tries: tries - 1, at: now),
      tries: tries)
  }

  private mutating func absorb(
    _ report: IntentReport, to kind: ErrandKind, isCurrent: Bool, at now: Instant
  ) -> IntentOutcome {
    if reference.isEmpty { reference = report.reference }
    if clientSecret.isEmpty { clientSecret = report.clientSecret }
    fee = max(fee, report.fee)
    switch report.state {
    case .succeeded: return receive(report)
    case .canceled:
      guard state.isOpen else {
        // Looked at once more, because of news.
        if isCurrent { errand = nil }
        return .none
      }
      state = .canceled
      errand = nil
      actionURL = ""
      return .stopped
    case .processing, .requiresAction, .requiresPaymentMethod:
      guard state.isOpen else {
        // It was given up before the gateway had told of it.
        guard state == .canceled, errand == nil || isCurrent else { return .none }
        if kind == .cancel { askAgain(after: .cancel, at: now) } else { ask(.cancel, at: now) }
        return .none
      }
      guard isCurrent else { return .none }
      guard kind != .cancel else {
        askAgain(after: .cancel, at: now)
        return .none
      }
      return wait(for: report, after: kind, at: now)
    }
  }

  private mutating func receive(_ report: IntentReport) -> IntentOutcome {
    guard state != .succeeded else {
      // Told twice.
      errand = nil
      return .none
    }
    state = .succeeded
    errand = nil
    failure = ""
    actionURL = ""
    captured = report.captured
    // The client may have paid in their browser what was due before the gateway was told that it is less now: all
    // of it is booked, and what is too much goes back.
    if captured > amount.minorUnits {
      amount = Money(minorUnits: captured, currency: amount.currency)
    }
    return .received(captured)
  }

  /// What is not over at the gateway either.
  private mutating func wait(
    for report: IntentReport, after kind: ErrandKind, at now: Instant
  ) -> IntentOutcome {
    let tries = kind == .look ? (errand?.tries ?? 0) + 1 : 0
    switch report.state {
    case .processing:
      state = .processing
      ask(.look, at: Patience.whileWaiting(tries: tries, at: now), tries: tries)
      return .none
    case .requiresAction:
      let isNew = state != .requiresAction
      state = .requiresAction
      failure = report.failure
      actionURL = report.actionURL
      lookForClient(tries: tries, at: now)
      return isNew ? .needsAction : .none
    case .requiresPaymentMethod, .succeeded, .canceled:
      if kind == .prepare, source != nil, state == .processing {
        attempt += 1
        state = .processing
        ask(.confirm, at: now)
        return .none
      }
      guard state == .processing else {
        // The client's own browser has the next word.
        lookForClient(tries: tries, at: now)
        return .none
      }
      // What a look tells of a failure may be an earlier attempt's, while this one is still on its way.
      guard kind == .look, source != nil, report.failure.isEmpty || attempt > 1 else {
        return fail(report.failure.isEmpty ? "not_taken" : report.failure)
      }
      // The attempt has taken nothing so far. Under its own key it can be asked for again: a gateway that has it
      // answers as it did, or does it now.
      ask(.confirm, at: now, tries: errand?.tries ?? 0)
      return .none
    }
  }

  private mutating func lookForClient(tries: Int32, at now: Instant) {
    errand = nil
    guard tries < Patience.looksForClientMax else { return }
    ask(.look, at: Patience.whileWaiting(tries: tries, at: now), tries: tries)
  }

  private mutating func fail(_ code: String) -> IntentOutcome {
    state = .requiresPaymentMethod
    failure = code
    errand = nil
    actionURL = ""
    return .failed(code)
  }
}
