internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// The sandbox's own truth: what was taken and given back, whatever its answers said. A value: entries are its only
/// way to change.
struct SandboxBooks: Sendable {
  private(set) var intents: [String: SandboxIntent] = [:]
  /// References of intents by our id; the last is the one that is known.
  private(set) var references: [String: [String]] = [:]
  private(set) var refunds: [String: SandboxRefund] = [:]
  private(set) var refundsOfIntent: [String: [String]] = [:]
  private(set) var savings: [String: SandboxSaving] = [:]
  /// What is still to be told, by time, and in the order in which it was made.
  private(set) var events: [SandboxEvent] = []

  mutating func apply(_ entry: SandboxEntry) {
    if let intent = entry.intent {
      if intents.updateValue(intent, forKey: intent.reference) == nil {
        references[intent.intent, default: []].append(intent.reference)
      }
    }
    if let refund = entry.refund, refunds.updateValue(refund, forKey: refund.refund) == nil {
      refundsOfIntent[refund.intentReference, default: []].append(refund.refund)
    }
    if let saving = entry.saving { savings[saving.method] = saving }
    for event in entry.events ?? [] {
      events.insert(event, at: firstEvent(after: event.dueMs))
    }
    for id in entry.told ?? [] {
      guard let index = events.firstIndex(where: { $0.id == id }) else { continue }
      events[index].copies -= 1
      if events[index].copies == 0 { events.remove(at: index) }
    }
  }

