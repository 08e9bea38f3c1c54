internal import Endpoint
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

/// Duties that a test makes up.
struct Duties: EndpointDuties {
  var alive = true
  var ready = Readiness.ready
  var metricsText = ""
  var receive: @Sendable (Callback) async -> CallbackAnswer = { _ in .taken }

  func isAlive() async -> Bool { alive }
  func readiness() async -> Readiness { ready }
  func metrics() async -> String { metricsText }
  func receive(_ callback: Callback) async -> CallbackAnswer { await receive(callback) }
}

/// A listener that runs.
struct Listening: Sendable {
  let port: Int
  private let group: ServiceGroup

  /// Runs a listener while the body does, and returns when it has stopped.
  static func run<Value: Sendable>(
    _ duties: Duties = Duties(), options: EndpointOptions = EndpointOptions(port: 0),
    log: Log = Log(), _ body: @Sendable (Listening) async throws -> Value
  ) async throws -> Value {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let server = EndpointServer(options: options, duties: duties, logger: log.logger) {
      port.yield($0)
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(
            service: server, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .cancelGroup)
        ], logger: Logger(label: "group") { _ in SwiftLogNoOpLogHandler() }))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { port.finish() }
        try await group.run()
      }
      guard let port = await ports.first(where: { _ in true }) else {
        try await tasks.waitForAll()
        throw CancellationError()
      }
      do {
        let value = try await body(Listening(port: port, group: group))
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return value
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
    }
  }

  /// Tells the listener to drain, and does not wait until it has.
  func stop() async {
    await group.triggerGracefulShutdown()
  }

  func peer() async throws -> Peer {
    try await Peer.connect(port: port)
  }

  /// One request on a connection of its own.
  func answer(to request: String) async throws -> HTTPAnswer {
    let peer = try await peer()
    try await peer.send(request)
    let answer = try await peer.answer(isToHead: request.hasPrefix("HEAD "))
    try await peer.close()
    return answer
  }
}

/// All that is logged, at any level.
final class Log: Sendable {
  private let written = Mutex("")

  var text: String { written.withLock { $0 } }

  var logger: Logger {
    Logger(label: "endpoint") { _ in Handler(book: self) }
  }

  private struct Handler: LogHandler {
    let book: Log
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      book.written.withLock {
        $0 += "\(event.level) \(event.message) \(event.metadata ?? [:])\n"
      }
    }
  }
}
