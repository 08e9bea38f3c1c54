public import Accounting
public import Availability
public import Intervals

/// Money that moved: came in for something, or was given back.
public struct Payment: Hashable, Sendable {
  public enum Direction: String, CaseIterable, Sendable {
    /// From the client.
    case payment = "PAYMENT"
    /// Back to the client.
    case refund = "REFUND"
  }

  public let id: PaymentID
  public let purpose: PaymentPurpose
  public let direction: Direction
  public let source: MoneySource
  /// More than 0.
  public let amount: Money
  /// How, as the partner names it; "card" or "benefit" where no one did.
  public let method: String
  /// For the record; of a refund, why (P-6).
  public let note: String
  /// Minor units: what it takes from, or gives back to, the value of the benefit that it comes from. Less than the
  /// amount where a session was given away or sold for less.
  public let benefitValue: Int64
  /// Of a refund, the payment of which it gives back; nil where it was recorded by hand.
  public let returns: PaymentID?
  /// Only what goes back through a gateway is ever pending or fails.
  public internal(set) var state: MovementState
  /// Of a refund, the gateway's own id; empty until it is known.
  public internal(set) var reference: String
  /// Of a refund that failed, why, in the gateway's word.
  public internal(set) var failure: String
  public internal(set) var errand: Errand?
  /// Grows by one with every change, from 1.
  public internal(set) var version: Int64
  public let at: Instant

  public init(
    id: PaymentID, purpose: PaymentPurpose, direction: Direction, source: MoneySource = .hand,
    amount: Money, method: String, note: String, benefitValue: Int64 = 0,
    returns: PaymentID? = nil, state: MovementState = .succeeded, reference: String = "",
    failure: String = "",
    errand: Errand? = nil, version: Int64 = 1, at: Instant
  ) {
    self.id = id
    self.purpose = purpose
    self.direction = direction
    self.source = source
    self.amount = amount
    self.method = method
    self.note = note
    self.benefitValue = benefitValue
    self.returns = returns
    self.state = state
    self.reference = reference
    self.failure = failure
    self.errand = errand
    self.version = version
    self.at = at
  }
}

/// Where money comes from, or goes back to.
public enum MoneySource: Hashable, Sendable {
  /// Moved outside, and recorded by hand.
  case hand
  case gateway(PaymentIntentID)
  case benefit(BenefitID)
}

public enum MovementState: String, CaseIterable, Sendable {
  case pending = "PENDING"
  case succeeded = "SUCCEEDED"
  case failed = "FAILED"
}
