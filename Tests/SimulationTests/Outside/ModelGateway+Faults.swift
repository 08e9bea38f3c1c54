internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What the courier gets to hear: an answer, and what is really the matter some time later.
struct Reaction {
  let answer: ErrandAnswered.Answer
  let delayMs: Int64
  /// The answer that came when nobody waited for it any more.
  var late: (answer: ErrandAnswered.Answer, delayMs: Int64)?
}

extension ModelGateway {
  /// How long a courier waits.
  static let timeoutMs: Int64 = 30_000

  mutating func ask(_ question: Question) -> Reaction {
    let quickMs = dice.roll(20...2_500)
    guard isFaulty else { return Reaction(answer: perform(question), delayMs: quickMs) }
    switch dice.roll(0...999) {
    case 0..<20:
      note("broken before")
      return Reaction(answer: question.unanswered("http_500"), delayMs: quickMs)
    case 20..<45:
      note("broken after")
      _ = perform(question)
      return Reaction(answer: question.unanswered("http_500"), delayMs: quickMs)
    case 45..<60:
      note("hangs")
      later(.perform(question), in: dice.roll(Ms.second...20 * Ms.minute))
      return Reaction(answer: question.unanswered("timeout"), delayMs: ModelGateway.timeoutMs)
    case 60..<70:
      note("lost on the way")
      return Reaction(answer: question.unanswered("timeout"), delayMs: ModelGateway.timeoutMs)
    case 70..<90:
      note("late answer")
      let answer = perform(question)
      return Reaction(
        answer: question.unanswered("timeout"), delayMs: ModelGateway.timeoutMs,
        late: (answer, ModelGateway.timeoutMs + dice.roll(1...30 * Ms.minute)))
    case 90..<92:
      note("refused")
      return Reaction(answer: question.refused, delayMs: quickMs)
    case 92..<94:
      forget(question)
      return Reaction(answer: perform(question), delayMs: quickMs)
    default: return Reaction(answer: perform(question), delayMs: quickMs)
    }
  }

  /// Only what has taken no money, and takes none any more.
  private mutating func forget(_ question: Question) {
    guard case .confirm(let id, _, _) = question, let held = intents[id], held.state.isOpen,
      held.state != .processing
    else { return }
    note("forgets")
    setForgotten(id)
  }

  mutating func happen(_ deed: GatewayDeed) {
    switch deed {
    case .perform(let question): _ = perform(question)
    case .settle(let id): settle(id)
    case .settleRefund(let id): settleRefund(id, fails: isFaulty && dice.chance(150))
    case .openDispute(let id): openDispute(id)
    case .closeDispute(let id): closeDispute(id, isLost: dice.chance(500))
    case .payInBrowser(let id): payInBrowser(id)
    case .saveInBrowser(let id): saveInBrowser(id)
    }
  }

  /// What was taken for an appointment or a benefit, less what went back.
  func kept(for purpose: PaymentPurpose, _ ids: [PaymentIntentID]) -> Int64 {
    ids.reduce(0) { $0 + (intents[$1]?.kept ?? 0) }
  }
}

extension Question {
  func unanswered(_ why: String) -> ErrandAnswered.Answer {
    switch self {
    case .prepare(let id, _, _), .confirm(let id, _, _), .look(let id), .cancel(let id):
      .intent(id, .unknown(why))
    case .refund(let id, _, _), .lookAtRefund(let id): .refund(id, .unknown(why))
    case .setUp(let id, _), .lookAtSetUp(let id), .detach(let id): .method(id, .unknown(why))
    }
  }

  var refused: ErrandAnswered.Answer {
    let code = "invalid_request"
    return switch self {
    case .prepare(let id, _, _), .confirm(let id, _, _), .look(let id), .cancel(let id):
      .intent(id, .refused(code: code))
    case .refund(let id, _, _), .lookAtRefund(let id): .refund(id, .refused(code: code))
    case .setUp(let id, _), .lookAtSetUp(let id), .detach(let id):
      .method(id, .refused(code: code))
    }
  }
}
