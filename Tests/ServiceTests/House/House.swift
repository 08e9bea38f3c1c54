internal import Availability
internal import Endpoint
internal import Foundation
internal import Logging
internal import Service
internal import ServiceLifecycle
internal import Storage

/// What outlives a server: a database of its own, a partner with a key, and a clock.
final class House: Sendable {
  let clock: HandClock
  let partner: PartnerID
  /// May do everything.
  let key: String
  private let folder: URL

  static let standardNow = "2027-03-01T06:00:00Z"

  init(now: String = House.standardNow) throws {
    clock = try HandClock(now)
    folder = FileManager.default.temporaryDirectory
      .appending(path: "seduta-service-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let store = try Store(path: folder.appending(path: "seduta.sqlite").path)
    let made = try Provisioning.makePartner(
      named: "Test", scopes: Set(Scope.allCases), in: store, clock: clock.wallClock)
    partner = made.partner
    key = made.key.text
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// Another key of the partner's.
  func makeKey(scopes: Set<Scope>) throws -> String {
    try Provisioning.makeKey(
      for: partner, scopes: scopes, in: try openStore(), clock: clock.wallClock
    ).text
  }

  /// Every file of the database.
  var files: [Data] {
    get throws {
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .map { try Data(contentsOf: $0) }
    }
  }

  /// A file beside the database.
  func path(of name: String) -> String { folder.appending(path: name).path }

  func openStore() throws -> Store {
    try Store(path: folder.appending(path: "seduta.sqlite").path)
  }

  static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// Runs a server for as long as the body does, then stops it as an operator would.
  func serve<Value: Sendable>(
    limits: ServerLimits = ServerLimits(), sandbox: SandboxOptions? = nil,
    payments: PaymentOptions? = nil, endpoint: EndpointOptions? = nil, post: PostOptions? = nil,
    _ body: (Serving) async throws -> Value
  ) async throws -> Value {
    var options = ServerOptions()
    options.port = 0
    options.limits = limits
    options.sandbox = sandbox
    options.payments = payments
    options.endpoint = endpoint
    options.post = post
    let store = try openStore()
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    let (httpPorts, listeningForHTTP) = AsyncStream.makeStream(of: Int.self)
    let server = try Server(
      store: store, options: options, clock: clock.wallClock, logger: House.quiet,
      onEndpointListening: { listeningForHTTP.yield($0) }, onListening: { listening.yield($0) })
    let group = ServiceGroup(services: [server], logger: House.quiet)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
      var httpPort: Int?
      if endpoint != nil { httpPort = await httpPorts.first { _ in true } }
      let serving = Serving(
        port: port, httpPort: httpPort, key: key, store: store, group: group)
      let result: Result<Value, any Error>
      do {
        result = .success(try await body(serving))
      } catch {
        result = .failure(error)
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      return try result.get()
    }
  }
}
