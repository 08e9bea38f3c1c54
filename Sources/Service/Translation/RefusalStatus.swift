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
    case .seriesUnbookable(let reports):
      return .seriesUnbookable(reports)
    case .planNotForSeries(let id, let plan):
      return .precondition(
        "PLAN_NOT_FOR_SERIES", subject: id.text,
        "\(id) is \(plan.rawValue): each session has to be paid when it is booked, so that they cannot "
          + "be booked as a series.",
        metadata: ["payment_plan": plan.rawValue])
    case .seriesOver(let id):
      return .precondition(
        "SERIES_OVER", subject: id.text, "Nothing of \(id) is left to cancel.", metadata: [:])
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
        "\(id) is \(from.rawValue) and cannot become \(to.rawValue).\(hint(from: from, to: to))",
        metadata: ["state": from.rawValue])
    case .notInState(let id, let state, let deed):
      return .precondition(
        "APPOINTMENT_STATE", subject: id.text, "\(id) is \(state.rawValue)\(deed.missing).",
        metadata: ["state": state.rawValue])
    case .begun(let id, let start):
      return .precondition(
        "APPOINTMENT_BEGUN", subject: id.text,
        "\(id) has begun and cannot be cancelled or moved any more.",
        metadata: ["start_ms": "\(start.instant.msSinceEpoch)"])
    case .followUpNotOpen(let pair):
      return .precondition(
        "FOLLOW_UP_NOT_OPEN", subject: pair.client.text,
        "Follow-ups wait until a full session of \(pair.client) with \(pair.therapist) was held and paid.",
        metadata: ["therapist_id": pair.therapist.text, "client_id": pair.client.text])
    case .selfBookingOff(let pair):
      return .precondition(
        "SELF_BOOKING_OFF", subject: pair.client.text,
        "\(pair.therapist) books the follow-ups of \(pair.client): self_booking is off in their therapy.",
        metadata: ["therapist_id": pair.therapist.text, "client_id": pair.client.text])
    case .requestsNotTaken(let service):
      return .precondition(
        "REQUESTS_NOT_TAKEN", subject: service.text,
        "\(service) is booked at once: there is nothing to ask for.", metadata: [:])
    case .requestRequired(let service):
      return .precondition(
        "REQUEST_REQUIRED", subject: service.text,
        "Clients ask for \(service), and the therapist decides.", metadata: [:])
    case .notRequested(let id, let state):
      return .precondition(
        "APPOINTMENT_STATE", subject: id.text,
        "\(id) is \(state.rawValue): only what is REQUESTED can be answered or taken back.",
        metadata: ["state": state.rawValue])
    case .severalMatch(let id, let clients):
      return .precondition(
        "SEVERAL_CLIENTS_MATCH", subject: id.text,
        "\(id) may be of \(clients.count) clients: name one, or ask for a new one.",
        metadata: ["client_ids": clients.map(\.text).joined(separator: ",")])
    case .linkUsed(let id, let state):
      return .precondition(
        "LINK_USED", subject: id.text, "The link serves no more: \(id) is \(state.rawValue).",
        metadata: ["state": state.rawValue])
    case .linkExpired(let id, let start):
      return .precondition(
        "LINK_EXPIRED", subject: id.text, "The link serves no more: \(id) has begun.",
        metadata: ["start_ms": "\(start.instant.msSinceEpoch)"])
    case .nothingDue(let id):
      return .precondition(
        "NOTHING_DUE", subject: id.text, "Nothing is left to be paid of \(id).", metadata: [:])
    case .nothingDueForPackage(let id):
      return .precondition(
        "NOTHING_DUE", subject: id.text, "Nothing is left to be paid of \(id).", metadata: [:])
    case .nothingPaid(let id):
      return .precondition(
        "NOTHING_PAID", subject: id.text,
        "Nothing that was paid of \(id) is left to be given back.", metadata: [:])
    case .nothingPaidForBenefit(let id):
      return .precondition(
        "NOTHING_PAID", subject: id.text,
        "Nothing that was paid for \(id) through a gateway is left to be given back.",
        metadata: [:])
    case .gatewayMissing(let name): return .gatewayMissing(name)
    case .paymentInFlight(let id, let state): return .paymentInFlight(id, state)
    case .intentNotOpen(let id, let state): return .intentNotOpen(id, state)
    case .paymentMethodRequired(let service): return .paymentMethodRequired(service)
    case .paymentMethodNotActive(let id, let state): return .paymentMethodNotActive(id, state)
    case .benefitRequired(let service): return .benefitRequired(service)
    case .noBenefit(let id): return .noBenefit(id)
    case .payoutTooHigh(let therapist, let owed): return .payoutTooHigh(therapist, owed: owed)
    case .planNotTherapists(let id, let plan):
      return Seduta_Wire_V1_Status(
        .permissionDenied, reason: "ROLE_NOT_ALLOWED",
        message:
          "A therapist records the money of ON_SITE sessions; \(id) is \(plan.rawValue).")
    case .packageUsedUp(let link, let available): return .packageUsedUp(link, available: available)
    case .packageNotActive(let link, let state): return .packageNotActive(link, state)
    case .packageExpires(let link, let instant): return .packageExpires(link, at: instant)
    case .packageLinesUnbookable(let reports): return .packageLinesUnbookable(reports)
    case .noProcedure(let id): return .noProcedure(id)
    case .inUse(let id, let user, let field):
      return .precondition(
        "IN_USE", subject: id, "\(field): \(id) cannot go while \(user) need it.",
        metadata: ["field": field])
    }
  }
}

/// What can be done instead of a step that the table of A-1 does not have.
private func hint(from: AppointmentState, to: AppointmentState) -> String {
  switch (from, to) {
  case (.requested, .cancelledByTherapist): " A request is declined: Requests/Decline."
  default: ""
  }
}

extension Deed {
  /// What is missing of it in a state, after the state's name.
  fileprivate var missing: String {
    switch self {
    case .reschedule: " and cannot be moved"
    case .setAttendance: ": attendance is set once it is IN_PROGRESS or COMPLETED"
    case .recordPayment: " and takes no payment: money that came in for it has to go back"
    case .beginSeries: " and cannot become the first of a series"
    case .chooseProcedure: " and takes no procedure"
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

  static func precondition(
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
