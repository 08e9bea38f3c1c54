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
    case .unbookable(let discrepancies, let overridden, let alternatives):
      return .unbookable(
        Seduta_Wire_V1_Conflicts(
          discrepancies, overridden: overridden, alternatives: alternatives))
    case .holdLapsed(let id, let instant):
      return .precondition(
        "HOLD_LAPSED", subject: id.text,
        "\(id) has lapsed: take the slot anew, if it is still free.",
        metadata: ["expire_ms": "\(instant.msSinceEpoch)"])
    case .holdExhausted(let id, let instant):
      return .precondition(
        "HOLD_EXHAUSTED", subject: id.text,
        "\(id) has been renewed for as long as it may last: book before it lapses.",
        metadata: ["expire_ms": "\(instant.msSinceEpoch)"])
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

  /// A hold that was taken or renewed while it was asked about.
  static func holdChanged(_ id: HoldID) -> Self {
    Self(
      .aborted, reason: "HOLD_CHANGED", message: "\(id) has changed in this moment: ask again.",
      metadata: ["id": id.text])
  }

  /// ALREADY_EXISTS when someone or something is taken, else FAILED_PRECONDITION.
  fileprivate static func unbookable(_ conflicts: Seduta_Wire_V1_Conflicts) -> Self {
    let isTaken = conflicts.discrepancies.contains { !$0.collisions.isEmpty }
    let sentences = conflicts.discrepancies.filter { !$0.overridden }.map(\.message)
      .joined(separator: " ")
    var status = Self(
      isTaken ? .alreadyExists : .failedPrecondition,
      reason: isTaken ? "SLOT_TAKEN" : "SLOT_NOT_BOOKABLE",
      message: "The session cannot be booked. \(sentences)")
    status.conflicts = conflicts
    return status
  }
}
