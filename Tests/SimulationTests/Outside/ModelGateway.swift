internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What a gateway can be asked, with all that it has to know.
enum Question {
  case prepare(PaymentIntentID, Money, PaymentPurpose)
  /// - Parameter key: the same is done once.
  case confirm(PaymentIntentID, key: Int32, isOffSession: Bool)
  case look(PaymentIntentID)
  case cancel(PaymentIntentID)
  case refund(PaymentID, PaymentIntentID, Int64)
  case lookAtRefund(PaymentID)
  case setUp(PaymentMethodID, token: String?)
  case lookAtSetUp(PaymentMethodID)
  case detach(PaymentMethodID)
}

/// What happens at the gateway by itself.
enum GatewayDeed {
  /// A question that was answered by silence is done after all.
  case perform(Question)
  /// A payment that takes days.
  case settle(PaymentIntentID)
  case settleRefund(PaymentID)
  case openDispute(PaymentIntentID)
  case closeDispute(PaymentIntentID)
  /// The client pays there, in their own browser.
  case payInBrowser(PaymentIntentID)
  case saveInBrowser(PaymentMethodID)
}

/// What a gateway has of an intent: the truth about the money.
struct HeldIntent {
  let id: PaymentIntentID
  let purpose: PaymentPurpose
  var amount: Money
  var state = PaymentIntentState.requiresPaymentMethod
  var captured: Int64 = 0
  var fee: Int64 = 0
  var failure = ""
  /// Attempts that were made, by key.
  var made: Set<Int32> = []
  /// What was given back, or is on its way.
  var refunded: Int64 = 0
  /// What the bank holds, then what it took for good.
  var disputed: Int64 = 0
  var lost: Int64 = 0
  var wasDisputed = false
  var refundsPending = 0
  var isForgotten = false

  var kept: Int64 { captured - refunded - lost }
}

struct HeldRefund {
  let intent: PaymentIntentID
  let amount: Int64
  var state: MovementState
}

/// A payment gateway that does what gateways do: declines, asks for confirmation, breaks before and after doing
/// something, hangs, forgets, and tells of it once, twice, never, or in another order. Knows nothing of our code but
/// the words.
struct ModelGateway {
  static let name = "model"
  /// False: it does what it is asked, and answers at once.
  var isFaulty = true
  private(set) var intents: [PaymentIntentID: HeldIntent] = [:]
  private(set) var refunds: [PaymentID: HeldRefund] = [:]
  private var methods: [PaymentMethodID: PaymentMethodState] = [:]
  /// What it is about to tell, or to do, and in how many milliseconds.
  var pending: [(item: GatewayPending, delayMs: Int64)] = []
  /// Refunds that were asked for beyond what was taken.
  private(set) var overRefunds: [PaymentID] = []
  private(set) var faults: [String: Int] = [:]
  private(set) var charges = 0
  private(set) var disputes = 0
  private var told = 0
  var dice: Dice

  init(seed: UInt64) {
    dice = Dice(seed: seed)
  }

  mutating func note(_ fault: String) { faults[fault, default: 0] += 1 }
}

enum GatewayPending {
  case deed(GatewayDeed)
  case news(GatewayEvent)
}

extension ModelGateway {
  /// Does what is asked: each once, however often it is asked for.
  mutating func perform(_ question: Question) -> ErrandAnswered.Answer {
    switch question {
    case .prepare(let id, let amount, let purpose):
      return .intent(id, prepare(id, amount, purpose))
    case .confirm(let id, let key, let isOffSession):
      return .intent(id, confirm(id, key, isOffSession))
    case .look(let id): return .intent(id, report(id))
    case .cancel(let id):
      if let held = intents[id], held.state.isOpen, held.state != .processing, !held.isForgotten {
        intents[id]?.state = .canceled
        tell(.intentChanged(id))
      }
      return .intent(id, report(id))
    case .refund(let id, let intent, let amount): return .refund(id, refund(id, intent, amount))
    case .lookAtRefund(let id): return .refund(id, report(id))
    case .setUp(let id, let token): return .method(id, setUp(id, token))
    case .lookAtSetUp(let id): return .method(id, report(id))
    case .detach(let id):
      methods[id] = .detached
      return .method(id, .report(SetUpReport(reference: "", state: .detached)))
    }
  }

