internal import Intervals

/// what time does to an appointment by itself.
extension Appointment {
  /// How long before its start a session is in progress.
  public static let begunBeforeStartMs: Int64 = 5 * 60_000

  /// When time will next change it, from its state and times. What has passed already is due at once.
  /// - Parameter completeAfterMinutes: how long after its end a session is completed (policy).
  func nextDue(completeAfterMinutes: Int32) -> Instant? {
    switch state {
    case .requested: span.start.instant
    case .initiated, .paymentProcessing:
      givingUpAt ?? min(paymentDeadline ?? span.start.instant, span.start.instant)
    case .scheduled:
      // Of one that is about to be cancelled nobody is reminded.
      givingUpAt ?? earlier(nextReminder, nextStep)
    case .inProgress:
      earlier(chargeAt, span.end.instant.advanced(byMs: Int64(completeAfterMinutes) * 60_000))
    case .completed, .cancelledByClient, .cancelledByTherapist: chargeAt
    case .paymentCancelled, .declined, .expired: nil
    }
  }

  /// Of one that is scheduled. While it is to be paid in time (P-3) it does not begin.
  private var nextStep: Instant {
    earlier(
      chargeAt,
      paymentDeadline ?? span.start.instant.advanced(byMs: -Appointment.begunBeforeStartMs))
  }

  private func earlier(_ maybe: Instant?, _ other: Instant) -> Instant {
    maybe.map { min($0, other) } ?? other
  }
}
