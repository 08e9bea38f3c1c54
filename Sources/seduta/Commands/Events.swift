internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// What happened, and what happens.
struct Events: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what happened, a line for each event, and with --follow what happens.",
    discussion: """
      With --json each line is an event in protobuf JSON, with the thing that it is about. --follow \
      goes on until it is ended, over new connections where one is lost.
      """)

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "After this position.")
  var after: Int64 = 0

  @Option(help: "Only of this kind: APPOINTMENT_BOOKED, ...; can be repeated.")
  var kind: [String] = []

  @Flag(help: "Go on with what happens.")
  var follow = false

  func run(with client: SedutaClient) async throws -> Verdict {
    if follow {
      for try await told in client.events(after: after, kinds: kind) {
        for event in told.events { try show(event) }
      }
      return .done
    }
    var position = after
    while true {
      let page = try await client.events.list(
        .with {
          $0.afterPosition = position
          $0.pageSize = 1_000
          $0.kinds = kind
        })
      for event in page.events { try show(event) }
      guard page.more else { return .done }
      position = page.position
    }
  }

  private func show(_ event: Seduta_V1_Event) throws {
    try printNow(
      connection.json
        ? event.jsonString()
        : [
          "\(event.position)", LocalTime(ms: event.time.ms, in: .gmt).start, event.kind,
          "\(event.subjectID) v\(event.subjectVersion)", event.actorRole.lowercased(),
          event.actorID,
        ].joined(separator: "  ").trimmingCharacters(in: .whitespaces))
  }
}

/// Who reads a pipe is told at once, too.
func printNow(_ line: String) throws {
  try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
}
