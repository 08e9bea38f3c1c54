internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// Carries errands to the gateway and answers back, as the real one does: what is due is read, asked, and the answer
/// recorded. What it had asked and not recorded as its process ends is forgotten.
struct ModelCourier {
  private struct Kept {
    let number: Int64
    /// The run of the process in which it was recorded.
    let run: Int
  }

  /// Counts how often the process was started.
  private(set) var run = 1
  private var kept: [ErrandSubject: Kept] = [:]
  /// Those that were asked in this run and are not answered yet, in the order in which they were asked.
  private var asked: [(subject: ErrandSubject, number: Int64)] = []
  /// The last attempt that was asked for, and whether it was looked up since.
  private var attempts: [PaymentIntentID: (attempt: Int32, isKnown: Bool)] = [:]

  mutating func recorded(_ errand: Errand, of subject: ErrandSubject) {
    if kept[subject]?.number != errand.number {
      kept[subject] = Kept(number: errand.number, run: run)
    }
  }

  /// After a start, what may have been asked before is looked up first.
  func kind(_ errand: Errand, of subject: ErrandSubject, isCareful: Bool) -> ErrandKind {
    guard isCareful, let row = kept[subject], row.run < run else { return errand.kind }
    switch errand.kind {
    case .confirm: return .look
    case .refund: return .lookAtRefund
    case .prepare, .look, .cancel, .lookAtRefund, .setUp, .lookAtSetUp, .detach:
      return errand.kind
    }
  }

  mutating func asks(_ errand: Errand, of subject: ErrandSubject) {
    asked.append((subject, errand.number))
  }

  mutating func heard(about subject: ErrandSubject, _ number: Int64) {
    asked.removeAll { $0.subject == subject && $0.number == number }
  }

  /// All that it knew is lost.
  /// - Returns: what is due again.
  mutating func crash() -> [(subject: ErrandSubject, number: Int64)] {
    defer { asked = [] }
    run += 1
    return asked
  }

  /// P-8: an attempt is made again only once it is known that it never got there.
  mutating func require(
    knowledgeBefore kind: ErrandKind, attempt: Int32, of id: PaymentIntentID
  ) throws(Violation) {
    switch kind {
    case .look, .cancel: attempts[id]?.isKnown = true
    case .confirm:
      if let last = attempts[id] {
        guard last.isKnown else {
          throw Violation(
            law: "an attempt is looked up before it is made again", subject: id.text,
            detail: "attempt \(attempt) after \(last.attempt)")
        }
      }
      attempts[id] = (attempt, false)
    case .prepare, .refund, .lookAtRefund, .setUp, .lookAtSetUp, .detach: break
    }
  }

  /// What came of an attempt was told.
  mutating func knows(_ id: PaymentIntentID) { attempts[id]?.isKnown = true }
}

extension Simulation {
  func errandIsDue(_ subject: ErrandSubject, _ number: Int64) throws {
    guard let errand = world.errand(subject), errand.number == number else { return }
    if isFaulty, dice.chance(2) {
      // Read, and not asked.
      courier.asks(errand, of: subject)
      return restart()
    }
    let kind = courier.kind(errand, of: subject, isCareful: bug != .asksAgainAfterCrash)
    guard let question = question(kind, of: subject) else { return }
    if case .intent(let id) = subject, let intent = world.intent(id) {
      try courier.require(knowledgeBefore: kind, attempt: intent.attempt, of: id)
    }
    courier.asks(errand, of: subject)
    asked += 1
    note(subject, "asked \(kind.rawValue) \(number)")
    let reaction = gateway.ask(question)
    if bug == .chargesUnderNewKey, kind == .confirm,
      case .intent(let id, .unknown) = reaction.answer
    {
      gateway.captureAgain(id)
    }
    drain()
    agenda.add(
      .answer(
        ErrandAnswered(kind: kind, number: number, answer: reaction.answer), run: courier.run),
      at: now.advanced(byMs: reaction.delayMs))
    if let late = reaction.late {
      agenda.add(
        .lateAnswer(ErrandAnswered(kind: kind, number: number, answer: late.answer)),
        at: now.advanced(byMs: late.delayMs))
    }
    // Asked, and not recorded.
    if isFaulty, dice.chance(2) { restart() }
  }

  func answered(_ answered: ErrandAnswered, run: Int) throws {
    guard run == courier.run else { return }
    let subject = answered.subject
    // The transaction was written, and the process ended: what is recorded is not asked again.
    let ends = isFaulty && dice.chance(1)
    courier.heard(about: subject, answered.number)
    try record(answered)
    if ends { restart() }
  }

  func record(_ answered: ErrandAnswered) throws {
    if case .intent(let id, .report) = answered.answer { courier.knows(id) }
    if case .intent(let id, .refused) = answered.answer { courier.knows(id) }
    note(answered.subject, "answer to \(answered.kind.rawValue) \(answered.number)")
    try perform(.errandAnswered(answered), by: .gateway(ModelGateway.name))
  }

  private func restart() {
    crashes += 1
    let back = now.advanced(byMs: dice.roll(100...20_000))
    for (subject, number) in courier.crash() { agenda.add(.errand(subject, number), at: back) }
  }

  private func question(_ kind: ErrandKind, of subject: ErrandSubject) -> Question? {
    switch subject {
    case .intent(let id):
      guard let intent = world.intent(id) else { return nil }
      switch kind {
      case .prepare: return .prepare(id, intent.amount, intent.purpose)
      case .confirm:
        return .confirm(id, key: intent.attempt, isOffSession: intent.isOffSession)
      case .look: return .look(id)
      case .cancel: return .cancel(id)
      case .refund, .lookAtRefund, .setUp, .lookAtSetUp, .detach: return nil
      }
    case .refund(let id):
      guard let refund = world.refund(id), case .gateway(let intent) = refund.source else {
        return nil
      }
      return kind == .refund ? .refund(id, intent, refund.amount.minorUnits) : .lookAtRefund(id)
    case .method(let id):
      switch kind {
      case .setUp: return .setUp(id, token: world.methods[id]?.choice?.token)
      case .lookAtSetUp: return .lookAtSetUp(id)
      case .detach: return .detach(id)
      case .prepare, .confirm, .look, .cancel, .refund, .lookAtRefund: return nil
      }
    }
  }
}

extension ErrandAnswered {
  var subject: ErrandSubject {
    switch answer {
    case .intent(let id, _): .intent(id)
    case .refund(let id, _): .refund(id)
    case .method(let id, _): .method(id)
    }
  }
}
