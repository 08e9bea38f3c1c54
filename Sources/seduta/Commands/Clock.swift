internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Reads or moves a sandbox's clock.
struct Clock: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read a sandbox's clock, or move it forward. Needs the scope admin.",
    discussion: """
      All that becomes due until then happens, in order, before this returns. A server is a sandbox \
      when it was started with --sandbox.
      """)

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "Move it to this time: 2026-11-24T10:00+01:00, or milliseconds since 1970.")
  var to: InstantArgument?

  @Option(help: "Move it by this: 90s, 15m, 24h or 30d.")
  var by: DurationArgument?

  @Option(help: "The same key again gets the first answer again. (default: a new one)")
  var idempotencyKey: String?

  func validate() throws {
    guard to == nil || by == nil else { throw ValidationError("Give --to or --by, not both.") }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_SandboxAdvanceRequest()
    if let to {
      request.toTime = Google_Protobuf_Timestamp(ms: to.ms)
    } else if let by {
      request.byMs = by.ms
    } else {
      let read = try await server.sandbox.time()
      try show(read) { LocalTime(ms: read.time.ms, in: .gmt).dayAndStart }
      return .done
    }
    let moved = try await server.sandbox.advance(
      request, CallOptions(idempotencyKey: idempotencyKey))
    try show(moved) {
      let changed = moved.changed == 1 ? "1 appointment" : "\(moved.changed) appointments"
      return "It is \(LocalTime(ms: moved.time.ms, in: .gmt).dayAndStart). "
        + "On the way time has changed \(changed)."
    }
    return .done
  }
}

/// A length of time as it is typed: "15m".
struct DurationArgument: ExpressibleByArgument {
  let ms: Int64

  init?(argument: String) {
    guard let match = argument.wholeMatch(of: /(\d{1,9})(s|m|h|d)/)?.output,
      let count = Int64(match.1)
    else { return nil }
    switch match.2 {
    case "s": ms = count * 1_000
    case "m": ms = count * 60_000
    case "h": ms = count * 3_600_000
    default: ms = count * 86_400_000
    }
  }
}
