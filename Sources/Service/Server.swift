internal import Availability
internal import Dispatch
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle
public import Storage
internal import Synchronization

/// Where and how a server listens.
public struct ServerOptions: Sendable {
  public var host = "127.0.0.1"
  /// 0 takes any free one.
  public var port = 7390
  public var limits = ServerLimits()
  /// Told to clients.
  public var version = "0.1.0"

  public init() {}
}

/// The server: listens, serves until it is told to stop, then drains.
///
/// Draining: clients are told by Goaway, calls in flight are answered, the store is checkpointed.
public final class Server: ServiceLifecycle.Service {
  private let options: ServerOptions
  private let store: Store
  private let hub: Hub
  private let logger: Logger
  private let loops: MultiThreadedEventLoopGroup
  private let onListening: @Sendable (_ port: Int) -> Void

  /// Reads the store and builds the index; blocks while it does.
  /// - Parameters:
  ///   - onListening: called once, with the port.
  /// - Throws: what the store throws, and an error when it holds overlapping appointments or zones
  ///   that this machine does not know.
  public init(
    store: Store, options: ServerOptions, zones: ZoneCatalogue = ZoneCatalogue(),
    clock: WallClock = .system, logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) throws {
    self.options = options
    self.store = store
    self.logger = logger
    self.onListening = onListening
    let index = LiveIndex(at: clock.now())
    let feed = IndexFeed(zones: zones)
    try feed.fill(index, from: store, at: clock.now())
    let gate = Gate(keys: try store.read { try $0.keys() })
    loops = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
    hub = Hub(
      limits: options.limits, serverVersion: options.version, gate: gate,
      translation: Translation(zones: zones),
      index: index, storeQueries: StoreQueries(store: store),
      readers: NIOThreadPool(numberOfThreads: 2),
      sequencer: Sequencer(
        store: store, index: index, feed: feed, clock: clock,
        commandsWaitingMax: options.limits.commandsWaitingMax, logger: logger),
      book: ConnectionBook(limits: options.limits), clock: clock, logger: logger)
  }

  /// Serves until the task's graceful shutdown, or until it is cancelled.
  /// - Throws: when the port cannot be had.
  public func run() async throws {
    hub.readers.start()
    hub.sequencer.start()
    let listener: any Channel
    do {
      listener = try await bind()
    } catch {
      try await stop()
      throw error
    }
    if let port = listener.localAddress?.port { onListening(port) }
    try? await gracefulShutdown()
    logger.info("draining")
    try await listener.close()
    await drain()
    try await stop()
  }

  private func bind() async throws -> any Channel {
    let (hub, limits) = (hub, options.limits)
    return try await ServerBootstrap(group: loops)
      .serverChannelOption(.backlog, value: 1_024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(
        .writeBufferWaterMark,
        value: .init(low: limits.writeBufferBytesMax / 2, high: limits.writeBufferBytesMax)
      )
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ConnectionHandler(hub: hub))
        }
      }
      .bind(host: options.host, port: options.port).get()
  }

  private func drain() async {
    let lines = hub.book.beginDraining()
    for line in lines { line.drain() }
    let deadline = ContinuousClock.now + .milliseconds(options.limits.drainMs)
    while !hub.book.isEmpty && ContinuousClock.now < deadline {
      // A cancelled task cannot sleep: then there is no time left either.
      guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { break }
    }
    for line in lines { line.cut() }
  }

  private func stop() async throws {
    let sequencer = hub.sequencer
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        sequencer.stop()
        continuation.resume()
      }
    }
    try await hub.readers.shutdownGracefully()
    try await loops.shutdownGracefully()
    try store.checkpoint()
    logger.info("stopped")
  }
}
