internal import Availability
internal import Dispatch
public import Endpoint
public import Gateways
public import Intervals
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
  /// Where the clock can be moved, for trying things out; nil where it is the system's.
  public var sandbox: SandboxOptions?
  /// Told to clients.
  public var version = "0.1.0"
  /// Where online sessions take place; nil where nobody has said.
  public var video: (any VideoGateway)?
  /// Who takes money from cards and gives it back; nil where money moves outside.
  public var payments: PaymentOptions?
  /// Where gateways' webhooks, health and metrics are served over HTTP; nil where they are not.
  public var endpoint: EndpointOptions?
  /// By which ways messages go out; nil where none do.
  public var post: PostOptions?

  public init() {}
}

/// A clock that can be moved.
public struct SandboxOptions: Sendable {
  /// Where it starts, unless it has shown a later time; nil is the system's time.
  public let start: Instant?

  public init(start: Instant? = nil) {
    self.start = start
  }
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
  /// Nil where there is no gateway.
  private let courier: Courier?
  /// Nil where nothing is sent.
  private let post: PostOffice?
  private let pump: WebhookPump?
  private let endpoint: EndpointServer?
  private let onListening: @Sendable (_ port: Int) -> Void

  /// Reads the store and builds the index; blocks while it does.
  /// - Parameters:
  ///   - clock: the system's; a sandbox's runs ahead of it.
  ///   - onEndpointListening: called once, with the port of the HTTP listener where there is one.
  ///   - onListening: called once, with the port.
  /// - Throws: what the store throws, and an error when it holds overlapping appointments or zones
  ///   that this machine does not know, or is a sandbox's and this server is none.
  public init(
    store: Store, options: ServerOptions, zones: ZoneCatalogue = ZoneCatalogue(),
    clock: WallClock = .system, logger: Logger,
    onEndpointListening: @escaping @Sendable (_ port: Int) -> Void = { _ in },
    onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) throws {
    let sandbox = try SandboxClock(options.sandbox, in: store, over: clock)
    let worldClock = clock
    let clock = sandbox?.wallClock ?? clock
    self.options = options
    self.store = store
    self.logger = logger
    self.onListening = onListening
    let index = LiveIndex(at: clock.now())
    let feed = IndexFeed(zones: zones)
    try feed.fill(index, from: store, at: clock.now())
    let linkSecret = try Server.linkSecret(in: store)
    let bells = Bells(limits: options.limits)
    let holdDeadlines = try HoldDeadlines(of: store, in: index, at: clock.now())
    let gate = Gate(keys: try store.read { try $0.keys() })
    let sequencer = Sequencer(
      store: store, index: index, feed: feed, clock: clock,
      commandsWaitingMax: options.limits.commandsWaitingMax, bells: bells,
      holdDeadlines: holdDeadlines, logger: logger)
    let (readers, counters) = (NIOThreadPool(numberOfThreads: 2), Counters())
    let mail = Mail(sequencer: sequencer, gate: gate)
    let newsDesk = NewsDesk(store: store, readers: readers, mail: mail, logger: logger)
    let gateway = try options.payments?.gateway(clock: clock, newsDesk: newsDesk)
    let courier = try gateway.map {
      try Courier(
        gateway: $0, store: store, readers: readers, mail: mail, newsDesk: newsDesk,
        bell: bells.courier, clock: clock, limits: options.limits, counters: counters,
        logger: logger)
    }
    self.courier = courier
    post = Server.post(
      options, store: store, zones: zones, linkSecret: linkSecret, readers: readers, mail: mail,
      bell: bells.post, clock: clock, counters: counters, logger: logger)
    let storeQueries = StoreQueries(
      store: store, video: options.video, linkSecret: linkSecret, cards: PangoCardPrinter())
    pump = Server.pump(
      options, queries: storeQueries, mail: mail, readers: readers, bell: bells.webhooks,
      clock: clock, counters: counters, logger: logger)
    loops = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
    let hub = Hub(
      limits: options.limits, serverVersion: options.version, gate: gate,
      translation: Translation(
        zones: zones, linkSecret: linkSecret, paymentGateway: gateway?.name,
        allowsPrivateWebhooks: options.post?.allowsPrivateWebhooks ?? false),
      index: index,
      storeQueries: storeQueries, readers: readers,
      streamReaders: NIOThreadPool(numberOfThreads: 1), sequencer: sequencer, bells: bells,
      holdDeadlines: holdDeadlines,
      clockwork: Clockwork(
        store: store, sequencer: sequencer, gate: gate, courier: courier, post: post,
        pump: pump, clock: clock, sandbox: sandbox, logger: logger),
      book: ConnectionBook(limits: options.limits), counters: counters, clock: clock,
      isSandbox: sandbox != nil, logger: logger)
    self.hub = hub
    let desk = CallbackDesk(
      gateway: gateway, newsDesk: newsDesk, worldClock: worldClock,
      watch: Watch(hub, store: store), logger: logger)
    endpoint = options.endpoint.map {
      EndpointServer(options: $0, duties: desk, logger: logger, onListening: onEndpointListening)
    }
  }

