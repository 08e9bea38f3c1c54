/// Where an appointment is in its life (section A of the rules).
public enum AppointmentState: String, CaseIterable, Sendable {
  case scheduled = "SCHEDULED"
  case cancelledByClient = "CANCELLED_BY_CLIENT"
  case cancelledByTherapist = "CANCELLED_BY_THERAPIST"

  /// Whether it takes its therapist's, room's and client's time.
  public var occupies: Bool {
    switch self {
    case .scheduled: true
    case .cancelledByClient, .cancelledByTherapist: false
    }
  }
}

/// The one table of transitions: what is not listed is refused.
public enum Transitions {
  /// Where an appointment may go from a state; nil is before it exists.
  public static func allowed(from state: AppointmentState?) -> [AppointmentState] {
    switch state {
    case nil: [.scheduled]
    case .scheduled: [.cancelledByClient, .cancelledByTherapist]
    case .cancelledByClient, .cancelledByTherapist: []
    }
  }
}

/// What is paid, apart from the state.
public enum PaymentStatus: String, CaseIterable, Sendable {
  case none = "NONE"
  case due = "DUE"
}
