internal import Availability
internal import Intervals

/// N-2: reminders of a session that stands: by e-mail a day and three hours before it starts, as time runs and not
/// as clocks show it, and by SMS as long before as its client or package wants.
public struct Reminder {
  public static let emailLeadsMs: [Int64] = [24 * 3_600_000, 3 * 3_600_000]

  let at: Instant
  let channel: Channel

  /// Of an appointment, in order of time.
  static func all(of appointment: Appointment) -> [Reminder] {
    let start = appointment.span.start.instant
    let mails = emailLeadsMs.map {
      Reminder(at: start.advanced(byMs: -$0), channel: .email)
    }
    let texts = appointment.smsLeadMinutes.map {
      [Reminder(at: start.advanced(byMs: -Int64($0) * 60_000), channel: .sms)]
    }
    return (mails + (texts ?? [])).sorted { $0.at < $1.at }
  }
}

extension Appointment {
  /// When the next reminder is due; nil where none is left.
  var nextReminder: Instant? {
    Reminder.all(of: self).first { $0.at > remindedUntil }?.at
  }

  /// It stands from now on, or stands elsewhere: what would have reminded of it by now is said by the message that
  /// tells so.
  mutating func remindOnly(after now: Instant) { remindedUntil = now }
}

extension Messages {
  /// Those reminders that are due by an instant and are not over. Where several are due on one way, as after a time
  /// in which the server was down, only the latest is of use; once the session has begun, none is.
  /// - Parameter tellsTherapist: whether they are reminded by e-mail, too (policy).
  static func reminders(
    of appointment: Appointment, dueBy now: Instant, tellsTherapist: Bool
  ) -> [Effect] {
    let due = Reminder.all(of: appointment).filter {
      $0.at > appointment.remindedUntil && $0.at <= now
    }
    let hasBegun = now >= appointment.span.start.instant
    var effects: [Effect] = []
    for (place, reminder) in due.enumerated() {
      let isLatest = !due[(place + 1)...].contains { $0.channel == reminder.channel }
      let skipped: String? =
        hasBegun ? "stale: the session has begun" : isLatest ? nil : "stale: a later one is due"
      var recipients: [Recipient] = appointment.client.map { [.client($0)] } ?? []
      if tellsTherapist, reminder.channel == .email {
        recipients.append(.therapist(appointment.therapist))
      }
      effects += recipients.map {
        Effect.message(
          Notice(
            .reminder, to: $0, about: .appointment(appointment.id), by: reminder.channel,
            skipped: skipped))
      }
    }
    return effects
  }
}
