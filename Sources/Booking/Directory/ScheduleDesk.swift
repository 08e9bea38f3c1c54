internal import Availability

/// Changes of one therapist's hours. What is booked stands: what falls outside is told (S-13).
enum ScheduleDesk {
  static func needs(_ change: ScheduleChange) -> Needs {
    var needs = Needs()
    needs.therapists.insert(change.therapist)
    needs.diaries.insert(change.therapist)
    needs.calendars.insert(change.therapist)
    return needs
  }

  static func decide(_ change: ScheduleChange, facts: Facts) -> Decision {
    do throws(Refused) {
      return .change(try apply(change, facts: facts))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func apply(_ change: ScheduleChange, facts: Facts) throws(Refused) -> Change {
    let id = change.therapist
    guard let therapist = facts.therapists[id], let old = facts.schedules[id],
      let entry = facts.index.therapist(id)
    else { throw Refused(.notFound(id: id.text, field: change.therapistField)) }
    if let seen = change.seenVersion, seen != old.version {
      throw Refused(.staleVersion(id: id.text, seen: seen, current: old.version))
    }
    try checkLocations(of: change, therapist: therapist)
    var new = try schedule(old, after: change.step).inOrder()
    new.version = old.version + 1

    let profile = new.applied(to: entry.profile)
    let affected = facts.appointmentsToCome[id, default: []].filter { appointment in
      !profile.isOpen(at: appointment.location, during: appointment.span)
    }
    return Change(
      events: [.schedulePut(new)],
      answer: .schedule(
        ChangedSchedule(
          schedule: new, kind: change.step.kind,
          affected: Array(affected.prefix(ChangedSchedule.affectedMax)),
          affectedCount: affected.count)))
  }

  private static func schedule(
    _ old: Schedule, after step: ScheduleChange.Step
  ) throws(Refused) -> Schedule {
    var new = old
    switch step {
    case .update(let schedule, let fields):
      new = old.taking(fields, from: schedule)
    case .addExceptions(let added):
      let taken = Set(old.exceptions.map(\.id))
      for (index, exception) in added.enumerated() where taken.contains(exception.id) {
        throw Refused(.idTaken(id: exception.id.text, field: "exceptions[\(index)].id"))
      }
      new.exceptions += added
      guard new.exceptions.count <= Schedule.exceptionsMax else {
        let expected = "expected at most \(Schedule.exceptionsMax) in the schedule"
        throw Refused(
          .invalid([
            FieldFault(field: "exceptions", expected: "\(expected), got \(new.exceptions.count)")
          ]))
      }
    case .removeExceptions(let removed):
      let known = Set(old.exceptions.map(\.id))
      for (index, id) in removed.enumerated() where !known.contains(id) {
        throw Refused(.notFound(id: id.text, field: "exception_ids[\(index)]"))
      }
      let gone = Set(removed)
      new.exceptions.removeAll { gone.contains($0.id) }
    }
    return new
  }

  private static func checkLocations(
    of change: ScheduleChange, therapist: Therapist
  ) throws(Refused) {
    let faults: [FieldFault] =
      switch change.step {
      case .update(let schedule, let fields):
        therapist.faults(inLocationsOf: schedule, fields, path: "schedule")
      case .addExceptions(let added):
        therapist.faults(inLocationsOf: added, path: "exceptions")
      case .removeExceptions: []
      }
    if !faults.isEmpty { throw Refused(.invalid(faults)) }
  }
}

extension ScheduleChange {
  fileprivate var therapistField: String {
    switch step {
    case .update: "schedule.therapist_id"
    case .addExceptions, .removeExceptions: "therapist_id"
    }
  }
}

extension Therapist {
  /// Hours can be only where the therapist works.
  func faults(
    inLocationsOf schedule: Schedule, _ fields: Set<ScheduleField>, path: String
  ) -> [FieldFault] {
    var faults: [FieldFault] = []
    for field in ScheduleField.allCases where fields.contains(field) {
      switch field {
      case .windows:
        for (index, window) in schedule.windows.enumerated() {
          faults += fault(in: window.location, "\(path).windows[\(index)]")
        }
      case .exceptions:
        faults += self.faults(inLocationsOf: schedule.exceptions, path: "\(path).exceptions")
      case .publicHolidays: break
      }
    }
    return faults
  }

  fileprivate func faults(
    inLocationsOf exceptions: [ScheduleException], path: String
  ) -> [FieldFault] {
    exceptions.enumerated().flatMap { index, exception in
      exception.location.map { fault(in: $0, "\(path)[\(index)]") } ?? []
    }
  }

  private func fault(in location: LocationID, _ path: String) -> [FieldFault] {
    guard !locations.contains(location) else { return [] }
    let expected = "expected one of the therapist's locations, got \(location)"
    return [FieldFault(field: "\(path).location_id", expected: expected)]
  }
}

extension ScheduleException {
  /// Nil where it closes all locations.
  var location: LocationID? {
    switch effect {
    case .closed(_, let location): location
    case .extraHours(_, _, let location): location
    }
  }
}
