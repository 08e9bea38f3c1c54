internal import Availability
internal import Booking
internal import Intervals
internal import Wire

extension Series {
  var message: Seduta_V1_SeriesInfo {
    var message = Seduta_V1_SeriesInfo()
    message.id = id.text
    message.therapistID = therapist.text
    message.clientID = client.text
    message.serviceID = service.text
    message.locationID = location.text
    message.rule = rule.text
    message.localStart = localStart.description
    message.timeZone = zoneName
    message.omissions = omissions.map { omission in
      var message = Seduta_V1_SeriesOmission()
      message.localStart = omission.localStart.description
      message.reason = omission.reason.message
      return message
    }
    message.splitFromSeriesID = splitFrom?.text ?? ""
    message.version = version
    message.createTime = madeAt.timestamp
    return message
  }
}

extension SeriesOmission.Reason {
  fileprivate var message: Seduta_V1_SeriesOmissionReason {
    switch self {
    case .excluded: .excluded
    case .conflict: .conflict
    case .gap: .gap
    }
  }
}

extension OccurrenceReport {
  var conflicts: Seduta_Wire_V1_Conflicts {
    Seduta_Wire_V1_Conflicts(discrepancies, overridden: overridden, alternatives: alternatives)
  }

  var message: Seduta_V1_OccurrenceReport {
    var message = Seduta_V1_OccurrenceReport()
    message.localStart = localStart.description
    message.startMs = start?.instant.msSinceEpoch ?? 0
    message.bookable = isBookable
    if !discrepancies.isEmpty || !overridden.isEmpty { message.conflicts = conflicts }
    message.omission = omission?.message ?? .unspecified
    if let appointment { message.appointment = appointment.message }
    return message
  }
}

extension SeriesOutcome {
  var made: Seduta_V1_SeriesCreateResponse {
    var message = Seduta_V1_SeriesCreateResponse()
    message.series = series.message
    message.occurrences = occurrences.map(\.message)
    message.bookable = isBookable
    return message
  }

  var moved: Seduta_V1_SeriesRescheduleResponse {
    var message = Seduta_V1_SeriesRescheduleResponse()
    message.series = series.message
    message.occurrences = occurrences.map(\.message)
    message.bookable = isBookable
    return message
  }
}

extension SeriesTime {
  var message: Seduta_V1_SeriesCandidate {
    var message = Seduta_V1_SeriesCandidate()
    message.locationID = group.location.text
    message.localStart = localStart.description
    message.startMs = start.instant.msSinceEpoch
    message.free = Int32(freeCount)
    message.missedStartMs = missed.map(\.start.instant.msSinceEpoch)
    return message
  }
}

extension Seduta_Wire_V1_Status {
  /// How many starts are named in a status' metadata.
  private static let startsMax = 20

  /// The conflicts of the first occurrence that cannot be booked, and the starts of all.
  static func seriesUnbookable(_ reports: [OccurrenceReport]) -> Self {
    let first = reports.first { !$0.discrepancies.isEmpty }
    let conflicts = first?.conflicts ?? Seduta_Wire_V1_Conflicts()
    let isTaken = conflicts.discrepancies.contains { !$0.collisions.isEmpty }
    let sentences = conflicts.discrepancies.filter { !$0.overridden }.map(\.message)
      .joined(separator: " ")
    var starts = reports.prefix(startsMax).map(\.localStart.description).joined(separator: ",")
    if reports.count > startsMax { starts += ",..." }
    var status = Self(
      isTaken ? .alreadyExists : .failedPrecondition, reason: "SERIES_NOT_BOOKABLE",
      message: first.map {
        "\(reports.count) of the series cannot be booked, the first at \($0.localStart). \(sentences)"
      } ?? "Nothing of the series can be booked.",
      metadata: ["local_starts": starts, "count": "\(reports.count)"])
    if first != nil { status.conflicts = conflicts }
    return status
  }
}