  /// Nil where no way is open: what was promised waits until one is, and leaves then unless it comes too late.
  private static func post(
    _ options: ServerOptions, store: Store, zones: ZoneCatalogue, linkSecret: [UInt8],
    readers: NIOThreadPool, mail: Mail, bell: CourierBell, clock: WallClock, counters: Counters,
    logger: Logger
  ) -> PostOffice? {
    guard let ways = options.post, ways.mail != nil || ways.sms != nil else { return nil }
    let reader = PostReader(
      zones: zones, linkSecret: linkSecret, hasMail: ways.mail != nil, hasSMS: ways.sms != nil)
    return PostOffice(
      options: ways, reader: reader, store: store, readers: readers, mail: mail, bell: bell,
      clock: clock, limits: options.limits, counters: counters, logger: logger)
  }

  /// Nil where no webhooks are.
  private static func pump(
    _ options: ServerOptions, queries: StoreQueries, mail: Mail, readers: NIOThreadPool,
    bell: CourierBell, clock: WallClock, counters: Counters, logger: Logger
  ) -> WebhookPump? {
    options.post.map { ways in
      WebhookPump(
        transport: ways.webhooks, queries: queries, store: queries.store, readers: readers,
        mail: mail, bell: bell, clock: clock, limits: options.limits, counters: counters,
        logger: logger)
    }
  }

  private static func linkSecret(in store: Store) throws -> [UInt8] {
    try store.write { transaction in
      try transaction.secret(named: "links") {
        var random = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      }
    }
  }

  /// Serves until the task's graceful shutdown, or until it is cancelled.
  /// - Throws: when a port cannot be had.
  public func run() async throws {
    hub.readers.start()
    hub.streamReaders.start()
    hub.sequencer.start()
    hub.clockwork.start()
    courier?.start()
    post?.start()
    pump?.start()
    let served: Result<Void, any Error>
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        if let endpoint { group.addTask { try await endpoint.run() } }
        group.addTask { try await self.serve() }
        // Where one cannot listen, the other ends.
        for try await _ in group {}
      }
      served = .success(())
    } catch {
      served = .failure(error)
    }
    try await stop()
    try served.get()
  }

  private func serve() async throws {
    let listener = try await bind()
    if let port = listener.localAddress?.port { onListening(port) }
    try? await gracefulShutdown()
    logger.info("draining")
    try await listener.close()
    await drain()
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
    let (clockwork, courier, post, pump, sequencer) = (
      hub.clockwork, courier, post, pump, hub.sequencer
    )
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        // In this order: they wait for the sequencer's answers, and the first may wait for the second.
        clockwork.stop()
        courier?.stop()
        post?.stop()
        pump?.stop()
        sequencer.stop()
        continuation.resume()
      }
    }
    try await hub.streamReaders.shutdownGracefully()
    try await hub.readers.shutdownGracefully()
    try await loops.shutdownGracefully()
    try store.checkpoint()
    logger.info("stopped")
  }
}
