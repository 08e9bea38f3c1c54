internal import Availability
internal import Intervals

/// A date of a package, with all that the first line fills in, found and fitting together (K-3).
struct NamedLine {
  /// As long as the package's sessions are.
  let session: NamedSession
  let local: LocalMinute
  /// Nil where the local time does not exist (S-9).
  let start: Minute?
  let attendance: Attendance
  /// What becomes of the package's session by that.
  let packageSession: PackageSession

  /// What is needed for lines, besides the link or template.
  static func need(for lines: PackageLines, in needs: inout Needs) {
    for line in lines.lines {
      if let therapist = line.therapist { needs.calendars.insert(therapist) }
      if let service = line.service { needs.services.insert(service) }
    }
    needs.attendanceStatuses = true
  }

  /// All, in the order in which they were named.
  static func all(
    of lines: PackageLines, for link: PackageLink, as command: Command, facts: Facts
  ) throws(Refused) -> [NamedLine] {
    var named: [NamedLine] = []
    for (index, line) in lines.lines.enumerated() {
      do throws(Refused) {
        named.append(
          try NamedLine(line, after: named.first, of: link, as: command, facts: facts))
      } catch {
        throw error.inLine(index)
      }
    }
    return named
  }

  private init(
    _ line: PackageLines.Line, after first: NamedLine?, of link: PackageLink, as command: Command,
    facts: Facts
  ) throws(Refused) {
    let therapist = try required(line.therapist ?? first?.session.service.therapist, "therapist_id")
    if case .therapist(let own) = command.actor, therapist != own {
      throw Refused(.notFound(id: therapist.text, field: "therapist_id"))
    }
    let minute = try required(line.minuteOfDay ?? first?.local.minuteOfDay, "time")
    let service = try line.service(of: therapist, after: first, of: link, facts: facts)
    let location = try required(
      line.location ?? first?.session.place.id.among(service.locations)
        ?? service.locations.first, "location_id")
    session = try NamedSession(
      therapist: therapist, service: service.id, location: location, room: nil,
      of: command.partner, facts: facts
    ).lasting(minutes: link.durationMinutes)
    local = LocalMinute(date: line.date, minuteOfDay: minute)
    start = session.therapist.zone.start(showing: local)
    if let code = line.status {
      let codes = facts.attendanceStatuses.all.map(\.code)
      guard codes.contains(code) else {
        throw Refused(
          .invalid([
            FieldFault(
              field: "status",
              expected: "expected \((codes + ["nothing"]).joined(separator: " or "))")
          ]))
      }
    }
    attendance = line.status.map(Attendance.custom) ?? .unset
    packageSession = PackageSession(for: attendance, among: facts.attendanceStatuses)
  }
}

extension PackageLines.Line {
  /// The service that is named, else the first line's, else the first of the package's; of the therapist.
  fileprivate func service(
    of therapist: TherapistID, after first: NamedLine?, of link: PackageLink, facts: Facts
  ) throws(Refused) -> HealthcareService {
    if let service {
      guard link.services.contains(service) else {
        throw Refused(
          .invalid([
            FieldFault(field: "service_id", expected: "expected one of the package's services")
          ]))
      }
      guard let known = facts.services[service], known.therapist == therapist else {
        throw Refused(.notFound(id: service.text, field: "service_id"))
      }
      return known
    }
    if let service = first?.session.service, service.therapist == therapist { return service }
    for id in link.services {
      if let service = facts.services[id], service.therapist == therapist { return service }
    }
    throw Refused(
      .invalid([
        FieldFault(
          field: "therapist_id", expected: "expected a therapist of one of the package's services")
      ]))
  }
}

/// What a line says, or the first.
private func required<Value>(_ value: Value?, _ field: String) throws(Refused) -> Value {
  guard let value else {
    throw Refused(
      .invalid([FieldFault(field: field, expected: "expected a value in the first line")]))
  }
  return value
}

extension LocationID {
  fileprivate func among(_ locations: [LocationID]) -> LocationID? {
    locations.contains(self) ? self : nil
  }
}

extension Refused {
  /// The same, of a field of one of the lines.
  fileprivate func inLine(_ index: Int) -> Refused {
    func path(_ field: String) -> String { "lines[\(index)].\(field)" }
    if case .notFound(let id, let field) = refusal {
      return Refused(.notFound(id: id, field: path(field)))
    }
    if case .invalid(let faults) = refusal {
      return Refused(
        .invalid(faults.map { FieldFault(field: path($0.field), expected: $0.expected) }))
    }
    return self
  }
}
