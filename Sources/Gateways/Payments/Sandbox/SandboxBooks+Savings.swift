internal import Availability
internal import Booking

extension SandboxBooks {
  typealias SetUpOutcome = SandboxOutcome<SetUpReport>

  func setUp(_ wish: SetUpWish, atMs now: Int64) -> SetUpOutcome {
    let method = wish.method.text
    if let made = savings[method], !made.isForgotten { return standing(made, atMs: now) }
    var saving = SandboxSaving(
      reference: SandboxBooks.reference(ofSaving: method), method: method,
      customer: wish.customer.isEmpty ? "sandbox_\(wish.client.text)" : wish.customer,
      token: "", state: .pending)
    if !wish.token.isEmpty {
      guard let card = SandboxCard(token: wish.token) else {
        return SetUpOutcome(answer: .refused(code: "resource_missing"))
      }
      saving.choose(card, atMs: now)
      if card == .needsConfirmation { saving.state = .requiresAction }
      saving.isForgotten = card == .forgets
    }
    return SetUpOutcome(
      entry: saving.isForgotten
        ? SandboxEntry(saving: saving) : entry(for: saving, atMs: now, event: "made"),
      answer: saving.isForgotten ? .silence : standing(saving, atMs: now).answer)
  }

  func lookAtSetUp(_ reference: String, atMs now: Int64) -> SetUpOutcome {
    guard let saving = saving(reference: reference), !saving.isForgotten else {
      return SetUpOutcome(answer: .notFound)
    }
    return standing(saving, atMs: now)
  }

  func detach(_ token: String) -> SetUpOutcome {
    guard var saving = saving(token: token) else { return SetUpOutcome(answer: .notFound) }
    saving.state = .detached
    return SetUpOutcome(
      entry: SandboxEntry(saving: saving),
      answer: .report(SetUpReport(reference: "", state: .detached)))
  }

  /// As `confirmByClient` of intents.
  func saveByClient(_ reference: String, token: String?, atMs now: Int64) -> SandboxEntry? {
    guard var saving = saving(reference: reference), !saving.isForgotten,
      saving.silentUntilMs <= now, saving.state == .pending || saving.state == .requiresAction,
      let card = SandboxCard(token: token ?? saving.token)
    else { return nil }
    saving.choose(card, atMs: now)
    return entry(for: saving, atMs: now, event: "client")
  }

  private func standing(_ saving: SandboxSaving, atMs now: Int64) -> SetUpOutcome {
    saving.silentUntilMs > now ? .silence : SetUpOutcome(answer: .report(report(saving)))
  }

  private func entry(for saving: SandboxSaving, atMs now: Int64, event: String) -> SandboxEntry {
    let event = SandboxEvent(
      id: "\(saving.reference)_\(event)", kind: .methodChanged, subject: saving.method,
      dueMs: max(now, saving.silentUntilMs))
    return SandboxEntry(saving: saving, events: [event])
  }
}

extension SandboxSaving {
  fileprivate mutating func choose(_ card: SandboxCard, atMs now: Int64) {
    token = card.token(savedAs: method)
    state = card == .cannotBeSaved ? .failed : .active
    if card.silenceMs > 0 { silentUntilMs = now + card.silenceMs }
  }
}
