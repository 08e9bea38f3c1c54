public import Availability
public import Intervals

/// One step of an appointment's life, kept for good.
public struct Transition: Hashable, Sendable {
  public let appointment: AppointmentID
  /// The appointment's version after the step: 1, 2, ...
  public let version: Int64
  public let step: AppointmentStep
  public let from: AppointmentState?
  /// The same as `from` where only something else changed.
  public let to: AppointmentState
  public let at: Instant
  public let by: Actor
  public let reason: String
  /// What stood in the way, and was knowingly accepted (S-6).
  public let overridden: Overrides
  /// When it would have begun before it moved.
  public let movedFrom: Minute?

  public init(
    appointment: AppointmentID, version: Int64, step: AppointmentStep, from: AppointmentState?,
    to: AppointmentState, at: Instant, by: Actor, reason: String = "", overridden: Overrides = [],
    movedFrom: Minute? = nil
  ) {
    self.appointment = appointment
    self.version = version
    self.step = step
    self.from = from
    self.to = to
    self.at = at
    self.by = by
    self.reason = reason
    self.overridden = overridden
    self.movedFrom = movedFrom
  }
}

/// What a step is called: in the history, and with "APPOINTMENT_" before it among the events.
public enum AppointmentStep: String, CaseIterable, Sendable {
  case booked = "BOOKED"
  case requested = "REQUESTED"
  case accepted = "ACCEPTED"
  case declined = "DECLINED"
  case withdrawn = "WITHDRAWN"
  case expired = "EXPIRED"
  case rescheduled = "RESCHEDULED"
  case cancelled = "CANCELLED"
  case begun = "BEGUN"
  case completed = "COMPLETED"
  case attendanceSet = "ATTENDANCE_SET"
  case paymentBegun = "PAYMENT_BEGUN"
  case paymentRecorded = "PAYMENT_RECORDED"
  case refundRecorded = "REFUND_RECORDED"
  case paymentCancelled = "PAYMENT_CANCELLED"
  /// A gateway was asked for the money.
  case charged = "CHARGED"
  case paymentSucceeded = "PAYMENT_SUCCEEDED"
  case paymentFailed = "PAYMENT_FAILED"
  /// A gateway was asked to take no more money.
  case paymentStopped = "PAYMENT_STOPPED"
  case benefitsUsed = "BENEFITS_USED"
  case refundBegun = "REFUND_BEGUN"
  case refundFailed = "REFUND_FAILED"
  case disputed = "DISPUTED"
  case disputeWon = "DISPUTE_WON"
  case disputeLost = "DISPUTE_LOST"
  /// A procedure was chosen on a session of a package, or another (K-5).
  case procedureChosen = "PROCEDURE_CHOSEN"
  /// Its package was deleted, and it stays (K-7).
  case unlinked = "UNLINKED"
  /// It became one of a series, or of another one.
  case joinedSeries = "JOINED_SERIES"
}

extension Appointment {
  /// The event that this appointment came to be.
  func made(
    as step: AppointmentStep, by actor: Actor, overriding overridden: Overrides = []
  ) -> Event {
    .appointmentBooked(
      self,
      Transition(
        appointment: id, version: version, step: step, from: nil, to: state, at: bookedAt,
        by: actor, overridden: overridden))
  }

  /// The appointment one version on, and the event that says so. The caller has asked `Transitions`
  /// where the state changes.
  /// - Parameter change: makes it what it is then; version and time are seen to.
  func stepping(
    _ step: AppointmentStep, by actor: Actor, at now: Instant, reason: String = "",
    overriding overridden: Overrides = [], _ change: (inout Appointment) -> Void
  ) -> (appointment: Appointment, event: Event) {
    var result = self
    change(&result)
    result.version = version + 1
    result.changedAt = now
    let transition = Transition(
      appointment: id, version: result.version, step: step, from: state, to: result.state, at: now,
      by: actor, reason: reason, overridden: overridden,
      movedFrom: result.span.start == span.start ? nil : span.start)
    return (result, .appointmentChanged(result, from: self, transition))
  }
}
