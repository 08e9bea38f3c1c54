internal import Availability
internal import Booking
internal import Intervals
internal import Wire

extension Refusal {
  /// As the wire says it.
  var status: Seduta_Wire_V1_Status {
    switch self {
    case .notFound(let id, let field):
      return .notFound(id, field: field)
    case .invalid(let faults):
      return .invalid(faults)
    case .idTaken(let id, let field):
      return Seduta_Wire_V1_Status(
        .alreadyExists, reason: "ID_TAKEN", message: "\(field): \(id) is taken already.",
        metadata: ["field": field, "id": id])
    case .unbookable(let discrepancies, let alternatives):
      return .unbookable(Seduta_Wire_V1_Conflicts(discrepancies, alternatives: alternatives))
    case .staleVersion(let id, let seen, let current):
      return Seduta_Wire_V1_Status(
        .aborted, reason: "STALE_VERSION",
        message: "\(id) is at version \(current), not \(seen): read it again, then decide again.",
        metadata: ["id": id, "seen_version": "\(seen)", "current_version": "\(current)"])
    case .transition(let id, let from, let to):
      return .precondition(
        "APPOINTMENT_STATE", subject: id.text,
        "\(id) is \(from.rawValue) and cannot become \(to.rawValue).",
        metadata: ["state": from.rawValue])
    case .begun(let id, let start):
      return .precondition(
        "APPOINTMENT_BEGUN", subject: id.text,
        "\(id) has begun and cannot be cancelled any more.",
        metadata: ["start_ms": "\(start.instant.msSinceEpoch)"])
    case .inUse(let id, let user, let field):
      return .precondition(
        "IN_USE", subject: id, "\(field): \(id) cannot go while \(user) need it.",
        metadata: ["field": field])
    }
  }
}

extension Seduta_Wire_V1_Status {
  /// So many are named at most: an answer must fit a frame, however wrong the request.
  private static let faultsMax = 100

  static func invalid(_ faults: [FieldFault]) -> Self {
    var status = invalid(
      faults.prefix(faultsMax).map {
        Seduta_Wire_V1_FieldViolation(field: $0.field, description: $0.expected)
      })
    if faults.count > faultsMax {
      status.message = "\(faults.count) fields are wrong; the first \(faultsMax) are named."
    }
    return status
  }

  fileprivate static func precondition(
    _ type: String, subject: String, _ message: String, metadata: [String: String]
  ) -> Self {
    var status = Self(.failedPrecondition, reason: type, message: message, metadata: metadata)
    var violation = Seduta_Wire_V1_PreconditionViolation()
    violation.type = type
    violation.subject = subject
    violation.description_p = message
    status.preconditionFailure.violations = [violation]
    return status
  }

  /// ALREADY_EXISTS when someone or something is taken, else FAILED_PRECONDITION.
  fileprivate static func unbookable(_ conflicts: Seduta_Wire_V1_Conflicts) -> Self {
    let isTaken = conflicts.discrepancies.contains { !$0.collisions.isEmpty }
    let sentences = conflicts.discrepancies.map(\.message).joined(separator: " ")
    var status = Self(
      isTaken ? .alreadyExists : .failedPrecondition,
      reason: isTaken ? "SLOT_TAKEN" : "SLOT_NOT_BOOKABLE",
      message: "The session cannot be booked. \(sentences)")
    status.conflicts = conflicts
    return status
  }
}

extension Seduta_Wire_V1_Conflicts {
  init(_ discrepancies: [Discrepancy], alternatives: [Minute]) {
    self.init()
    self.discrepancies = discrepancies.map(Seduta_Wire_V1_Discrepancy.init)
    alternativeStartMs = alternatives.map(\.instant.msSinceEpoch)
  }
}

extension Seduta_Wire_V1_Discrepancy {
  init(_ discrepancy: Discrepancy) {
    self.init()
    switch discrepancy {
    case .outsideLocationHours:
      kind = .outsideLocationHours
      message = "It does not lie within the hours of this location."
    case .outsideSchedule:
      kind = .outsideSchedule
      message = "It does not lie within the therapist's schedule."
    case .inPast:
      kind = .inPast
      message = "Its start has passed."
    case .therapistBusy(let found):
      kind = .therapistBusy
      message = "The therapist has another appointment."
      collisions = found.map(Seduta_Wire_V1_Collision.init)
    case .roomBusy(let found):
      kind = .roomBusy
      message = "No room is free."
      collisions = found.map(Seduta_Wire_V1_Collision.init)
    case .clientBusy(let found):
      kind = .clientBusy
      message = "The client has another appointment."
      collisions = found.map(Seduta_Wire_V1_Collision.init)
    case .beyondHorizon(let lastDay):
      kind = .beyondHorizon
      message = "It is too far ahead: the last day that can be booked is \(lastDay)."
    case .offGrid:
      kind = .offGrid
      message = "Its start is none of those that the service's grid allows."
    }
  }
}

extension Seduta_Wire_V1_Collision {
  init(_ collision: Collision) {
    self.init()
    appointmentID = collision.appointment.text
    startMs = collision.span.start.instant.msSinceEpoch
    endMs = collision.span.end.instant.msSinceEpoch
    resourceID =
      switch collision.resource {
      case .therapist(let id): id.text
      case .room(let id): id.text
      case .client(let id): id.text
      }
  }
}
