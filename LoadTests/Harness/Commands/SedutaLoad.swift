internal import ArgumentParser
internal import Foundation
internal import Scenarios

/// The harness's version.
let harnessVersion = "0.2.0"

/// What the process ends with.
enum Exit: Int32 {
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
      Exit status: 0 passed; 1 wrong answers, too many errors, too slow, or under a threshold; 2 usage; \
      3 the server cannot be reached or does not start.
      """,
    version: harnessVersion,
    subcommands: [RunCommand.self, CheckCommand.self, ScenariosCommand.self],
    defaultSubcommand: RunCommand.self)
}

/// Lists the scenarios that can be named, or prints one.
struct ScenariosCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenarios",
    abstract: "Lists the scenarios that can be named, or prints one's file.")

  @Argument(help: "The scenario to print.")
  var name: String?

  func run() throws {
    if let name {
      guard let file = ScenarioLibrary.file(named: name) else {
        throw ValidationError("there is no scenario \(name).")
      }
      return FileHandle.standardOutput.write(file)
    }
    for name in ScenarioLibrary.names {
      let scenario = try ScenarioLibrary.scenario(name)
      print(name + String(repeating: " ", count: max(1, 20 - name.count)) + scenario.summary)
    }
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
      case is CannotConnect, is CannotServe: .cannotConnect
      case is CallFailed, is CocoaError: .failed
      default: .usage
      }
    let isOurs =
      error is CannotConnect || error is CannotServe || error is CallFailed || error is NoKey
      || error is Malformed
    let message = isOurs ? "Error: \(error)" : SedutaLoad.fullMessage(for: error)
    FileHandle.standardError.write(Data((message + "\n").utf8))
    Foundation.exit(status.rawValue)
  }
}
