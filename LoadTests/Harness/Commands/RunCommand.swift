internal import ArgumentParser
internal import Foundation
internal import Reports
internal import Scenarios
internal import Workload

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a scenario against a server that is there.",
    discussion: """
      A scenario is a file; flags override what it says. With --pipeline the loop is closed: \
      --connections times --pipeline calls are in flight, and the next goes out when one comes back. \
      With --rate it is open: requests have fixed times, and latency counts from when a request should \
      have been sent. A scenario with a ramp raises the rate until the server no longer keeps up.

      Every reply is checked: an offer that overlaps a booking which this run holds fails the run. \
      Bookings are read back and cancelled at the end.
      """)

  @OptionGroup var server: ServerOptions

  @Option(help: "A scenario's name (see `seduta-load scenarios`), or the path of its file.")
  var scenario = "mix"

  @Option(help: "Connections.")
  var connections: Int?

  @Option(help: "Closed loop: calls in flight on each connection.")
  var pipeline: Int?

  @Option(help: "Open loop: requests per second, on all connections together.")
  var rate: Double?

  @Option(help: "How long to measure: 500ms, 20s, 2m.")
  var duration: Duration?

  @Option(help: "How long to run before measuring.")
  var warmUp: Duration?

  @Option(
    help: """
      search: one therapist's month; search-many: the first 20 starts among 200 therapists; \
      batch-lookup: the first free start of each of 1,000 therapists; book: bookings and \
      cancellations; mixed: 90 % search, 5 % search-many, 5 % book.
      """)
  var mix: MixName?

  @Option(help: "What all choices are drawn from.")
  var seed: UInt64?

  @Option(help: "Threads of this client. More than one leaves a server on the same machine less.")
  var threads = 1

  @Option(help: "Fail if the 99th percentile of all calls is above so many milliseconds.")
  var p99MaxMs: Double?

  @Option(help: "Fail if there are more errors.")
  var errorsMax: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let connections, !Scenario.connectionsRange.contains(connections) {
      throw ValidationError("--connections is from 1 to 10,000.")
    }
    if let pipeline, !Scenario.inFlightRange.contains(pipeline) {
      throw ValidationError("--pipeline is from 1 to 65,536.")
    }
    if let rate, !Scenario.rateRange.contains(rate) {
      throw ValidationError("--rate is from 0.1 to 10,000,000.")
    }
    if rate != nil, pipeline != nil {
      throw ValidationError("--rate and --pipeline exclude each other.")
    }
    if let duration, duration.ns == 0 { throw ValidationError("--duration is above 0.") }
    try output.prepare()
  }

  mutating func run() throws {
    #if DEBUG
      throw ValidationError(
        "This is a debug build: its figures would be of itself. Build it with -c release.")
    #else
      try measure()
    #endif
  }

  private func measure() throws {
    let scenario = try overridden(ScenarioLibrary.scenario(scenario))
    guard (1...min(scenario.connections, 64)).contains(threads) else {
      throw ValidationError("--threads is from 1 to 64, and at most one for each connection.")
    }
    var session = try Session(to: server.endpoint, key: server.findKey())
    guard session.population.offerings.count >= threads else {
      throw ValidationError("\(threads) threads need as many therapists to share among them.")
    }
    session.threads = threads
    let report = try ScenarioRun(session: session, scenario: scenario, isQuiet: output.quiet)
      .perform()
    print(report.table)
    try output.write(
      json: report.json(), html: report.html, junit: report.junit, markdown: report.markdown)
    if !report.hasPassed { throw ExitCode(Exit.failed.rawValue) }
  }

  private func overridden(_ file: Scenario) -> Scenario {
    var scenario = file
    if let connections { scenario.connections = connections }
    if let pipeline { scenario.pace = .closed(inFlight: pipeline) }
    if let rate { scenario.pace = .open(requestsPerSecond: rate) }
    if let duration { scenario.seconds = Double(duration.ns) / 1e9 }
    if let warmUp { scenario.warmUpSeconds = Double(warmUp.ns) / 1e9 }
    if let mix { scenario.mix = mix.mix }
    if let seed { scenario.seed = seed }
    if let p99MaxMs { scenario.limits.p99MaxMs = p99MaxMs }
    if let errorsMax { scenario.limits.errorsMax = errorsMax }
    return scenario
  }
}
