internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// Books a series.
struct SeriesCreate: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Book a series: all of its appointments, or those that are free.",
    discussion: """
      With --first, an appointment that is booked already becomes the first; what is not said is \
      taken from it.
      """)

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "The therapist, thr_....")
  var therapist: String?

  @Option(help: "A service of that therapist, svc_....")
  var service: String?

  @Option(help: "A location of that service, loc_....")
  var location: String?

  @Option(help: "A room of that location, room_.... (default: the first free one each time)")
  var room: String?

  @Option(help: "The client, cli_....")
  var client: String?

  @Option(help: "The first start, local: 2026-12-01T10:00.")
  var start: String?

  @Option(help: "How it recurs.")
  var rule: String

  @Option(help: ArgumentHelp("A local start to leave out; can be repeated.", valueName: "start"))
  var exclude: [String] = []

  @Option(help: "An appointment that becomes the first, apt_....")
  var first: String?

  @OptionGroup var mode: SeriesModeOptions
  @OptionGroup var writing: WritingOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_SeriesCreateRequest()
    request.therapistID = therapist ?? ""
    request.serviceID = service ?? ""
    request.locationID = location ?? ""
    request.roomID = room ?? ""
    request.clientID = client ?? ""
    request.localStart = start ?? ""
    request.rule = rule
    request.excludedLocalStarts = exclude
    request.firstAppointmentID = first ?? ""
    request.conflictMode = mode.message
    request.overrides = mode.kinds
    request.quiet = mode.quiet
    request.validateOnly = writing.validateOnly
    let answer = try await server.series.create(request, writing.options)
    try show(answer) {
      let first =
        !answer.bookable
        ? "This cannot be booked; nothing was done."
        : writing.validateOnly
          ? "This would be booked; nothing was done." : "Booked, and on disk."
      return
        ([first, answer.series.detailText, answer.series.reports(answer.occurrences)]
        + (answer.bookable && !writing.validateOnly ? [answer.series.nextStep] : []))
        .joined(separator: "\n")
    }
    return answer.bookable ? .done : .refused
  }
}

/// Moves a series.
struct SeriesMove: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Move one appointment of a series, it and the following, or all.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var part: SeriesPartOptions

  @Option(help: "Where that appointment goes, local: 2026-12-01T10:00.")
  var to: String

  @Option(help: "Another location of the service, loc_.... (default: where they are)")
  var location: String?

  @Option(help: "A room of the location, room_.... (default: the first free one each time)")
  var room: String?

  @Option(help: "Why, for the record.")
  var reason: String?

  @OptionGroup var mode: SeriesModeOptions
  @OptionGroup var writing: WritingOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_SeriesRescheduleRequest()
    request.appointmentID = part.appointment
    request.version = part.version ?? 0
    request.scope = part.scope.message
    request.localStart = to
    request.locationID = location ?? ""
    request.roomID = room ?? ""
    request.conflictMode = mode.message
    request.overrides = mode.kinds
    request.reason = reason ?? ""
    request.quiet = mode.quiet
    request.validateOnly = writing.validateOnly
    let answer = try await server.series.reschedule(request, writing.options)
    try show(answer) {
      let first =
        !answer.bookable
        ? "This cannot be moved; nothing was done."
        : writing.validateOnly ? "This would be moved; nothing was done." : "Moved, and on disk."
      return
        ([first, answer.series.detailText, answer.series.reports(answer.occurrences)]
        + (answer.bookable && !writing.validateOnly ? [answer.series.nextStep] : []))
        .joined(separator: "\n")
    }
    return answer.bookable ? .done : .refused
  }
}

/// Cancels a series.
struct SeriesCancel: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Cancel one appointment of a series, it and the following, or all.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var part: SeriesPartOptions

  @Option(help: "Why, for the record.")
  var reason: String?

  @Flag(help: "The client is not told.")
  var quiet = false

  @OptionGroup var writing: WritingOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_SeriesCancelRequest()
    request.appointmentID = part.appointment
    request.version = part.version ?? 0
    request.scope = part.scope.message
    request.reason = reason ?? ""
    request.quiet = quiet
    request.validateOnly = writing.validateOnly
    let answer = try await server.series.cancel(request, writing.options)
    try show(answer) {
      let first =
        writing.validateOnly ? "These would be cancelled; nothing was done." : "Cancelled."
      var table = Table("DAY", "START", "APPOINTMENT", "FEE", "REFUND")
      for cancelled in answer.cancelled {
        let start = cancelled.appointment.start
        table.add(
          start.weekday, start.start, cancelled.appointment.id, cancelled.settlement.fee.shown,
          cancelled.settlement.refund.shown)
      }
      return [first, answer.series.detailText, table.text].joined(separator: "\n")
    }
    return .done
  }
}

/// Which part of a series.
struct SeriesPartOptions: ParsableArguments {
  enum Scope: String, ExpressibleByArgument, CaseIterable {
    case this
    case following
    case all

    var message: Seduta_V1_SeriesScope {
      switch self {
      case .this: .this
      case .following: .thisAndFollowing
      case .all: .all
      }
    }
  }

  @Argument(help: "An appointment of the series, apt_....")
  var appointment: String

  @Option(help: "How much of the series: this one, it and the following, or all.")
  var scope: Scope

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?
}

/// What to do where an occurrence is not free.
struct SeriesModeOptions: ParsableArguments {
  @Flag(help: "Leave out what is not free. (default: all or nothing)")
  var skip = false

  @Option(
    help: ArgumentHelp(
      "Accept this though it is in the way of any; can be repeated.", valueName: "kind"))
  var override: [TakeoverOptions.Override] = []

  @Flag(help: "The client is not told.")
  var quiet = false

  var message: Seduta_V1_SeriesConflictMode { skip ? .skip : .allOrNothing }
  var kinds: [Seduta_Wire_V1_DiscrepancyKind] { override.map(\.message) }
}

extension Seduta_V1_SeriesInfo {
  fileprivate var nextStep: String {
    "To see what stands of it:\n  \(Seduta.asTyped) series show \(id)"
  }

  /// What became of each occurrence, and below it all that is in the way.
  fileprivate func reports(_ occurrences: [Seduta_V1_OccurrenceReport]) -> String {
    let zone = TimeZone(identifier: timeZone) ?? .gmt
    var table = Table("LOCAL START", "BOOKABLE", "LEFT OUT", "APPOINTMENT")
    for report in occurrences {
      table.add(
        report.localStart, report.bookable ? "yes" : "no",
        report.omission == .unspecified ? "-" : report.omission.shown,
        report.appointment.id.isEmpty ? "-" : report.appointment.id)
    }
    let conflicts = occurrences.filter(\.hasConflicts).flatMap {
      ["\($0.localStart):"] + conflictLines($0.conflicts, zone: zone)
    }
    return ([table.text] + conflicts).joined(separator: "\n")
  }
}
