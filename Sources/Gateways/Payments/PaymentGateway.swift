public import Accounting
public import Availability
public import Booking
public import Intervals

/// Who takes money from cards and gives it back (P-7): one method for each kind of errand.
///
/// No method throws, and each can be asked again with the same wish: what was done once is not done twice.
/// Whatever leaves open what happened, such as a lost answer, is `unknown`. An intent that is past what is asked
/// (it has succeeded, or was canceled) is no error: the answer reports how it stands.
///
/// Nobody who implements it logs secrets, client secrets or tokens.
public protocol PaymentGateway: Sendable {
  /// As it is kept with what it did: "sandbox", "stripe".
  var name: String { get }

  /// Makes the intent, or tells it another amount. Takes no money.
  func prepare(_ wish: PreparedWish) async -> GatewayAnswer<IntentReport>
  /// Takes the money.
  func confirm(_ wish: ConfirmWish) async -> GatewayAnswer<IntentReport>
  /// - Parameter reference: `PaymentIntent.reference`.
  func look(reference: String) async -> GatewayAnswer<IntentReport>
  /// Takes no money any more. The report of an intent that had succeeded says so.
  func cancel(reference: String, intent: PaymentIntentID) async -> GatewayAnswer<IntentReport>

  func refund(_ wish: RefundWish) async -> GatewayAnswer<RefundReport>
  /// - Parameters:
  ///   - reference: `Payment.reference`; where it is empty, the refund is sought by its id among the intent's.
  ///   - intentReference: `PaymentIntent.reference`.
  func lookAtRefund(
    reference: String, refund: PaymentID, intentReference: String
  ) async -> GatewayAnswer<RefundReport>

  /// Saves a payment method for when the client is not there; makes the client known to the gateway first.
  func setUp(_ wish: SetUpWish) async -> GatewayAnswer<SetUpReport>
  /// - Parameter reference: `PaymentMethod.reference`.
  func lookAtSetUp(reference: String) async -> GatewayAnswer<SetUpReport>
  /// Forgets a saved payment method. The report's reference is empty, its state `detached`, also where it was that
  /// before.
  func detach(token: String) async -> GatewayAnswer<SetUpReport>

  /// Reads what the gateway sent by itself. May ask the gateway what it is about.
  func read(_ webhook: Webhook, now: Instant) async -> WebhookReading
}

/// An intent as it is to be at the gateway.
public struct PreparedWish: Hashable, Sendable {
  public let intent: PaymentIntentID
  /// Empty makes the intent; otherwise it is the one that is to be changed.
  public let reference: String
  /// More than 0.
  public let amount: Money
  /// The gateway's id of the client; empty where it has none.
  public let customer: String
  /// For the client's bank statement and the gateway's pages; says nothing of the therapy.
  public let description: String
  /// Whether the client's own browser will confirm it; otherwise only we can. Is fixed when it is made.
  public let confirmsInBrowser: Bool

  public init(
    intent: PaymentIntentID, reference: String = "", amount: Money, customer: String = "",
    description: String = "", confirmsInBrowser: Bool = false
  ) {
    self.intent = intent
    self.reference = reference
    self.amount = amount
    self.customer = customer
    self.description = description
    self.confirmsInBrowser = confirmsInBrowser
  }
}

/// An attempt to take an intent's money.
public struct ConfirmWish: Hashable, Sendable {
  /// `PaymentIntent.reference`.
  public let reference: String
  public let intent: PaymentIntentID
  /// `PaymentIntent.attempt`: the same attempt is made once.
  public let attempt: Int32
  /// The gateway's id of what to pay with.
  public let token: String
  /// Empty where the gateway does not know the client.
  public let customer: String
  /// Whether the client is not there to confirm anything.
  public let isOffSession: Bool
  /// Where the client's browser goes after confirming at the bank; empty if nowhere.
  public let returnURL: String
  /// Whether the method is to be kept for later payments; takes a customer.
  public let saves: Bool

  public init(
    reference: String, intent: PaymentIntentID, attempt: Int32, token: String,
    customer: String = "", isOffSession: Bool, returnURL: String = "", saves: Bool = false
  ) {
    self.reference = reference
    self.intent = intent
    self.attempt = attempt
    self.token = token
    self.customer = customer
    self.isOffSession = isOffSession
    self.returnURL = returnURL
    self.saves = saves
  }
}

/// Money that is to go back, in whole or in part.
public struct RefundWish: Hashable, Sendable {
  public let refund: PaymentID
  /// `PaymentIntent.reference`.
  public let intentReference: String
  /// More than 0; in the intent's currency.
  public let amount: Money
  /// Free text about a client: it stays in the house, Stripe is not told.
  public let reason: String

  public init(refund: PaymentID, intentReference: String, amount: Money, reason: String = "") {
    self.refund = refund
    self.intentReference = intentReference
    self.amount = amount
    self.reason = reason
  }
}

/// A payment method that is to be saved.
public struct SetUpWish: Hashable, Sendable {
  public let method: PaymentMethodID
  public let client: ClientID
  /// The gateway's id of it; empty leaves it to the client's own browser.
  public let token: String
  /// The gateway's id of the client; where it is empty, one is made.
  public let customer: String
  /// Where the client's browser goes after confirming at the bank; empty if nowhere.
  public let returnURL: String

  public init(
    method: PaymentMethodID, client: ClientID, token: String = "", customer: String = "",
    returnURL: String = ""
  ) {
    self.method = method
    self.client = client
    self.token = token
    self.customer = customer
    self.returnURL = returnURL
  }
}

/// What came to the address that a gateway sends its news to.
public struct Webhook: Sendable {
  /// Names in whatever case they came.
  public let headers: [(name: String, value: String)]
  /// As it came: the signature is over its bytes.
  public let body: [UInt8]

  public init(headers: [(name: String, value: String)], body: [UInt8]) {
    self.headers = headers
    self.body = body
  }

  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// What a webhook says.
public enum WebhookReading: Hashable, Sendable {
  case event(GatewayEvent)
  /// Genuine, but none of our business: it is to be answered as received.
  /// - Parameter kind: the gateway's word for it, such as "payout.paid".
  case ignored(kind: String)
  /// Genuine, but cannot be understood now: the gateway is to send it again.
  case later(reason: String)
  /// Not the gateway's, too old, or no webhook.
  case refused(reason: String)
}
