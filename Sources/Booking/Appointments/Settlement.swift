public import Accounting
internal import Availability
public import Intervals

/// What cancelling costs, and why: refund = paid - fee.
public struct Settlement: Hashable, Sendable {
  public enum Reason: String, CaseIterable, Sendable {
    case byTherapist = "BY_THERAPIST"
    case inTime = "IN_TIME"
    case late = "LATE"
    /// Only asked for, or not paid in time: nothing was owed.
    case notBinding = "NOT_BINDING"
  }

  public let reason: Reason
  /// What was paid until now, less what was given back.
  public let paid: Money
  public let fee: Money
  public let refund: Money
  /// Of the fee, what is still to be paid.
  public let outstanding: Money
  /// Nil where none were applied.
  public let terms: CancellationTerms?
}

extension Settlement {
  /// - Parameter actor: by whom it is cancelled.
  static func of(
    _ appointment: Appointment, by actor: Actor, under terms: CancellationTerms, at now: Instant
  ) -> Settlement {
    let paid = appointment.kept
    let reason = reason(for: appointment, by: actor, under: terms, at: now)
    let percent =
      switch reason {
      case .byTherapist, .notBinding: Int32(0)
      case .inTime: terms.inTimePercent
      case .late: terms.latePercent
      }
    // K-6: of a package's session that is free for another appointment nothing is owed.
    let share =
      appointment.isReleased
      ? 0 : Percentage.of(appointment.price.minorUnits, basisPoints: percent * 100)
    // Where nothing is paid yet, a fee has to be wanted.
    let fee = terms.feeWhereUnpaid ? share : min(share, paid)
    return Settlement(
      reason: reason, paid: appointment.money(paid), fee: appointment.money(fee),
      refund: appointment.money(max(0, paid - fee)),
      outstanding: appointment.money(max(0, fee - paid)),
      terms: reason == .inTime || reason == .late ? terms : nil)
  }

  private static func reason(
    for appointment: Appointment, by actor: Actor, under terms: CancellationTerms, at now: Instant
  ) -> Reason {
    switch appointment.state {
    case .requested, .initiated, .paymentProcessing: return .notBinding
    case .scheduled, .inProgress, .completed, .cancelledByClient, .cancelledByTherapist,
      .paymentCancelled, .declined, .expired:
      switch actor.role {
      case .staff, .therapist: return .byTherapist
      case .client:
        let lastInTime = appointment.span.start.advanced(byMinutes: -terms.noticeMinutes)
        return now <= lastInTime.instant ? .inTime : .late
      }
    }
  }
}

/// What came of cancelling, or would.
public struct Cancellation: Hashable, Sendable {
  public let appointment: Appointment
  public let settlement: Settlement
  /// What could be booked instead.
  public let alternatives: [Minute]
}
