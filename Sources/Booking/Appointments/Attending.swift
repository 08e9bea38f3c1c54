internal import Availability
internal import Intervals

/// whether the client came; set by hand, and correctable.
enum Attending {
  static func needs(_ wish: AttendanceWish) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(wish.appointment)
    needs.attendanceStatuses = true
    return needs
  }

  static func decide(
    _ wish: AttendanceWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let appointment = try Appointment.known(
        wish.appointment, to: actor, seen: wish.seenVersion, facts: facts)
      guard appointment.state.hasBegun else {
        throw Refused(.notInState(appointment.id, appointment.state, .setAttendance))
      }
      try require(wish.attendance, among: facts.attendanceStatuses)
      // Said again, it is nothing new.
      guard wish.attendance != appointment.attendance else {
        return .change(Change(events: [], answer: .attendanceSet(appointment)))
      }
      let session = PackageSession(for: wish.attendance, among: facts.attendanceStatuses)
      try appointment.requireLeft(for: session, facts: facts)
      var till = Till(appointment, facts: facts, by: actor, stamp: stamp)
      till.settle(.attendanceSet) {
        $0.attendance = wish.attendance
        $0.package?.session = session
      }
      return .change(
        Change(
          events: till.events, effects: till.effects, answer: .attendanceSet(till.appointment)))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func require(
    _ attendance: Attendance, among statuses: AttendanceStatuses
  ) throws(Refused) {
    switch attendance {
    case .unset, .attended, .noShow: return
    case .custom(let code):
      let codes = statuses.all.map(\.code)
      guard !codes.contains(code) else { return }
      let known = (["ATTENDED", "NO_SHOW"] + codes).joined(separator: ", ")
      throw Refused(
        .invalid([FieldFault(field: "attendance", expected: "expected \(known), or nothing")]))
    }
  }
}

extension Appointment {
  /// K-6: a session that was released may be another's by now.
  fileprivate func requireLeft(for session: PackageSession, facts: Facts) throws(Refused) {
    guard let package, package.session == .released, session != .released else { return }
    guard let link = facts.links[package.link] else {
      preconditionFailure("a session of a package comes with it")
    }
    try link.requireAvailable()
  }
}

extension AppointmentState {
  /// Whether it takes place or took place.
  fileprivate var hasBegun: Bool {
    switch self {
    case .inProgress, .completed: true
    case .requested, .initiated, .paymentProcessing, .scheduled, .cancelledByClient,
      .cancelledByTherapist, .paymentCancelled, .declined, .expired:
      false
    }
  }
}