  private mutating func prepare(
    _ id: PaymentIntentID, _ amount: Money, _ purpose: PaymentPurpose
  ) -> GatewayAnswer<IntentReport> {
    if intents[id] == nil { intents[id] = HeldIntent(id: id, purpose: purpose, amount: amount) }
    // What is on its way or done can be told no other amount.
    if let held = intents[id], held.state == .requiresPaymentMethod || held.state == .requiresAction
    {
      intents[id]?.amount = amount
    }
    return report(id)
  }

  private mutating func confirm(
    _ id: PaymentIntentID, _ key: Int32, _ isOffSession: Bool
  ) -> GatewayAnswer<IntentReport> {
    guard let held = intents[id], !held.isForgotten else { return .notFound }
    let isWaiting = held.state == .requiresPaymentMethod || held.state == .requiresAction
    if isWaiting, !held.made.contains(key) {
      intents[id]?.made.insert(key)
      attempt(id)
    }
    return report(id)
  }

  /// What the client's bank says.
  private mutating func attempt(_ id: PaymentIntentID) {
    let wasConfirmed = intents[id]?.state == .requiresAction
    switch dice.roll(0...999) {
    case 0..<130:
      intents[id]?.state = .requiresPaymentMethod
      intents[id]?.failure = dice.pick(["card_declined", "insufficient_funds", "expired_card"])
      tell(.intentChanged(id))
    case 130..<220 where !wasConfirmed:
      intents[id]?.state = .requiresAction
      intents[id]?.failure = ""
      tell(.intentChanged(id))
    case 220..<250:
      intents[id]?.state = .processing
      intents[id]?.failure = ""
      later(.settle(id), in: dice.pick([Ms.minute, 10 * Ms.minute, Ms.hour, 30 * Ms.hour]))
    default: capture(id)
    }
  }

  private mutating func capture(_ id: PaymentIntentID) {
    guard let held = intents[id], held.state.isOpen else { return }
    charges += 1
    let amount = held.amount.minorUnits
    intents[id]?.state = .succeeded
    intents[id]?.failure = ""
    intents[id]?.captured += amount
    intents[id]?.fee = min(amount, amount * 14 / 1_000 + 25)
    tell(.intentChanged(id))
    if dice.chance(15) { later(.openDispute(id), in: dice.roll(Ms.hour...30 * Ms.day)) }
  }

  /// Money is taken under another reference than the one that is known.
  mutating func captureAgain(_ id: PaymentIntentID) {
    guard let held = intents[id] else { return }
    intents[id]?.captured += held.amount.minorUnits
    if held.state.isOpen { intents[id]?.state = .succeeded }
  }

  private func report(_ id: PaymentIntentID) -> GatewayAnswer<IntentReport> {
    guard let held = intents[id], !held.isForgotten else { return .notFound }
    return .report(
      IntentReport(
        reference: "pi_\(id.rawValue)", state: held.state, captured: held.captured, fee: held.fee,
        failure: held.failure, clientSecret: "secret",
        actionURL: held.state == .requiresAction ? "https://bank.example" : ""))
  }

  private mutating func refund(
    _ id: PaymentID, _ intent: PaymentIntentID, _ amount: Int64
  ) -> GatewayAnswer<RefundReport> {
    if refunds[id] != nil { return report(id) }
    guard let held = intents[intent], !held.isForgotten else { return .notFound }
    if held.refunded + amount > held.captured { overRefunds.append(id) }
    guard amount <= held.kept - held.disputed else { return .refused(code: "charge_disputed") }
    let state: MovementState =
      switch isFaulty ? dice.roll(0...99) : 99 {
      case 0..<3: .failed
      case 3..<13: .pending
      default: .succeeded
      }
    refunds[id] = HeldRefund(intent: intent, amount: amount, state: state)
    if state != .failed { intents[intent]?.refunded += amount }
    if state == .pending {
      intents[intent]?.refundsPending += 1
      later(.settleRefund(id), in: dice.roll(Ms.minute...5 * Ms.day))
    }
    tell(.refundChanged(id))
    return report(id)
  }

