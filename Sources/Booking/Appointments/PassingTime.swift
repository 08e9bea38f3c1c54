internal import Availability
internal import Intervals

/// A-2, B-6, P-4: what time does to an appointment by itself: all that is due by now, in order.
///
/// Asked about one to which nothing is due, it changes nothing: a step is taken once, however often
/// it is asked for.
enum PassingTime {
  static func needs(_ id: AppointmentID) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(id)
    return needs
  }

  static func decide(_ id: AppointmentID, facts: Facts, stamp: Stamp) -> Decision {
    guard let appointment = facts.appointments[id] else {
      return .refuse(.notFound(id: id.text, field: "appointment_id"))
    }
    var till = Till(appointment, facts: facts, by: .time, stamp: stamp)
    while let due = till.appointment.due, due <= stamp.at, pass(&till) {}
    return .change(
      Change(events: till.events, effects: till.effects, answer: .timePassed(till.appointment)))
  }

  /// The one step that is due.
  /// - Returns: false for a state in which time brings nothing.
  private static func pass(_ till: inout Till) -> Bool {
    let appointment = till.appointment
    switch appointment.state {
    case .requested: till.step(.expired) { $0.state = .expired }
    case .initiated, .paymentProcessing: till.payingTimeIsOver()
    case .scheduled:
      if let deadline = appointment.paymentDeadline,
        deadline <= till.now || appointment.givingUpAt != nil
      {
        till.payingTimeIsOver()
      } else if appointment.isToBeCharged(at: till.now) {
        Charging.charge(&till)
      } else if let reminder = appointment.nextReminder, reminder <= till.now {
        till.remind()
      } else {
        till.step(.begun) { $0.state = .inProgress }
      }
    case .inProgress:
      if appointment.isToBeCharged(at: till.now) {
        Charging.charge(&till)
      } else {
        till.settle(.completed) { $0.state = .completed }
      }
    case .completed, .cancelledByClient, .cancelledByTherapist:
      guard appointment.isToBeCharged(at: till.now) else { return false }
      Charging.charge(&till)
    case .paymentCancelled, .declined, .expired: return false
    }
    return true
  }
}

extension Appointment {
  fileprivate func isToBeCharged(at now: Instant) -> Bool { chargeAt.map { $0 <= now } ?? false }
}

extension Till {
  /// P-3, P-4: not paid in time. Where a gateway may still take the money, it is told first to take none; its
  /// answer is waited for some minutes, and the slot is kept as long.
  fileprivate mutating func payingTimeIsOver() {
    guard appointment.givingUpAt == nil else { return cancelUnpaid() }
    stopIntents()
    guard open != nil else { return cancelUnpaid() }
    let until = now.advanced(byMs: Patience.givingUpMs)
    step(.paymentStopped) { $0.givingUpAt = until }
  }
}
