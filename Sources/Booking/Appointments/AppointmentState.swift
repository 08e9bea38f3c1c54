/// Where an appointment is in its life (section A of the rules).
public enum AppointmentState: String, CaseIterable, Sendable {
  /// Asked for, and not answered yet (B-4).
  case requested = "REQUESTED"
  /// Created, payment not begun (P-4).
  case initiated = "INITIATED"
  /// The client was sent to the payment page.
  case paymentProcessing = "PAYMENT_PROCESSING"
  case scheduled = "SCHEDULED"
  /// From 5 minutes before the start.
  case inProgress = "IN_PROGRESS"
  case completed = "COMPLETED"
  /// Also a request that was withdrawn.
  case cancelledByClient = "CANCELLED_BY_CLIENT"
  case cancelledByTherapist = "CANCELLED_BY_THERAPIST"
  /// Not paid in time.
  case paymentCancelled = "PAYMENT_CANCELLED"
  case declined = "DECLINED"
  /// A request that nobody answered.
  case expired = "EXPIRED"

  /// Whether it takes its therapist's, room's and client's time.
  public var occupies: Bool {
    switch self {
    case .requested, .initiated, .paymentProcessing, .scheduled, .inProgress, .completed: true
    case .cancelledByClient, .cancelledByTherapist, .paymentCancelled, .declined, .expired: false
    }
  }

  /// Whether someone has cancelled it, so that a fee may be owed.
  var isCancelled: Bool {
    switch self {
    case .cancelledByClient, .cancelledByTherapist: true
    case .requested, .initiated, .paymentProcessing, .scheduled, .inProgress, .completed,
      .paymentCancelled, .declined, .expired:
      false
    }
  }

  /// Whether it is still to take place, or to be decided (B-12).
  public var isActive: Bool {
    switch self {
    case .requested, .initiated, .paymentProcessing, .scheduled, .inProgress: true
    case .completed, .cancelledByClient, .cancelledByTherapist, .paymentCancelled, .declined,
      .expired:
      false
    }
  }
}

/// The one table of transitions: what is not listed is refused.
public enum Transitions {
  /// Where an appointment may go from a state; nil is before it exists.
  public static func allowed(from state: AppointmentState?) -> [AppointmentState] {
    switch state {
    case nil: [.requested, .initiated, .scheduled]
    case .requested: [.initiated, .scheduled, .declined, .expired, .cancelledByClient]
    case .initiated:
      [
        .paymentProcessing, .scheduled, .paymentCancelled, .cancelledByClient,
        .cancelledByTherapist,
      ]
    case .paymentProcessing:
      [.scheduled, .paymentCancelled, .cancelledByClient, .cancelledByTherapist]
    case .scheduled: [.inProgress, .paymentCancelled, .cancelledByClient, .cancelledByTherapist]
    case .inProgress: [.completed, .cancelledByClient, .cancelledByTherapist]
    case .completed, .cancelledByClient, .cancelledByTherapist, .paymentCancelled, .declined,
      .expired:
      []
    }
  }
}

/// What is paid, apart from the state.
public enum PaymentStatus: String, CaseIterable, Sendable {
  case none = "NONE"
  case due = "DUE"
  case processing = "PROCESSING"
  /// The client has to confirm at their bank.
  case requiresAction = "REQUIRES_ACTION"
  case failed = "FAILED"
  case paid = "PAID"
  case partlyRefunded = "PARTLY_REFUNDED"
  case refunded = "REFUNDED"
  /// The client's bank holds what was paid.
  case disputed = "DISPUTED"
}
