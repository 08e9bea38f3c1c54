internal import Accounting

/// What an appointment has earned, for good unless its attendance is corrected. Minor units, above 0.
enum Earnings: Hashable {
  case nothing
  /// A procedure was chosen on a session of a package that was not held yet (K-5): it is owed, and earned later.
  case posted(Int64)
  /// It was held; the commission is the partner's part of the price.
  case session(Int64, commission: Int64)
  /// The fee for cancelling it, or for not coming.
  case penalty(Int64)

  init(of appointment: Appointment) {
    let claim = appointment.claim
    guard appointment.plan != .free, claim != 0 else {
      self = .nothing
      return
    }
    if appointment.isOver {
      self =
        appointment.isHeld
        ? .session(claim, commission: appointment.commission) : .penalty(claim)
    } else {
      self = appointment.isPostedByProcedure ? .posted(claim) : .nothing
    }
  }

  var amount: Int64 {
    switch self {
    case .nothing: 0
    case .posted(let price): price
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
    if isReleased {
      fee = 0
      commission = 0
    } else if isHeld {
      fee = 0
      commission = (package?.commission ?? policy.commission).of(price: price)
    } else if isPaidByPackage {
      // A session costs a session.
      fee = price
      commission = 0
    } else {
      fee = Percentage.of(price, basisPoints: policy.cancellation.noShowPercent * 100)
      commission = 0
    }
  }

  /// Whether it is owed as soon as its procedure is known (K-5).
  fileprivate var isPostedByProcedure: Bool {
    guard let package, package.isByProcedure, package.procedure != nil else { return false }
    return state == .scheduled || state == .inProgress
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
