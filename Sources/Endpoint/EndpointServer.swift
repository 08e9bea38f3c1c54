internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle

/// The HTTP listener: callbacks of gateways, health and metrics. It has a thread of its own, so that
/// what comes from outside waits for none of the event loops that answer searches.
///
/// | request | answered by |
/// | --- | --- |
/// | `POST /webhooks/{gateway}` | `EndpointDuties.receive` |
/// | `GET /health/live` | `EndpointDuties.isAlive` |
/// | `GET /health/ready` | `EndpointDuties.readiness` |
/// | `GET /metrics` | `EndpointDuties.metrics` |
public final class EndpointServer: ServiceLifecycle.Service {
  private let options: EndpointOptions
  private let desk: Desk
  private let logger: Logger
  private let onListening: @Sendable (_ port: Int) -> Void

  /// - Parameter onListening: called once, with the port.
  public init(
    options: EndpointOptions, duties: any EndpointDuties, logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) {
    self.options = options
    self.logger = logger
    self.onListening = onListening
    desk = Desk(duties: duties, options: options, logger: logger)
  }

  /// Serves until the task's graceful shutdown, or until it is cancelled. Then it takes no more
  /// connections, answers what is in flight and returns, at the latest after `drainMs`.
  /// - Throws: `EndpointError` when the port cannot be had.
  public func run() async throws {
    let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      try await serve(on: loops)
    } catch {
      try await loops.shutdownGracefully()
      throw error
    }
    try await loops.shutdownGracefully()
    logger.info("HTTP listener stopped")
  }

  private func serve(on loops: MultiThreadedEventLoopGroup) async throws {
    let server = server(on: loops)
    let (options, logger) = (options, logger)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await server.run()
        } catch {
          throw EndpointError(host: options.host, port: options.port, reason: "\(error)")
        }
      }
      group.addTask {
        guard (try? await gracefulShutdown()) != nil else { return }
        logger.info("HTTP listener draining")
        try? await Task.sleep(for: .milliseconds(options.drainMs))
      }
      // Whichever ends first ends the other.
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func server(on loops: MultiThreadedEventLoopGroup) -> any ServiceLifecycle.Service {
    let (desk, onListening) = (desk, onListening)
    // It knows parts of requests that it may write about, and says itself that it is listening.
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    let http = HTTP1Channel(
      responder: { request, writer, channel in
        try await desk.answer(request, with: writer, on: channel)
      },
      configuration: .init(
        // A body that comes slowly ends by `bodyMs`, with an answer.
        idleTimeout: .milliseconds(max(options.idleMs, options.bodyMs + options.lingerMs)),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: options.headerBytesMax, maxHeaderListSize: options.headerBytesMax,
          maxHeaderFieldCount: 100)))
    return http.server(
      configuration: ServerConfiguration(
        address: .hostname(options.host, port: options.port),
        availableConnectionsDelegate: MaximumAvailableConnections(
          options.connectionsMax, logger: quiet)),
      onServerRunning: { channel in
        if let port = channel.localAddress?.port { onListening(port) }
      },
      eventLoopGroup: loops, logger: quiet)
  }
}

/// The listener could not listen.
public struct EndpointError: Error, Hashable, Sendable, CustomStringConvertible {
  public let host: String
  public let port: Int
  public let reason: String

  public var description: String {
    "the HTTP listener cannot listen on \(host):\(port): \(reason)"
  }
}
