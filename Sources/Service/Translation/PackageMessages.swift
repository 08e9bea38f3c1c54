internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Wire

extension Package {
  var message: Seduta_V1_Package {
    var message = Seduta_V1_Package()
    message.id = id.text
    message.name = name
    message.sessions = sessions
    message.automaticRenewal = renews
    message.posting = posting.message
    if let total = posting.total { message.price = total.message }
    message.durationMinutes = durationMinutes
    message.validityDays = validityDays ?? 0
    if let commission { message.commission = commission.message }
    message.serviceIds = services.map(\.text)
    message.archived = isArchived
    message.version = version
    message.createTime = createdAt.timestamp
    return message
  }
}

extension PackagePosting {
  fileprivate var message: Seduta_V1_PackagePosting {
    switch self {
    case .byProcedure: .byProcedure
    case .total: .totalValue
    }
  }

  /// Nil where each session is posted by itself.
  var total: Money? {
    switch self {
    case .byProcedure: nil
    case .total(let money): money
    }
  }
}

extension PackageLink {
  var message: Seduta_V1_PackageLink {
    var message = Seduta_V1_PackageLink()
    message.id = id.text
    message.clientID = client.text
    message.packageID = package.text
    message.name = name
    message.state = state.message
    message.balance = balance.message
    message.automaticRenewal = renews
    message.posting = posting.message
    if let total = posting.total { message.price = total.message }
    message.durationMinutes = durationMinutes
    if let commission { message.commission = commission.message }
    message.serviceIds = services.map(\.text)
    message.details = details.message
    message.roomID = room?.text ?? ""
    message.smsLeadMinutes = smsLeadMinutes ?? 0
    message.benefitID = benefit?.text ?? ""
    if let expiresAt { message.expireTime = expiresAt.timestamp }
    message.renewalOfLinkID = renewalOf?.text ?? ""
    message.renewedByLinkID = renewedBy?.text ?? ""
    message.version = version
    message.createTime = linkedAt.timestamp
    message.updateTime = changedAt.timestamp
    return message
  }
}

extension PackageLinkState {
  fileprivate var message: Seduta_V1_PackageLinkState {
    switch self {
    case .active: .active
    case .expired: .expired
    case .deleted: .deleted
    }
  }
}

extension PackageBalance {
  fileprivate var message: Seduta_V1_PackageBalance {
    var message = Seduta_V1_PackageBalance()
    message.total = total
    message.available = available
    message.reserved = reserved
    message.attended = attended
    message.expired = expired
    message.returned = returned
    return message
  }
}

extension VisitDetails {
  fileprivate var message: Seduta_V1_VisitDetails {
    var message = Seduta_V1_VisitDetails()
    message.insurer = insurer
    message.authorisationNumber = authorisationNumber
    message.phone = phone
    message.notes = notes
    return message
  }
}

extension PackageMembership {
  var message: Seduta_V1_PackageSession {
    var message = Seduta_V1_PackageSession()
    message.linkID = link.text
    message.state =
      switch session {
      case .reserved: .reserved
      case .attended: .attended
      case .released: .released
      }
    message.procedureID = procedure?.text ?? ""
    message.insurer = details.insurer
    message.authorisationNumber = details.authorisationNumber
    message.phone = details.phone
    message.notes = details.notes
    return message
  }
}

extension Answer {
  /// What answers the writing methods of packages. Those that answer with the same fields are the same on the wire.
  var packageReply: Seduta_Wire_V1_Reply {
    get throws {
      switch self {
      case .package(let package):
        var response = Seduta_V1_PackagesCreateResponse()
        response.package = package.message
        return try Seduta_Wire_V1_Reply(response)
      case .packageLinked(let outcome): return try Seduta_Wire_V1_Reply(outcome.message)
      case .packageLink(let link):
        var response = Seduta_V1_PackagesUpdateLinkResponse()
        response.link = link.message
        return try Seduta_Wire_V1_Reply(response)
      case .packageLinkDeleted(let link, let appointments):
        var response = Seduta_V1_PackagesDeleteLinkResponse()
        response.link = link.message
        response.appointments = appointments.map(\.message)
        return try Seduta_Wire_V1_Reply(response)
      case .packageLinkPaid(let link, let payment, let intent):
        var response = Seduta_V1_PackagesPayResponse()
        response.link = link.message
        if let payment { response.payment = payment.message }
        if let intent { response.intent = intent.message }
        return try Seduta_Wire_V1_Reply(response)
      case .procedureChosen(let appointment):
        var response = Seduta_V1_PackagesChooseProcedureResponse()
        response.appointment = appointment.message
        return try Seduta_Wire_V1_Reply(response)
      default: preconditionFailure("no method of packages answers so")
      }
    }
  }
}

extension LinkOutcome {
  fileprivate var message: Seduta_V1_PackagesLinkResponse {
    var response = Seduta_V1_PackagesLinkResponse()
    response.link = link.message
    response.appointments = appointments.map(\.message)
    response.lines = lines.map(\.message)
    if let intent { response.intent = intent.message }
    if let outstanding, !outstanding.isZero { response.amountOutstanding = outstanding.message }
    return response
  }
}

extension Seduta_Wire_V1_Status {
  static func packageUsedUp(_ link: PackageLinkID, available: Int32) -> Self {
    .precondition(
      "PACKAGE_USED_UP", subject: link.text,
      "Of \(link) \(available) sessions can be booked, and more were asked for.",
      metadata: ["available": "\(available)"])
  }

  static func packageNotActive(_ link: PackageLinkID, _ state: PackageLinkState) -> Self {
    .precondition(
      "PACKAGE_NOT_ACTIVE", subject: link.text, "\(link) is \(state.rawValue).",
      metadata: ["state": state.rawValue])
  }

  static func packageExpires(_ link: PackageLinkID, at instant: Instant) -> Self {
    .precondition(
      "PACKAGE_EXPIRES", subject: link.text,
      "The session would begin after the validity of \(link) is over.",
      metadata: ["expire_ms": "\(instant.msSinceEpoch)"])
  }

  static func noProcedure(_ id: AppointmentID) -> Self {
    .precondition(
      "NO_PROCEDURE", subject: id.text,
      "\(id) is no session of a package that is posted by procedure.", metadata: [:])
  }

  /// The conflicts of the first line that cannot be booked, and which lines all are.
  static func packageLinesUnbookable(_ reports: [OccurrenceReport]) -> Self {
    let wrong = reports.enumerated().filter { !$0.element.isBookable }
    let first = wrong.first { !$0.element.discrepancies.isEmpty }
    let conflicts = first?.element.conflicts ?? Seduta_Wire_V1_Conflicts()
    let isTaken = conflicts.discrepancies.contains { !$0.collisions.isEmpty }
    let sentences = conflicts.discrepancies.filter { !$0.overridden }.map(\.message)
      .joined(separator: " ")
    let lines = wrong.map { "\($0.offset)" }.joined(separator: ",")
    var status = Self(
      isTaken ? .alreadyExists : .failedPrecondition, reason: "LINES_NOT_BOOKABLE",
      message: first.map {
        "\(wrong.count) of the lines cannot be booked, the first is lines[\($0.offset)], at "
          + "\($0.element.localStart). \(sentences)"
      } ?? "\(wrong.count) of the lines cannot be booked: their local times do not exist.",
      metadata: ["lines": lines])
    if first != nil { status.conflicts = conflicts }
    return status
  }
}
