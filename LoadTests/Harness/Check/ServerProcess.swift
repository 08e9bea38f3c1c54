internal import Foundation
internal import Thresholds

/// A server of the check's own: in a temporary folder, on a free port. Ends with this object.
final class ServerProcess {
  private static let readySeconds = 180.0
  private static let stopSeconds = 30.0
  private static let pollSeconds = 0.05
  private static let lastWords = 20

  let port: UInt16
  let key: String
  /// Where it keeps its data, for whoever wants to measure the same disk.
  let folder: URL

  private let process: Process

  /// - Parameter executable: The path of `sedutad`.
  init(_ executable: URL, for check: ContinuousCheck) throws(CannotServe) {
    let manager = FileManager.default
    folder = manager.temporaryDirectory.appending(path: "seduta-load-\(UUID().uuidString)")
    let (portFile, log) = (folder.appending(path: "port"), folder.appending(path: "log"))
    process = Process()
    process.executableURL = executable
    let filling =
      switch check.population {
      // Its messages are not what is measured: they would be composed and written to a folder beside the load.
      case .demo:
        [
          "--demo", "--demo-therapists", "\(check.therapists)", "--mail", "none", "--sms", "none",
        ]
      case .w: ["--population", "w", "--therapists", "\(check.therapists)"]
      }
    process.arguments =
      ["serve"] + filling + ["--host", "127.0.0.1", "--port", "0", "--port-file", portFile.path()]
      + ["--data-dir", folder.appending(path: "practice").path()]
    do {
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data().write(to: log)
      let output = try FileHandle(forWritingTo: log)
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = output
      try process.run()
    } catch {
      throw CannotServe("cannot start \(executable.path()): \(error.localizedDescription)")
    }
    guard let port = Self.wait(for: process, toWrite: portFile),
      let key = try? String(contentsOf: folder.appending(path: "practice/key"), encoding: .utf8)
    else {
      let words = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      Self.stop(process, folder)
      throw CannotServe(
        "\(executable.path()) is not ready. Its last words:\n"
          + words.split(separator: "\n").suffix(Self.lastWords).joined(separator: "\n"))
    }
    self.port = port
    self.key = key.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  deinit { Self.stop(process, folder) }

  /// Processor time that it has used, in nanoseconds.
  var processorNs: UInt64 { Clock.processorNs(of: process.processIdentifier) }

  private static func wait(for process: Process, toWrite file: URL) -> UInt16? {
    let deadline = Date(timeIntervalSinceNow: readySeconds)
    while process.isRunning, Date() < deadline, !Interrupt.wasAsked {
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      if let port = UInt16(text.trimmingCharacters(in: .whitespacesAndNewlines)) { return port }
      Thread.sleep(forTimeInterval: pollSeconds)
    }
    return nil
  }

  private static func stop(_ process: Process, _ folder: URL) {
    if process.isRunning { process.terminate() }
    let deadline = Date(timeIntervalSinceNow: stopSeconds)
    while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: pollSeconds) }
    // A server that does not drain must not be left behind.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }
}

/// The server did not start.
struct CannotServe: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
