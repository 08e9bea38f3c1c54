internal import ArgumentParser
internal import Foundation
internal import Reports
internal import Scenarios
internal import Thresholds

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ci",
    abstract: "Checks a server's speed by ratios that hold on any machine.",
    discussion: """
      Starts a server of its own in a temporary folder, on a free port. Runs short loads on it, \
      each beside the same load on an echo: a server in C that answers with prepared replies of the same \
      sizes. Each threshold is a ratio of two loads of the same round, and is judged by the median of \
      all rounds. Every reply of every load is checked, too.

      Exit status: 0 all is kept; 1 a threshold or an answer is broken; 2 usage, or a thresholds' file that \
      is malformed; 3 the server does not start.
      """)

  @Option(help: "The server's program. (default: sedutad beside this program, else in $PATH)")
  var server: String?

  @Option(help: "A file with other thresholds than the harness's own.")
  var thresholds: String?

  @Flag(help: "Measure longer, and tell how far the goals are reached, whatever was reached.")
  var goals = false

  @Flag(help: "Print the thresholds' file, and do nothing else.")
  var printThresholds = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if goals, thresholds != nil {
      throw ValidationError("--goals and --thresholds exclude each other.")
    }
    try output.prepare()
  }

  func run() throws {
    #if DEBUG
      throw ValidationError(
        "This is a debug build: its figures would be of itself. Build it with -c release.")
    #else
      if printThresholds {
        return FileHandle.standardOutput.write(ownFile)
      }
      try measure()
    #endif
  }

  private func measure() throws {
    let check = try readThresholds()
    Interrupt.listen()
    let process = try ServerProcess(findServer(), for: check)
    let report = try CheckRun(
      check, server: process, areGoals: goals, isQuiet: output.quiet
    ).perform()
    print(report.table)
    try output.write(
      json: report.json(), html: report.html, junit: report.junit, markdown: report.markdown)
    if !report.hasPassed { throw ExitCode(Exit.failed.rawValue) }
  }

  private var ownFile: Data {
    goals ? ContinuousCheck.goalsFile : ContinuousCheck.standardFile
  }

  private func readThresholds() throws -> ContinuousCheck {
    guard let thresholds else {
      return try ContinuousCheck(file: ownFile, named: goals ? "goals.json" : "ci.json")
    }
    guard let data = FileManager.default.contents(atPath: thresholds) else {
      throw Malformed("\(thresholds): cannot be read")
    }
    return try ContinuousCheck(file: data, named: thresholds)
  }

  private func findServer() throws(CannotServe) -> URL {
    if let server { return URL(fileURLWithPath: server) }
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let folders =
      [own.deletingLastPathComponent().path()]
      + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let found = folders.map { URL(fileURLWithPath: $0).appending(path: "sedutad") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path()) }
    guard let found else {
      throw CannotServe("no sedutad beside this program or in $PATH: give --server")
    }
    return found
  }
}
