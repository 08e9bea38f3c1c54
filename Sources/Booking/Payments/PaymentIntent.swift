public import Accounting
public import Availability
public import Intervals

/// An amount that is to be taken through a payment gateway, or was (Stripe: PaymentIntent).
///
/// One at a time for one thing: a second attempt, with another card too, goes on with the same intent, so that
/// the gateway itself cannot take the amount twice.
public struct PaymentIntent: Hashable, Sendable {
  public let id: PaymentIntentID
  public let purpose: PaymentPurpose
  public let client: ClientID
  /// The gateway's name: "sandbox", "stripe".
  public let gateway: String
  /// What it is to take, or took; more than 0.
  public internal(set) var amount: Money
  /// The gateway's own id of it; empty until the gateway has told.
  public internal(set) var reference: String
  /// What the attempt that runs, or the last one, pays with. Nil leaves it to the client's own browser.
  public internal(set) var source: MethodChoice?
  /// Whether the client is not there to confirm anything.
  public internal(set) var isOffSession: Bool
  /// Counts attempts to take the money, from 1; 0 before the first.
  public internal(set) var attempt: Int32
  public internal(set) var state: PaymentIntentState
  /// Why the last attempt failed, in the gateway's word: "card_declined"; empty where none did.
  public internal(set) var failure: String
  /// What the client's browser needs to pay; a secret of the client's, never logged.
  public internal(set) var clientSecret: String
  /// Where the client confirms; empty unless `requiresAction`.
  public internal(set) var actionURL: String
  /// Minor units of the amount's currency, as are the four after it: what was taken.
  public internal(set) var captured: Int64
  /// Of that, what was given back or is about to be.
  public internal(set) var refunded: Int64
  /// What the gateway kept for itself.
  public internal(set) var fee: Int64
  /// What the client's bank took back, or holds until a dispute is decided.
  public internal(set) var disputed: Int64
  public internal(set) var dispute: DisputeState
  /// What the gateway is to be asked next; nil where nothing is open.
  public internal(set) var errand: Errand?
  public internal(set) var version: Int64
  public let createdAt: Instant
  public internal(set) var changedAt: Instant

  public init(
    id: PaymentIntentID, purpose: PaymentPurpose, client: ClientID, gateway: String,
    amount: Money, reference: String = "", source: MethodChoice?, isOffSession: Bool,
    attempt: Int32 = 0, state: PaymentIntentState = .requiresPaymentMethod, failure: String = "",
    clientSecret: String = "", actionURL: String = "", captured: Int64 = 0, refunded: Int64 = 0,
    fee: Int64 = 0, disputed: Int64 = 0, dispute: DisputeState = .none, errand: Errand?,
    version: Int64 = 1, createdAt: Instant, changedAt: Instant
  ) {
    self.id = id
    self.purpose = purpose
    self.client = client
    self.gateway = gateway
    self.amount = amount
    self.reference = reference
    self.source = source
    self.isOffSession = isOffSession
    self.attempt = attempt
    self.state = state
    self.failure = failure
    self.clientSecret = clientSecret
    self.actionURL = actionURL
    self.captured = captured
    self.refunded = refunded
    self.fee = fee
    self.disputed = disputed
    self.dispute = dispute
    self.errand = errand
    self.version = version
    self.createdAt = createdAt
    self.changedAt = changedAt
  }
}

/// What is paid for.
public enum PaymentPurpose: Hashable, Sendable {
  /// What is claimed for it: the price, or the fee of cancelling.
  case appointment(AppointmentID)
  case benefit(BenefitID)
}

/// Where an intent is (Stripe's words).
public enum PaymentIntentState: String, CaseIterable, Sendable {
  /// Nothing was tried, or what was tried failed.
  case requiresPaymentMethod = "REQUIRES_PAYMENT_METHOD"
  /// The client has to confirm at their bank.
  case requiresAction = "REQUIRES_ACTION"
  /// Asked for, or on its way.
  case processing = "PROCESSING"
  case succeeded = "SUCCEEDED"
  case canceled = "CANCELED"

  /// Whether money may still be taken by it.
  public var isOpen: Bool {
    switch self {
    case .requiresPaymentMethod, .requiresAction, .processing: true
    case .succeeded, .canceled: false
    }
  }
}

/// What became of a client's complaint to their bank.
public enum DisputeState: String, CaseIterable, Sendable {
  case none = "NONE"
  /// The gateway holds the money back.
  case open = "OPEN"
  case won = "WON"
  case lost = "LOST"
}

/// What an attempt pays with. Tokens only: card numbers never come here (P-7).
public struct MethodChoice: Hashable, Sendable {
  /// The gateway's id of the method.
  public let token: String
  /// The gateway's id of the client; empty where it has none.
  public let customer: String
  /// Nil where it is not saved.
  public let saved: PaymentMethodID?

  public init(token: String, customer: String = "", saved: PaymentMethodID? = nil) {
    self.token = token
    self.customer = customer
    self.saved = saved
  }
}
