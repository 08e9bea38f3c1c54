internal import Accounting

/// What an appointment has earned, for good unless its attendance is corrected. Minor units, above 0.
enum Earnings: Hashable {
  case nothing
  /// It was held; the commission is the partner's part of the price.
  case session(Int64, commission: Int64)
  /// The fee for cancelling it, or for not coming.
  case penalty(Int64)

  init(of appointment: Appointment) {
    guard appointment.plan != .free, appointment.isOver, appointment.claim != 0 else {
      self = .nothing
      return
    }
    self =
      appointment.isHeld
      ? .session(appointment.claim, commission: appointment.commission)
      : .penalty(appointment.claim)
  }

  var amount: Int64 {
    switch self {
    case .nothing: 0
    case .session(let price, commission: _): price
    case .penalty(let fee): fee
    }
  }
}

extension Appointment {
  /// What a session that has ended comes to (A-6, P-10): a fee where the client did not come, else the platform's
  /// part. To be asked wherever a session ends or its attendance is set; before it has ended it changes nothing.
  /// - Parameter policy: that of its service now.
  mutating func settleEarnings(under policy: ResolvedAppointmentSettings) {
    guard state == .completed else { return }
    let price = plan == .free ? 0 : price.minorUnits
    if isHeld {
      fee = 0
      commission = policy.commission.of(price: price)
    } else {
      fee = Percentage.of(price, basisPoints: policy.cancellation.noShowPercent * 100)
      commission = 0
    }
  }

  fileprivate var isHeld: Bool { state == .completed && attendance != .noShow }

  /// Whether what it earns is known.
  fileprivate var isOver: Bool {
    switch state {
    case .completed, .cancelledByClient, .cancelledByTherapist: true
    case .requested, .initiated, .paymentProcessing, .scheduled, .inProgress, .paymentCancelled,
      .declined, .expired:
      false
    }
  }
}
