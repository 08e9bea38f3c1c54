internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Where the server is, who is asking, and how to print.
struct ConnectionOptions: ParsableArguments {
  @Option(help: "The server's name or address. [env: SEDUTA_HOST; default: 127.0.0.1]")
  var host: String?

  @Option(help: "The server's port. [env: SEDUTA_PORT; default: 7390]")
  var port: Int?

  @Option(help: "The API key. [env: SEDUTA_KEY; default: what .seduta/key holds]")
  var key: String?

  @Option(help: "A file that holds the API key.")
  var keyFile: String?

  @Option(help: "Milliseconds to wait for the answer.")
  var timeoutMs: UInt32 = 10_000

  @Flag(help: "Print the answer as protobuf JSON.")
  var json = false

  func open() async throws -> SedutaClient {
    let environment = ProcessInfo.processInfo.environment
    let host = host ?? environment["SEDUTA_HOST"] ?? "127.0.0.1"
    var port = port ?? 7390
    if self.port == nil, let text = environment["SEDUTA_PORT"] {
      guard let number = Int(text) else {
        throw Complaint(.usage, "SEDUTA_PORT is no number: \"\(text)\".")
      }
      port = number
    }
    return try await SedutaClient.connect(
      host: host, port: port, apiKey: try apiKey(environment), clientName: "seduta",
      timeouts: Timeouts(callMs: timeoutMs))
  }

  private func apiKey(_ environment: [String: String]) throws -> String {
    if let key { return key }
    if let keyFile { return try read(keyFile) }
    if let key = environment["SEDUTA_KEY"], !key.isEmpty { return key }
    let usual = ".seduta/key"
    guard FileManager.default.fileExists(atPath: usual) else {
      throw Complaint(
        .notAllowed, "No API key.",
        next: "Run `make serve` in this folder, or pass --key, --key-file or SEDUTA_KEY.")
    }
    return try read(usual)
  }

  private func read(_ path: String) throws -> String {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Complaint(.notAllowed, "Cannot read the API key from \(path).")
    }
    let key = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !key.isEmpty else { throw Complaint(.notAllowed, "The file \(path) holds no API key.") }
    return key
  }
}

/// A subcommand that talks with the server.
protocol SedutaCommand: AsyncParsableCommand {
  var connection: ConnectionOptions { get }
  /// In which refusals show their times.
  var zone: TimeZone { get }
  func run(with client: SedutaClient) async throws -> Verdict
}

extension SedutaCommand {
  var zone: TimeZone { .current }

  func run() async throws {
    let verdict: Verdict
    do {
      let client = try await connection.open()
      verdict = try await run(with: client)
      await client.close()
    } catch {
      let complaint = Complaint(error, zone: zone)
      printToStandardError(connection.json ? complaint.json : complaint.text)
      throw ExitCode(complaint.verdict.rawValue)
    }
    if verdict != .done { throw ExitCode(verdict.rawValue) }
  }

  /// What a call says that has to be typed again besides its key.
  func repeatable<Answer>(
    with more: String, _ call: () async throws -> Answer
  ) async throws -> Answer {
    do {
      return try await call()
    } catch {
      throw Complaint(error, zone: zone, repeatedWith: more)
    }
  }

  /// Prints the answer as JSON where that was asked for, else as the text.
  func show(_ answer: some Message, as text: () -> String) throws {
    print(connection.json ? try answer.jsonString() : text())
  }
}
