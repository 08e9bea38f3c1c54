public import Accounting
public import Availability
public import Intervals

/// What to pay with.
public enum SourceWish: Hashable, Sendable {
  /// One that is saved; it must be the client's.
  case saved(PaymentMethodID)
  /// The gateway's token of one that is not saved.
  case token(String)
}

/// A payment to begin through a gateway (P-3, P-4), or to go on with.
public struct BeginWish: Hashable, Sendable {
  public let appointment: AppointmentID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  /// Nil leaves it to the client's own browser, by the intent's client secret.
  public let source: SourceWish?
  /// Whether the client is not there to confirm anything.
  public let isOffSession: Bool
  /// The gateway that this server has; nil where it has none, and the money moves outside.
  public let gateway: String?

  public init(
    appointment: AppointmentID, seenVersion: Int64?, source: SourceWish?, isOffSession: Bool,
    gateway: String?
  ) {
    self.appointment = appointment
    self.seenVersion = seenVersion
    self.source = source
    self.isOffSession = isOffSession
    self.gateway = gateway
  }
}

/// Money to give back through the gateway that took it (P-6).
public struct RefundWish: Hashable, Sendable {
  public let purpose: PaymentPurpose
  /// The appointment's or benefit's version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  /// More than 0; nil is all that can be given back.
  public let amount: Money?
  public let reason: String

  public init(purpose: PaymentPurpose, seenVersion: Int64?, amount: Money?, reason: String) {
    self.purpose = purpose
    self.seenVersion = seenVersion
    self.amount = amount
    self.reason = reason
  }
}

/// A payment method to save for a client.
public struct SetUpWish: Hashable, Sendable {
  public let client: ClientID
  /// The gateway's token of it; nil leaves it to the client's own browser, by the client secret.
  public let token: String?
  public let makeDefault: Bool
  public let gateway: String
  /// Chosen by the caller; nil lets the decision make one.
  public let id: PaymentMethodID?

  public init(
    client: ClientID, token: String?, makeDefault: Bool, gateway: String, id: PaymentMethodID?
  ) {
    self.client = client
    self.token = token
    self.makeDefault = makeDefault
    self.gateway = gateway
    self.id = id
  }
}

/// What is wanted of a saved payment method.
public struct MethodWish: Hashable, Sendable {
  public enum Change: Hashable, Sendable {
    case makeDefault
    case detach
    /// Ask the gateway how it stands: the client says that they are done.
    case refresh
  }

  public let method: PaymentMethodID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  public let change: Change

  public init(method: PaymentMethodID, seenVersion: Int64?, change: Change) {
    self.method = method
    self.seenVersion = seenVersion
    self.change = change
  }
}

/// A benefit to put into a client's account (P-5).
public struct BenefitWish: Hashable, Sendable {
  /// How it comes to the client.
  public enum Payment: Hashable, Sendable {
    /// Given by staff.
    case granted
    /// Paid outside, and recorded by hand.
    case byHand(method: String)
    /// Paid through the gateway; it is pending until then.
    case through(gateway: String, SourceWish?)
  }

  public let client: ClientID
  public let kind: BenefitForm
  /// What it is worth; of sessions, what they are sold for.
  public let value: Money
  /// 0 where it has a value.
  public let sessions: Int32
  public let services: [ServiceID]
  public let expiresAt: Instant?
  public let note: String
  public let payment: Payment
  /// Chosen by the caller; nil lets the decision make one.
  public let id: BenefitID?

  public init(
    client: ClientID, kind: BenefitForm, value: Money, sessions: Int32, services: [ServiceID],
    expiresAt: Instant?, note: String, payment: Payment, id: BenefitID?
  ) {
    self.client = client
    self.kind = kind
    self.value = value
    self.sessions = sessions
    self.services = services
    self.expiresAt = expiresAt
    self.note = note
    self.payment = payment
    self.id = id
  }
}

/// Money that was paid out to a therapist (P-10).
public struct PayoutWish: Hashable, Sendable {
  public let therapist: TherapistID
  /// More than 0.
  public let amount: Money
  public let method: String
  public let note: String

  public init(therapist: TherapistID, amount: Money, method: String, note: String) {
    self.therapist = therapist
    self.amount = amount
    self.method = method
    self.note = note
  }
}

/// Money that was paid out to a therapist.
public struct Payout: Hashable, Sendable {
  public let id: PayoutID
  public let therapist: TherapistID
  public let amount: Money
  public let method: String
  public let note: String
  public let at: Instant

  public init(
    id: PayoutID, therapist: TherapistID, amount: Money, method: String, note: String, at: Instant
  ) {
    self.id = id
    self.therapist = therapist
    self.amount = amount
    self.method = method
    self.note = note
    self.at = at
  }
}
