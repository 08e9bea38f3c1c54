public import Availability
public import Intervals

/// What a client pays with, saved at a gateway: a token and what a person knows it by (P-7).
public struct PaymentMethod: Hashable, Sendable {
  public let id: PaymentMethodID
  public let client: ClientID
  public let gateway: String
  /// What the caller brought, or the gateway gave; empty until it is known.
  public internal(set) var choice: MethodChoice?
  /// The gateway's id of the saving (Stripe: SetupIntent); empty until it is known.
  public internal(set) var reference: String
  public internal(set) var state: PaymentMethodState
  /// Whether it is the one that is taken where none is named. At most one of a client's.
  public internal(set) var isDefault: Bool
  /// "visa"; empty until it is known, as are the last digits.
  public internal(set) var brand: String
  public internal(set) var lastDigits: String
  /// 0 until they are known.
  public internal(set) var expiryMonth: Int32
  public internal(set) var expiryYear: Int32
  /// Why it could not be saved, in the gateway's word.
  public internal(set) var failure: String
  public internal(set) var clientSecret: String
  public internal(set) var actionURL: String
  public internal(set) var errand: Errand?
  public internal(set) var version: Int64
  public let createdAt: Instant
  public internal(set) var changedAt: Instant

  public init(
    id: PaymentMethodID, client: ClientID, gateway: String, choice: MethodChoice?,
    reference: String = "", state: PaymentMethodState = .pending, isDefault: Bool = false,
    brand: String = "", lastDigits: String = "", expiryMonth: Int32 = 0, expiryYear: Int32 = 0,
    failure: String = "", clientSecret: String = "", actionURL: String = "", errand: Errand?,
    version: Int64 = 1, createdAt: Instant, changedAt: Instant
  ) {
    self.id = id
    self.client = client
    self.gateway = gateway
    self.choice = choice
    self.reference = reference
    self.state = state
    self.isDefault = isDefault
    self.brand = brand
    self.lastDigits = lastDigits
    self.expiryMonth = expiryMonth
    self.expiryYear = expiryYear
    self.failure = failure
    self.clientSecret = clientSecret
    self.actionURL = actionURL
    self.errand = errand
    self.version = version
    self.createdAt = createdAt
    self.changedAt = changedAt
  }
}

public enum PaymentMethodState: String, CaseIterable, Sendable {
  /// The gateway has not said yet, or the client is at it.
  case pending = "PENDING"
  /// The client has to confirm at their bank.
  case requiresAction = "REQUIRES_ACTION"
  case active = "ACTIVE"
  case failed = "FAILED"
  /// Taken away again.
  case detached = "DETACHED"
}
