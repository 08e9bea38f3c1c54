internal import Availability
internal import Intervals

/// ending a session by hand. It says nothing of attendance.
enum Completing {
  static func needs(_ id: AppointmentID) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(id)
    return needs
  }

  static func decide(
    _ id: AppointmentID, seen version: Int64?, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let appointment = try Appointment.known(id, to: actor, seen: version, facts: facts)
      try appointment.require(.completed)
      var till = Till(appointment, facts: facts, by: actor, stamp: stamp)
      till.settle(.completed) { $0.state = .completed }
      return .change(
        Change(events: till.events, effects: till.effects, answer: .completed(till.appointment)))
    } catch {
      return .refuse(error.refusal)
    }
  }
}

extension Appointment {
  /// Asks the table of A-1 for a step.
  func require(_ state: AppointmentState) throws(Refused) {
    guard Transitions.allowed(from: self.state).contains(state) else {
      throw Refused(.transition(id, from: self.state, to: state))
    }
  }
}
