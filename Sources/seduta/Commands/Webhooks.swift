internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Where a partner is told of its events.
struct Webhooks: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, make, change and delete the addresses that are told of events.",
    discussion: "Needs the scope manage.",
    subcommands: [
      WebhookList.self, WebhookCreate.self, WebhookUpdate.self, WebhookRotate.self,
      WebhookDelete.self, WebhookDeliveries.self,
    ])
}

/// Lists endpoints.
struct WebhookList: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the addresses, and how they are.")

  @OptionGroup var connection: ConnectionOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    let found = try await server.webhooks.listEndpoints(Seduta_V1_WebhooksListEndpointsRequest())
    try show(found) {
      guard !found.endpoints.isEmpty else { return "No address is told of events." }
      var table = Table(
        "ENDPOINT", "URL", "STATE", "POSITION", "WAITING", "GIVEN UP", "ERROR",
        numbers: ["POSITION", "WAITING", "GIVEN UP"])
      for endpoint in found.endpoints {
        table.add(
          endpoint.id, endpoint.url, endpoint.stateShown, "\(endpoint.position)",
          "\(endpoint.waiting)", "\(endpoint.givenUp)", endpoint.lastError)
      }
      return table.text
    }
    return .done
  }
}

/// Makes an endpoint.
struct WebhookCreate: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make an address, and the secret that its calls are signed with.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "Where calls go: https://....")
  var url: String

  @Option(help: "A kind of event that it is told of; can be repeated. (default: all)")
  var kind: [String] = []

  @Option(help: "Tell also what happened after this position. (default: what happens from now on)")
  var after: Int64?

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_WebhooksCreateEndpointRequest()
    request.url = url
    request.kinds = kind
    request.withPast = after != nil
    request.afterPosition = after ?? 0
    let made = try await server.webhooks.createEndpoint(request)
    try show(made) { "\(made.endpoint.id)\nIts secret, shown this once: \(made.secret)" }
    return .done
  }
}

/// Changes an endpoint.
struct WebhookUpdate: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change an address, or turn it off and on.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The endpoint, whe_....")
  var endpoint: String

  @Option(help: "Where calls go: https://....")
  var url: String?

  @Option(help: "A kind of event that it is told of; can be repeated.")
  var kind: [String] = []

  @Flag(help: "Tell it of all kinds.")
  var allKinds = false

  @Flag(inversion: .prefixedEnableDisable, help: "Whether it is told anything.")
  var telling: Bool?

  func validate() throws {
    guard url != nil || !kind.isEmpty || allKinds || telling != nil else {
      throw ValidationError("What is to be changed?")
    }
    guard kind.isEmpty || !allKinds else {
      throw ValidationError("Pass --kind or --all-kinds, not both.")
    }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_WebhooksUpdateEndpointRequest()
    request.endpoint.id = endpoint
    if let url {
      request.endpoint.url = url
      request.updateMask.paths.append("url")
    }
    if !kind.isEmpty || allKinds {
      request.endpoint.kinds = kind
      request.updateMask.paths.append("kinds")
    }
    if let telling {
      request.endpoint.enabled = telling
      request.updateMask.paths.append("enabled")
    }
    let changed = try await server.webhooks.updateEndpoint(request)
    try show(changed) { "\(changed.endpoint.id) is \(changed.endpoint.stateShown)." }
    return .done
  }
}

/// Makes a new secret.
struct WebhookRotate: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Make a new secret; the one before signs, too, until the next."
  )

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The endpoint, whe_....")
  var endpoint: String

  @Flag(help: "The one before signs no more: somebody else knows it.")
  var dropOld = false

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_WebhooksRotateSecretRequest()
    request.endpointID = endpoint
    request.dropOld = dropOld
    let made = try await server.webhooks.rotateSecret(request)
    try show(made) { "Its secret, shown this once: \(made.secret)" }
    return .done
  }
}

/// Deletes an endpoint.
struct WebhookDelete: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete an address, with all that waits for it.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The endpoint, whe_....")
  var endpoint: String

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_WebhooksDeleteEndpointRequest()
    request.endpointID = endpoint
    let gone = try await server.webhooks.deleteEndpoint(request)
    try show(gone) { "\(endpoint) is deleted." }
    return .done
  }
}

/// Lists what did not arrive.
struct WebhookDeliveries: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliveries",
    abstract: "List the events that did not arrive: that wait to be tried again, or were given up.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The endpoint, whe_....")
  var endpoint: String

  @Option(help: "After this position.")
  var after: Int64 = 0

  @Option(help: "The most to list.")
  var limit: Int32 = 50

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_WebhooksListDeliveriesRequest()
    request.endpointID = endpoint
    request.afterPosition = after
    request.pageSize = limit
    let found = try await server.webhooks.listDeliveries(request)
    try show(found) {
      guard !found.deliveries.isEmpty else { return "All has arrived." }
      var table = Table(
        "POSITION", "ABOUT", "TRIES", "AGAIN", "ERROR", numbers: ["POSITION", "TRIES"])
      for delivery in found.deliveries {
        table.add(
          "\(delivery.position)", delivery.subjectID, "\(delivery.tries)",
          delivery.hasDueTime ? LocalTime(ms: delivery.dueTime.ms, in: .gmt).start : "given up",
          delivery.error)
      }
      return table.text
    }
    return .done
  }
}

extension Seduta_V1_WebhookEndpoint {
  fileprivate var stateShown: String {
    guard enabled else { return "off" }
    return hasFailingSince
      ? "failing since \(LocalTime(ms: failingSince.ms, in: .gmt).start)" : "on"
  }
}
