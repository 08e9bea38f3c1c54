internal import ArgumentParser
internal import SedutaClient
internal import Wire

/// Asks whether the server is there.
struct Ping: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the way to the server, and show its version and limits.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "How many pings to send, one after another.")
  var count = 5

  func validate() throws {
    guard 1...10_000 ~= count else { throw ValidationError("--count must be 1 to 10000.") }
  }

  func run(with client: SedutaClient) async throws -> Verdict {
    var trips: [Duration] = []
    for _ in 0..<count { trips.append(try await client.ping()) }
    trips.sort()
    let health = try await client.health.check(.init())
    try show(health) {
      let limits = client.welcome.limits
      return details([
        ("server", "\(client.welcome.serverVersion), \(health.status.shown)"),
        ("therapists", "\(health.therapists)"),
        (
          "round trip",
          "\(ms(trips[0])) at best, \(ms(trips[trips.count / 2])) in the middle, "
            + "\(ms(trips[trips.count - 1])) at worst of \(count)"
        ),
        ("longest frame", "\(limits.frameBytesMax) bytes"),
        ("calls in flight", "at most \(limits.callsInFlightMax)"),
        ("idle connections", "closed after \(limits.idleMsMax) ms"),
      ])
    }
    return .done
  }

  private func ms(_ duration: Duration) -> String {
    let us = duration / .microseconds(1)
    return "\((us / 10).rounded() / 100) ms"
  }
}

extension Seduta_V1_ServingStatus {
  fileprivate var shown: String {
    switch self {
    case .serving: "takes calls"
    case .notServing: "drains"
    case .unspecified: "does not tell whether it takes calls"
    case .UNRECOGNIZED(let number): "status \(number)"
    }
  }
}
