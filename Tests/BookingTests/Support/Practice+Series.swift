internal import Availability
internal import Booking
internal import Intervals

/// Sessions with Anna at the office for Carlo, with what a test wants otherwise.
func recurring(
  _ rule: String, from localStart: String, _ change: (inout SeriesWish) -> Void = { _ in }
) throws -> Wanted {
  var wish = SeriesWish(rule: try RecurrenceRule(rule))
  wish.therapist = anna
  wish.service = individual
  wish.location = office
  wish.client = carlo
  wish.localStart = wall(localStart)
  change(&wish)
  return .createSeries(wish)
}

func moving(
  _ appointment: AppointmentID, _ scope: SeriesScope, to localStart: String,
  _ change: (inout SeriesMove) -> Void = { _ in }
) -> Wanted {
  var move = SeriesMove(appointment, scope, to: wall(localStart))
  change(&move)
  return .moveSeries(move)
}

func cancelling(_ appointment: AppointmentID, _ scope: SeriesScope) -> Wanted {
  .cancelSeries(SeriesCancelWish(appointment, scope))
}

extension Practice {
  /// Books a series; the ids of its appointments in order of time.
  @discardableResult
  mutating func book(
    _ rule: String, from localStart: String, _ change: (inout SeriesWish) -> Void = { _ in }
  ) throws -> [AppointmentID] {
    perform(try recurring(rule, from: localStart, change)).outcome?.occurrences
      .compactMap { $0.appointment?.id } ?? []
  }

  /// When appointments start, as clocks in Rome show it; "-" for what takes no time any more.
  func starts(_ ids: [AppointmentID]) -> [String] {
    ids.map { id in
      guard let session = facts.appointments[id], session.state.occupies else { return "-" }
      return rome.local(session.span.start).description
    }
  }

  func series(of id: AppointmentID) -> Series? {
    facts.appointments[id]?.recurrence.flatMap { facts.series[$0.series] }
  }

  /// The starts that a series' rule gives, without what was left out: those of its appointments, unless
  /// they were moved by themselves.
  func planned(_ series: Series) throws -> [Minute] {
    let omitted = Set(series.omissions.map(\.localStart))
    return try Recurrence(series.rule, from: series.localStart, in: rome, excluding: omitted)
      .occurrences.map(\.start)
  }
}

extension Decision {
  /// Of a series that was booked or moved, or would be.
  var outcome: SeriesOutcome? {
    switch change?.answer {
    case .seriesMade(let outcome), .seriesMoved(let outcome): outcome
    default: nil
    }
  }

  /// Of a series that cannot be booked: where, and the numbers of S-4 that are in the way.
  var inTheWay: [String: [Int]] {
    guard case .seriesUnbookable(let reports) = refusal else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: reports.map {
        ($0.localStart.description, $0.discrepancies.map(\.kind))
      })
  }
}

extension Decision {
  /// The fields of the request that are wrong.
  var faults: [String] {
    if case .invalid(let faults) = refusal { faults.map(\.field) } else { [] }
  }
}
