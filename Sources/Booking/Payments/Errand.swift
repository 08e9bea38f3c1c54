public import Availability
public import Intervals

/// What a gateway is to be asked next about one thing: recorded before it is asked (P-8).
public struct Errand: Hashable, Sendable {
  public let kind: ErrandKind
  /// The version of the thing that set it. An answer to an older one tells what happened, and does not end this one.
  public let number: Int64
  /// Not before.
  public let due: Instant
  /// How often it was asked, and not answered.
  public let tries: Int32

  public init(kind: ErrandKind, number: Int64, due: Instant, tries: Int32 = 0) {
    self.kind = kind
    self.number = number
    self.due = due
    self.tries = tries
  }
}

public enum ErrandKind: String, CaseIterable, Sendable {
  /// Make the intent at the gateway, or tell it the amount anew. Takes no money, so it can be repeated.
  case prepare = "PREPARE"
  /// Take the money. After an unknown answer the intent is looked up first.
  case confirm = "CONFIRM"
  /// What became of it?
  case look = "LOOK"
  /// Take no money any more.
  case cancel = "CANCEL"
  /// Give money back.
  case refund = "REFUND"
  /// What became of the refund?
  case lookAtRefund = "LOOK_AT_REFUND"
  /// Save a payment method for a client.
  case setUp = "SET_UP"
  /// Was it saved?
  case lookAtSetUp = "LOOK_AT_SET_UP"
  /// Forget a saved payment method.
  case detach = "DETACH"
}

/// What an errand is about.
public enum ErrandSubject: Hashable, Sendable {
  case intent(PaymentIntentID)
  /// A refund that goes through a gateway.
  case refund(PaymentID)
  case method(PaymentMethodID)
}

/// What came of asking a gateway.
public enum GatewayAnswer<Report: Hashable & Sendable>: Hashable, Sendable {
  /// How the thing stands at the gateway.
  case report(Report)
  /// The gateway did not do it, and will not: in its word, "invalid_request".
  case refused(code: String)
  /// The gateway has no such thing.
  case notFound
  /// No answer, or none that says what happened: it may have been done.
  case unknown(String)
}

/// How an intent stands at the gateway.
public struct IntentReport: Hashable, Sendable {
  public let reference: String
  public let state: PaymentIntentState
  /// Minor units; what was taken in all.
  public let captured: Int64
  /// Minor units; what the gateway keeps of it.
  public let fee: Int64
  /// Of the last attempt, in the gateway's word; empty where it did not fail.
  public let failure: String
  public let clientSecret: String
  public let actionURL: String

  public init(
    reference: String, state: PaymentIntentState, captured: Int64 = 0, fee: Int64 = 0,
    failure: String = "", clientSecret: String = "", actionURL: String = ""
  ) {
    self.reference = reference
    self.state = state
    self.captured = captured
    self.fee = fee
    self.failure = failure
    self.clientSecret = clientSecret
    self.actionURL = actionURL
  }
}

/// How a refund stands at the gateway.
public struct RefundReport: Hashable, Sendable {
  public let reference: String
  public let state: MovementState
  /// In the gateway's word; empty where it did not fail.
  public let failure: String

  public init(reference: String, state: MovementState, failure: String = "") {
    self.reference = reference
    self.state = state
    self.failure = failure
  }
}

/// How the saving of a payment method stands at the gateway (Stripe: SetupIntent).
public struct SetUpReport: Hashable, Sendable {
  /// The gateway's id of the saving.
  public let reference: String
  public let state: PaymentMethodState
  public let choice: MethodChoice?
  /// "visa"; empty until it is known, as are the last digits.
  public let brand: String
  public let lastDigits: String
  /// 0 until they are known.
  public let expiryMonth: Int32
  public let expiryYear: Int32
  public let failure: String
  public let clientSecret: String
  public let actionURL: String

  public init(
    reference: String, state: PaymentMethodState, choice: MethodChoice? = nil, brand: String = "",
    lastDigits: String = "", expiryMonth: Int32 = 0, expiryYear: Int32 = 0, failure: String = "",
    clientSecret: String = "", actionURL: String = ""
  ) {
    self.reference = reference
    self.state = state
    self.choice = choice
    self.brand = brand
    self.lastDigits = lastDigits
    self.expiryMonth = expiryMonth
    self.expiryYear = expiryYear
    self.failure = failure
    self.clientSecret = clientSecret
    self.actionURL = actionURL
  }
}

/// An errand that was run, with what came of it.
public struct ErrandAnswered: Hashable, Sendable {
  public enum Answer: Hashable, Sendable {
    case intent(PaymentIntentID, GatewayAnswer<IntentReport>)
    case refund(PaymentID, GatewayAnswer<RefundReport>)
    case method(PaymentMethodID, GatewayAnswer<SetUpReport>)
  }

  public let kind: ErrandKind
  /// `Errand.number`.
  public let number: Int64
  public let answer: Answer

  public init(kind: ErrandKind, number: Int64, answer: Answer) {
    self.kind = kind
    self.number = number
    self.answer = answer
  }
}

/// What a gateway tells by itself (a webhook): at least once, in any order, maybe before its own answer.
public struct GatewayEvent: Hashable, Sendable {
  public enum News: Hashable, Sendable {
    /// Something about this intent or its refunds changed: it is to be looked up.
    case intentChanged(PaymentIntentID)
    case refundChanged(PaymentID)
    case methodChanged(PaymentMethodID)
    /// - Parameter amount: minor units; what the bank holds or took back.
    case disputed(PaymentIntentID, DisputeState, amount: Int64)
  }

  public let gateway: String
  /// The gateway's id of the event: the same is told once.
  public let id: String
  public let news: News

  public init(gateway: String, id: String, news: News) {
    self.gateway = gateway
    self.id = id
    self.news = news
  }
}
