public import Accounting
public import Intervals

/// One session of a therapy, as far as it matters to what the therapy has come to.
public struct CareSession: Hashable, Sendable {
  public let span: Span
  public let state: AppointmentState
  public let attendance: Attendance
  public let paymentStatus: PaymentStatus
  public let price: Money
  /// Minor units of the price's currency, as are the two after it.
  public let paid: Int64
  public let refunded: Int64
  public let fee: Int64

  public init(
    span: Span, state: AppointmentState, attendance: Attendance, paymentStatus: PaymentStatus,
    price: Money, paid: Int64, refunded: Int64, fee: Int64
  ) {
    self.span = span
    self.state = state
    self.attendance = attendance
    self.paymentStatus = paymentStatus
    self.price = price
    self.paid = paid
    self.refunded = refunded
    self.fee = fee
  }

  /// Whether it took place. A status of the partner's own counts as having come.
  public var isHeld: Bool { state == .completed && attendance != .noShow }
}

/// What a client and a therapist have had and will have with each other.
public struct CareHistory: Hashable, Sendable {
  public let sessions: [CareSession]

  public init(sessions: [CareSession]) {
    self.sessions = sessions
  }

  public static let none = CareHistory(sessions: [])
}

/// How far two are on the way to follow-ups (B-7).
public enum FollowUpStage: Hashable, Sendable {
  /// No full session stands or was held: the next booking is no follow-up.
  case first
  /// One stands or was held, and none was both held and paid.
  case waiting
  /// A full session was held and paid.
  case open
}

extension CareHistory {
  /// - Parameter minutes: how long a full session lasts at least (policy): what is shorter is an
  ///   introductory talk and does not count.
  public func followUps(fullSessionMinutes minutes: Int32) -> FollowUpStage {
    let full = sessions.filter { $0.span.lengthMinutes >= minutes }
    if full.contains(where: \.isHeldAndPaid) { return .open }
    return full.contains { $0.state.isActive || $0.isHeld } ? .waiting : .first
  }
}

extension CareSession {
  /// What costs nothing was not paid. Of what was paid, something must have been kept.
  fileprivate var isHeldAndPaid: Bool {
    guard isHeld, price.minorUnits > 0 else { return false }
    switch paymentStatus {
    case .paid, .partlyRefunded: return true
    case .none, .due, .processing, .requiresAction, .failed, .refunded, .disputed: return false
    }
  }
}
