internal import Availability
public import Intervals

/// N-4: a message is put into words when it is sent, and told only while it is still so.
extension Appointment {
  /// Why a message about it is of no use any more; nil where it is still told.
  /// - Parameters:
  ///   - moves: when it was moved.
  ///   - promisedAt: when the message was promised.
  public func outdates(
    _ kind: MessageKind, by channel: Channel, moves: [Instant], promisedAt: Instant,
    at now: Instant
  ) -> String? {
    switch kind {
    case .bookingConfirmed, .requestAccepted, .appointmentChanged:
      return state.occupies ? nil : "superseded: it does not stand any more"
    case .requestReceived:
      return state == .requested ? nil : "superseded: the request was answered"
    case .reminder:
      guard state.occupies else { return "superseded: it does not stand any more" }
      guard state == .scheduled, now < span.start.instant else {
        return "stale: the session has begun"
      }
      guard !moves.contains(where: { $0 > promisedAt }) else { return "superseded: it was moved" }
      let isLate = Reminder.all(of: self).contains {
        $0.channel == channel && $0.at > promisedAt && $0.at <= now
      }
      return isLate ? "stale: a later one is due" : nil
    case .paymentFailed:
      return payable > 0 && state != .paymentCancelled ? nil : "superseded: nothing is due any more"
    case .requestDeclined, .appointmentCancelled, .paymentCancelled, .paid, .refunded,
      .refundFailed, .packageLinked, .packageRenewed:
      return nil
    }
  }
}