  /// Where the events begin that are due later than that.
  func firstEvent(after ms: Int64) -> Int {
    var (low, high) = (0, events.count)
    while low < high {
      let middle = (low + high) / 2
      if events[middle].dueMs > ms { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The intent with this reference, unless it was forgotten.
  func known(_ reference: String) -> SandboxIntent? {
    intents[reference].flatMap { $0.isForgotten ? nil : $0 }
  }

  func saving(reference: String) -> SandboxSaving? {
    SandboxBooks.method(ofSaving: reference).flatMap { savings[$0] }
  }

  /// The saving that gave a token; nil for a card that was not saved.
  func saving(token: String) -> SandboxSaving? {
    let parts = token.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let saving = savings[String(parts[1])], saving.token == token else {
      return nil
    }
    return saving
  }

  static func reference(ofSaving method: String) -> String { savingPrefix + method }

  private static let savingPrefix = "sandbox_"
  private static func method(ofSaving reference: String) -> String? {
    reference.hasPrefix(savingPrefix) ? String(reference.dropFirst(savingPrefix.count)) : nil
  }
}

// MARK: - What comes of it with time

extension SandboxBooks {
  /// Of a taking, what was given back by then, pending ones too.
  func refunded(of reference: String, atMs now: Int64) -> Int64 {
    (refundsOfIntent[reference] ?? []).compactMap { refunds[$0] }
      .filter { $0.atMs <= now && $0.state(atMs: now) != .failed }
      .reduce(0) { $0 + $1.amount }
  }

  /// Of a taking, what its client's bank holds or took back; of a won dispute, what it held.
  func dispute(
    of intent: SandboxIntent, atMs now: Int64
  ) -> (state: DisputeState, amount: Int64)? {
    guard let capture = intent.capture,
      let outcome = SandboxCard(token: capture.token)?.dispute,
      now >= capture.atMs + SandboxCard.disputedAfterMs
    else { return nil }
    let openedMs = capture.atMs + SandboxCard.disputedAfterMs
    let amount = capture.amount - refunded(of: intent.reference, atMs: openedMs)
    guard amount > 0 else { return nil }
    return (now < capture.atMs + SandboxCard.decidedAfterMs ? .open : outcome, amount)
  }

  func totals(_ currency: String, atMs now: Int64) -> SandboxTotals {
    intents.values.reduce(into: SandboxTotals()) { totals, intent in
      guard intent.currency == currency, let taking = taking(of: intent, atMs: now) else { return }
      totals.captured += taking.captured
      totals.fees += taking.fee
      totals.refunded += taking.refunded
      totals.disputed += taking.disputed
    }
  }

  func takings(of intent: PaymentIntentID, atMs now: Int64) -> [SandboxTaking] {
    (references[intent.text] ?? []).compactMap { intents[$0] }
      .compactMap { taking(of: $0, atMs: now) }
  }

  private func taking(of intent: SandboxIntent, atMs now: Int64) -> SandboxTaking? {
    guard let capture = intent.capture else { return nil }
    let dispute = dispute(of: intent, atMs: now)
    return SandboxTaking(
      reference: intent.reference, captured: capture.amount, fee: capture.fee,
      refunded: refunded(of: intent.reference, atMs: now),
      disputed: dispute?.state == .won ? 0 : dispute?.amount ?? 0)
  }

  /// An event as it is told; nil where there is nothing to tell after all.
  func news(of event: SandboxEvent) -> GatewayEvent.News? {
    switch event.kind {
    case .intentChanged:
      return intents[event.subject].flatMap { PaymentIntentID($0.intent) }
        .map { .intentChanged($0) }
    case .refundChanged: return PaymentID(event.subject).map { .refundChanged($0) }
    case .methodChanged: return PaymentMethodID(event.subject).map { .methodChanged($0) }
    case .disputeOpened, .disputeDecided:
      guard let intent = intents[event.subject], let capture = intent.capture,
        let id = PaymentIntentID(intent.intent),
        let dispute = dispute(of: intent, atMs: capture.atMs + SandboxCard.decidedAfterMs)
      else { return nil }
      return .disputed(
        id, event.kind == .disputeOpened ? .open : dispute.state, amount: dispute.amount)
    }
  }
}

// MARK: - How things stand

extension SandboxBooks {
  func report(_ intent: SandboxIntent) -> IntentReport {
    IntentReport(
      reference: intent.reference, state: SandboxBooks.state(intent),
      captured: intent.capture?.amount ?? 0, fee: intent.capture?.fee ?? 0,
      failure: intent.failure, clientSecret: intent.isOpen ? "secret_\(intent.reference)" : "",
      actionURL: intent.isOpen && !intent.waitingToken.isEmpty
        ? SandboxBooks.actionURL(intent.reference) : "")
  }

  private static func state(_ intent: SandboxIntent) -> PaymentIntentState {
    if intent.capture != nil { return .succeeded }
    if intent.isCanceled { return .canceled }
    return intent.waitingToken.isEmpty ? .requiresPaymentMethod : .requiresAction
  }

  func report(_ refund: SandboxRefund, atMs now: Int64) -> RefundReport {
    let state = refund.state(atMs: now)
    return RefundReport(
      reference: refund.reference, state: state,
      failure: state == .failed ? "expired_or_canceled_card" : "")
  }

  func report(_ saving: SandboxSaving) -> SetUpReport {
    let card = SandboxCard(token: saving.token)
    let waits = saving.state == .pending || saving.state == .requiresAction
    return SetUpReport(
      reference: saving.reference, state: SandboxBooks.state(saving),
      choice: saving.state == .active
        ? MethodChoice(
          token: saving.token, customer: saving.customer, saved: PaymentMethodID(saving.method))
        : nil,
      brand: card == nil ? "" : "visa", lastDigits: card?.lastDigits ?? "",
      expiryMonth: card == nil ? 0 : 12, expiryYear: card == nil ? 0 : 2099,
      failure: saving.state == .failed ? "card_declined" : "",
      clientSecret: waits ? "secret_\(saving.reference)" : "",
      actionURL: saving.state == .requiresAction ? SandboxBooks.actionURL(saving.reference) : "")
  }

  private static func state(_ saving: SandboxSaving) -> PaymentMethodState {
    switch saving.state {
    case .pending: .pending
    case .requiresAction: .requiresAction
    case .active: .active
    case .failed: .failed
    case .detached: .detached
    }
  }

  /// RFC 2606: nothing is ever served below "invalid".
  private static func actionURL(_ reference: String) -> String {
    "https://sandbox.invalid/confirm/\(reference)"
  }
}
