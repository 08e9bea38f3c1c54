internal import Accounting
internal import Availability
internal import Booking

/// What one call comes to: what it changes, and what it answers.
struct SandboxOutcome<Report: Hashable & Sendable>: Sendable {
  var entry = SandboxEntry()
  let answer: GatewayAnswer<Report>
}

extension SandboxBooks {
  typealias IntentOutcome = SandboxOutcome<IntentReport>

  func prepare(_ wish: PreparedWish, atMs now: Int64) -> IntentOutcome {
    let made = references[wish.intent.text] ?? []
    let reference = wish.reference.isEmpty ? made.last : wish.reference
    guard var intent = reference.flatMap(known) else {
      guard wish.reference.isEmpty else { return IntentOutcome(answer: .notFound) }
      let number = made.isEmpty ? "" : "_\(made.count + 1)"
      let intent = SandboxIntent(
        reference: "sandbox_\(wish.intent.text)\(number)", intent: wish.intent.text,
        amount: wish.amount.minorUnits, currency: wish.amount.currency.code,
        customer: wish.customer)
      return IntentOutcome(entry: SandboxEntry(intent: intent), answer: .report(report(intent)))
    }
    guard intent.silentUntilMs <= now else { return .silence }
    guard intent.isOpen, intent.amount != wish.amount.minorUnits else {
      return IntentOutcome(answer: .report(report(intent)))
    }
    guard intent.currency == wish.amount.currency.code else {
      return IntentOutcome(answer: .refused(code: "invalid_request"))
    }
    intent.amount = wish.amount.minorUnits
    return IntentOutcome(entry: SandboxEntry(intent: intent), answer: .report(report(intent)))
  }

  func confirm(_ wish: ConfirmWish, atMs now: Int64) -> IntentOutcome {
    guard var intent = known(wish.reference) else { return IntentOutcome(answer: .notFound) }
    guard intent.silentUntilMs <= now else { return .silence }
    if let made = intent.attempts.first(where: { $0.number == wish.attempt }) {
      return IntentOutcome(
        answer: made.token == wish.token
          ? .report(report(intent)) : .refused(code: "idempotency_error"))
    }
    guard intent.isOpen else { return IntentOutcome(answer: .report(report(intent))) }
    guard let card = payingCard(wish.token) else {
      return IntentOutcome(answer: .refused(code: "resource_missing"))
    }
    intent.attempts.append(SandboxAttempt(number: wish.attempt, token: wish.token))
    if card == .forgets {
      intent.isForgotten = true
      return IntentOutcome(entry: SandboxEntry(intent: intent), answer: .silence)
    }
    if card == .needsConfirmation, wish.isOffSession || intent.waitingToken != wish.token {
      intent.failure = ""
      intent.waitingToken = wish.token
    } else {
      intent.pay(with: wish.token, card, atMs: now)
    }
    return IntentOutcome(
      entry: entry(for: intent, atMs: now, event: "attempt_\(wish.attempt)"),
      answer: intent.silentUntilMs > now ? .silence : .report(report(intent)))
  }

  func look(_ reference: String, atMs now: Int64) -> IntentOutcome {
    guard let intent = known(reference) else { return IntentOutcome(answer: .notFound) }
    return intent.silentUntilMs > now ? .silence : IntentOutcome(answer: .report(report(intent)))
  }

  func cancel(_ reference: String, atMs now: Int64) -> IntentOutcome {
    guard var intent = known(reference) else { return IntentOutcome(answer: .notFound) }
    guard intent.silentUntilMs <= now else { return .silence }
    guard intent.isOpen else { return IntentOutcome(answer: .report(report(intent))) }
    intent.isCanceled = true
    intent.waitingToken = ""
    return IntentOutcome(
      entry: entry(for: intent, atMs: now, event: "canceled"), answer: .report(report(intent)))
  }

  /// The client confirms at their bank, or pays in their own browser.
  /// - Returns: nil where there is nothing to confirm.
  func confirmByClient(_ reference: String, token: String?, atMs now: Int64) -> SandboxEntry? {
    guard var intent = known(reference), intent.isOpen, intent.silentUntilMs <= now,
      let card = payingCard(token ?? intent.waitingToken)
    else { return nil }
    intent.pay(with: token ?? intent.waitingToken, card, atMs: now)
    intent.browserAttemptCount += 1
    return entry(for: intent, atMs: now, event: "client_\(intent.browserAttemptCount)")
  }

  /// Nil where no card is behind a token, or it was taken away.
  private func payingCard(_ token: String) -> SandboxCard? {
    guard let card = SandboxCard(token: token) else { return nil }
    return token == card.rawValue || saving(token: token)?.state == .active ? card : nil
  }

  /// The intent, and the news of it and of the disputes that are to come.
  private func entry(for intent: SandboxIntent, atMs now: Int64, event: String) -> SandboxEntry {
    let name = "\(intent.reference)_\(event)"
    var events = [
      SandboxEvent(
        id: name, kind: .intentChanged, subject: intent.reference,
        dueMs: max(now, intent.silentUntilMs))
    ]
    guard let capture = intent.capture, let card = SandboxCard(token: capture.token) else {
      return SandboxEntry(intent: intent, events: events)
    }
    if card == .answersTwice { events[0].copies = 2 }
    if let outcome = card.dispute {
      let decidedMs = capture.atMs + SandboxCard.decidedAfterMs
      let opened = SandboxEvent(
        id: "\(intent.reference)_dispute", kind: .disputeOpened, subject: intent.reference,
        dueMs: card == .outOfOrder ? decidedMs : capture.atMs + SandboxCard.disputedAfterMs)
      let decided = SandboxEvent(
        id: "\(intent.reference)_decision", kind: .disputeDecided, subject: intent.reference,
        dueMs: decidedMs)
      if outcome == .open {
        events.append(opened)
      } else {
        events += card == .outOfOrder ? [decided, opened] : [opened, decided]
      }
    }
    return SandboxEntry(intent: intent, events: events)
  }
}

extension SandboxIntent {
  /// - Precondition: it is open.
  fileprivate mutating func pay(with token: String, _ card: SandboxCard, atMs now: Int64) {
    waitingToken = ""
    failure = card.refusal ?? ""
    if card.silenceMs > 0 { silentUntilMs = now + card.silenceMs }
    guard card.refusal == nil else { return }
    capture = SandboxCapture(
      amount: amount, fee: SandboxIntent.fee(of: amount), atMs: now, token: token)
  }

  /// 1.5 %, rounded half up, and 25 minor units; at most the amount.
  static func fee(of amount: Int64) -> Int64 {
    let (thousands, rest) = amount.quotientAndRemainder(dividingBy: 1_000)
    return min(amount, thousands * 15 + (rest * 15 + 500) / 1_000 + 25)
  }
}

extension GatewayAnswer {
  static var silence: GatewayAnswer { .unknown("the sandbox's card gives no answer") }
}

extension SandboxOutcome {
  static var silence: SandboxOutcome { SandboxOutcome(answer: .silence) }
}
