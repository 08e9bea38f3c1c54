internal import ArgumentParser
internal import SedutaClient
internal import Wire

/// Which free starts: for `search` and `watch`.
struct SearchOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A therapist, thr_...; can be repeated.", valueName: "id"))
  var therapist: [String] = []

  @OptionGroup var filter: FilterOptions

  @Option(help: "The earliest start. (default: now)")
  var from: RangeEndArgument?

  @Option(help: "Starts are before this.")
  var until: RangeEndArgument?

  @Option(help: "Instead of --until: so many days.")
  var days = 7

  @Option(help: "The most starts to list.")
  var limit: Int32 = 20

  func validate() throws {
    guard 1...366 ~= days else { throw ValidationError("--days must be 1 to 366.") }
  }

  func end(of client: SedutaClient) async throws -> RangeEndArgument {
    try await RangeEndArgument.end(until, from: from, days: days, of: client)
  }

  func request(until: RangeEndArgument) -> Seduta_V1_SlotsSearchRequest {
    var request = Seduta_V1_SlotsSearchRequest()
    request.fromMs = from?.ms ?? 0
    request.untilMs = until.ms
    request.pageSize = limit
    request.filter = filter.message
    request.filter.therapistIds = therapist
    return request
  }
}