  private func report(_ id: PaymentID) -> GatewayAnswer<RefundReport> {
    guard let refund = refunds[id] else { return .notFound }
    return .report(
      RefundReport(
        reference: "re_\(id.rawValue)", state: refund.state,
        failure: refund.state == .failed ? "expired_or_canceled_card" : ""))
  }

  private mutating func setUp(
    _ id: PaymentMethodID, _ token: String?
  ) -> GatewayAnswer<SetUpReport> {
    if methods[id] == nil {
      methods[id] =
        token == nil
        ? .pending : dice.pick([.active, .active, .active, .active, .requiresAction, .failed])
      if methods[id] != .active, methods[id] != .failed {
        later(.saveInBrowser(id), in: dice.roll(Ms.minute...Ms.hour))
      }
    }
    return report(id)
  }

  private func report(_ id: PaymentMethodID) -> GatewayAnswer<SetUpReport> {
    guard let state = methods[id] else { return .notFound }
    return .report(
      SetUpReport(
        reference: "seti_\(id.rawValue)", state: state,
        choice: state == .active
          ? MethodChoice(token: "pm_\(id.rawValue)", customer: "cus") : nil, brand: "visa",
        lastDigits: "4242", failure: state == .failed ? "card_declined" : ""))
  }

  mutating func later(_ deed: GatewayDeed, in delayMs: Int64) {
    pending.append((.deed(deed), delayMs))
  }

  /// Once, twice, or never, soon or much later. Of a dispute it is told at least once.
  mutating func tell(_ news: GatewayEvent.News, atLeastOnce: Bool = false) {
    let share = isFaulty ? dice.roll(0...99) : 50
    if share < 15, !atLeastOnce { return note("news never") }
    told += 1
    let event = GatewayEvent(gateway: ModelGateway.name, id: "evt_\(told)", news: news)
    let times = share >= 88 ? 2 : 1
    if times == 2 { note("news twice") }
    for _ in 0..<times {
      let isSlow = isFaulty && dice.chance(150)
      if isSlow { note("news late") }
      pending.append((.news(event), isSlow ? dice.roll(0...6 * Ms.hour) : dice.roll(0...3_000)))
    }
  }
}

/// What happens there by itself.
extension ModelGateway {
  mutating func settle(_ id: PaymentIntentID) {
    guard intents[id]?.state == .processing else { return }
    if isFaulty, dice.chance(200) {
      intents[id]?.state = .requiresPaymentMethod
      intents[id]?.failure = "card_declined"
      tell(.intentChanged(id))
    } else {
      capture(id)
    }
  }

  mutating func settleRefund(_ id: PaymentID, fails: Bool) {
    guard let refund = refunds[id], refund.state == .pending else { return }
    refunds[id]?.state = fails ? .failed : .succeeded
    intents[refund.intent]?.refundsPending -= 1
    if fails { intents[refund.intent]?.refunded -= refund.amount }
    tell(.refundChanged(id))
  }

  mutating func openDispute(_ id: PaymentIntentID) {
    guard let held = intents[id], !held.wasDisputed, held.refundsPending == 0,
      held.kept > 0
    else { return }
    disputes += 1
    intents[id]?.wasDisputed = true
    intents[id]?.disputed = held.kept
    tell(.disputed(id, .open, amount: held.kept), atLeastOnce: true)
    later(.closeDispute(id), in: dice.roll(5 * Ms.day...20 * Ms.day))
  }

  mutating func closeDispute(_ id: PaymentIntentID, isLost: Bool) {
    guard let held = intents[id], held.disputed > 0 else { return }
    intents[id]?.disputed = 0
    if isLost { intents[id]?.lost = held.disputed }
    tell(.disputed(id, isLost ? .lost : .won, amount: held.disputed), atLeastOnce: true)
  }

  mutating func payInBrowser(_ id: PaymentIntentID) {
    guard let held = intents[id], !held.isForgotten,
      held.state == .requiresPaymentMethod || held.state == .requiresAction
    else { return }
    attempt(id)
  }

  mutating func saveInBrowser(_ id: PaymentMethodID) {
    guard let state = methods[id], state == .pending || state == .requiresAction else { return }
    methods[id] = dice.pick([.active, .active, .active, .failed])
    tell(.methodChanged(id))
  }

  mutating func setForgotten(_ id: PaymentIntentID) { intents[id]?.isForgotten = true }
}
