internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// Appointments that recur by one rule.
struct Series: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find, book, show, move and cancel series of appointments.",
    discussion: """
      How a series recurs is an RFC 5545 rule: "FREQ=WEEKLY;COUNT=10", "FREQ=DAILY;INTERVAL=2;COUNT=5", \
      "FREQ=MONTHLY;COUNT=6;BYDAY=1MO". Its times are local ones, of the therapist's zone: \
      2026-12-01T10:00.
      """,
    subcommands: [
      SeriesSearch.self, SeriesCreate.self, SeriesShow.self, SeriesList.self, SeriesMove.self,
      SeriesCancel.self,
    ])
}

/// Which recurring times are free.
struct SeriesSearch: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "List the recurring times that are free, each time or all but a few.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "The therapist, thr_....")
  var therapist: String

  @Option(help: "A service of that therapist, svc_....")
  var service: String

  @Option(help: "A location of that service, loc_.... (default: any)")
  var location: String?

  @Option(help: "How it recurs, with COUNT.")
  var rule = "FREQ=WEEKLY;COUNT=10"

  @Option(help: "The earliest first start. (default: now)")
  var from: RangeEndArgument?

  @Option(help: "First starts are before this.")
  var until: RangeEndArgument?

  @Option(help: "Instead of --until: so many days.")
  var days = 7

  @Option(help: "How many occurrences may be taken.")
  var missesMax: Int32 = 0

  @Option(help: "The client who would come, cli_...: also where they are free.")
  var client: String?

  @Option(help: "The most to list.")
  var limit: Int32 = 20

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func validate() throws {
    guard 1...35 ~= days else { throw ValidationError("--days must be 1 to 35.") }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_SeriesSearchRequest()
    request.therapistID = therapist
    request.serviceID = service
    request.locationID = location ?? ""
    request.rule = rule
    request.fromMs = from?.ms ?? 0
    request.untilMs =
      try await RangeEndArgument.end(until, from: from, days: days, of: server).ms
    request.missesMax = missesMax
    request.clientID = client ?? ""
    request.pageSize = limit
    let found = try await server.series.search(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found.candidates) }
    return .done
  }

  private func text(_ candidates: [Seduta_V1_SeriesCandidate]) -> String {
    guard let first = candidates.first else {
      return "No time is free so often. Widen --days, or allow some misses with --misses-max."
    }
    var table = Table("FIRST", "FREE", "MISSED", "LOCATION")
    for candidate in candidates {
      let misses = candidate.missedStartMs.map { LocalTime(ms: $0, in: zone).start }
      table.add(
        candidate.localStart, "\(candidate.free)",
        misses.isEmpty ? "-" : misses.joined(separator: " "), candidate.locationID)
    }
    let skipping = first.missedStartMs.isEmpty ? "" : " --skip"
    return """
      \(table.text)

      To book the first:
        \(Seduta.asTyped) series create --therapist \(therapist) --service \(service) \
      --location \(first.locationID) --start \(first.localStart) --rule '\(rule)'\(skipping) \
      --client \(client ?? "cli_...")
      """
  }
}

/// One series.
struct SeriesShow: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a series with its appointments.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The series, srs_....")
  var series: String

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_SeriesGetRequest()
    request.seriesID = series
    let answer = try await server.series.get(request, CallOptions(actor: behalf.actor))
    try show(answer) {
      var table = Table("DAY", "START", "STATE", "MOVED", "APPOINTMENT", "VERSION")
      for appointment in answer.appointments {
        let isMoved = appointment.startTime != appointment.originalStartTime
        table.add(
          appointment.start.weekday, appointment.start.start, appointment.state.shown,
          isMoved ? "yes" : "-", appointment.id, "\(appointment.version)")
      }
      return answer.series.detailText + "\n\n" + table.text
    }
    return .done
  }
}

/// All series.
struct SeriesList: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List series in the order in which they were made.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "Of this therapist, thr_....")
  var therapist: String?

  @Option(help: "Of this client, cli_....")
  var client: String?

  @OptionGroup var page: PageOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_SeriesListRequest()
    request.therapistID = therapist ?? ""
    request.clientID = client ?? ""
    request.pageSize = page.limit
    request.pageToken = page.token ?? ""
    let found = try await server.series.list(request, CallOptions(actor: behalf.actor))
    try show(found) {
      guard !found.series.isEmpty else { return "No series there." }
      var table = Table("FIRST", "RULE", "SERIES", "VERSION", "THERAPIST", "CLIENT")
      for series in found.series {
        table.add(
          series.localStart, series.rule, series.id, "\(series.version)", series.therapistID,
          series.clientID)
      }
      return table.text + PageOptions.more(found.nextPageToken)
    }
    return .done
  }
}

extension Seduta_V1_SeriesInfo {
  /// Everything about it, a line each.
  var detailText: String {
    details([
      ("series", id),
      ("first", "\(localStart), \(timeZone)"),
      ("rule", rule),
      (
        "left out",
        omissions.map { "\($0.localStart) (\($0.reason.shown))" }.joined(separator: ", ")
      ),
      ("split from", splitFromSeriesID),
      ("therapist", therapistID),
      ("client", clientID),
      ("service", serviceID),
      ("location", locationID),
      ("version", "\(version)"),
    ])
  }
}

extension Seduta_V1_SeriesOmissionReason {
  var shown: String {
    switch self {
    case .unspecified: ""
    case .excluded: "excluded"
    case .conflict: "not free"
    case .gap: "no such time"
    case .UNRECOGNIZED(let number): "reason \(number)"
    }
  }
}
