internal import ArgumentParser
internal import Foundation
internal import Workload

/// The harness's version.
let harnessVersion = "0.1.0"

/// What the process ends with.
private enum Exit: Int32 {
  case passed = 0
  case failed = 1
  case usage = 2
  case cannotConnect = 3
}

struct SedutaLoad: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seduta-load",
    abstract: "Puts a load on a Seduta server, checks its answers, and reports how fast they were.",
    discussion: """
      Without --rate the loop is closed: --connections times --pipeline calls are in flight, and the \
      next goes out when one comes back. With --rate it is open: requests have fixed times, and \
      latency counts from when a request should have been sent.

      While it runs, every search is held against the bookings that this run holds: an offer that \
      overlaps one is a violation, and fails the run. Bookings are read back and cancelled at the end.

      Exit status: 0 passed; 1 violations, too many errors or too slow; 2 usage; 3 cannot connect.
      """,
    version: harnessVersion)

  @Option(help: "Where the server is.")
  var host = "127.0.0.1"

  @Option(help: "The server's port.")
  var port: UInt16 = 7390

  @Option(help: "The API key. It shows in the process list: prefer a file or SEDUTA_KEY.")
  var key: String?

  @Option(help: "A file with the API key. (default: $SEDUTA_KEY, then .seduta/key)")
  var keyFile: String?

  @Option(help: "Connections.")
  var connections = 8

  @Option(help: "Closed loop: calls in flight on each connection.")
  var pipeline = 16

  @Option(help: "Open loop: requests per second, on all connections together.")
  var rate: Double?

  @Option(help: "How long to measure: 500ms, 20s, 2m.")
  var duration = Duration(argument: "20s")!

  @Option(help: "How long to run before measuring.")
  var warmUp = Duration(argument: "2s")!

  @Option(
    help: """
      search: one therapist's month; search-many: the first 20 starts among 200 therapists; book: \
      bookings and cancellations; mixed: 90 % search, 5 % search-many, 5 % book.
      """)
  var mix = MixName.mixed

  @Option(help: "What all choices are drawn from.")
  var seed: UInt64 = 1

  @Option(help: "Threads of this client. More than one leaves a server on the same machine less.")
  var threads = 1

  @Option(help: "Where to write the report as JSON.")
  var json: String?

  @Flag(help: "No progress.")
  var quiet = false

  @Option(help: "Fail if the 99th percentile of all calls is above so many milliseconds.")
  var p99MaxMs: Double?

  @Option(help: "Fail if there are more errors.")
  var errorsMax = 0

  func validate() throws {
    guard (1...10_000).contains(connections) else {
      throw ValidationError("--connections is from 1 to 10,000.")
    }
    guard (1...CallTable.capacity).contains(pipeline) else {
      throw ValidationError("--pipeline is from 1 to \(CallTable.capacity).")
    }
    guard (1...min(connections, 64)).contains(threads) else {
      throw ValidationError("--threads is from 1 to 64, and at most one for each connection.")
    }
    if let rate, !(rate > 0 && rate <= 10_000_000) {
      throw ValidationError("--rate is above 0 and at most 10,000,000.")
    }
    guard duration.ns > 0 else { throw ValidationError("--duration is above 0.") }
    // Now, not when the run is over and its report would be lost.
    if let json, !FileManager.default.createFile(atPath: json, contents: nil) {
      throw ValidationError("cannot write to \(json).")
    }
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
    let key = try KeySource(key: key, file: keyFile).find()
    let plan = RunPlan(
      endpoint: Endpoint(host: host, port: port), key: key, connections: connections,
      threads: threads,
      loop: rate.map { .open(requestsPerSecond: $0) } ?? .closed(pipeline: pipeline),
      warmUpNs: warmUp.ns, durationNs: duration.ns, mixName: mix.rawValue, mix: mix.mix, seed: seed,
      runID: String(UInt64.random(in: .min ... .max), radix: 36))
    let limits = PassLimits(p99MaxMs: p99MaxMs, errorsMax: errorsMax)
    let report = try Run(plan: plan, limits: limits, isQuiet: quiet).perform()
    print(report.table)
    if let json { try report.json().write(to: URL(fileURLWithPath: json)) }
    if !report.failures.isEmpty { throw ExitCode(Exit.failed.rawValue) }
  }
}

/// Maps what went wrong to the exit status that the help promises; ArgumentParser's own are others.
@main
private enum Main {
  static func main() {
    do {
      var command = try SedutaLoad.parseAsRoot()
      try command.run()
    } catch {
      end(with: error)
    }
  }

  private static func end(with error: any Error) -> Never {
    if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
    if SedutaLoad.exitCode(for: error) == .success {
      print(SedutaLoad.fullMessage(for: error))
      Foundation.exit(Exit.passed.rawValue)
    }
    let status: Exit =
      switch error {
      case is CannotConnect: .cannotConnect
      case is CallFailed, is CocoaError: .failed
      default: .usage
      }
    let isOurs = error is CannotConnect || error is CallFailed || error is NoKey
    let message = isOurs ? "Error: \(error)" : SedutaLoad.fullMessage(for: error)
    FileHandle.standardError.write(Data((message + "\n").utf8))
    Foundation.exit(status.rawValue)
  }
}
