internal import ArgumentParser
internal import Endpoint
internal import Foundation
internal import Gateways
internal import Logging
internal import Service
internal import ServiceLifecycle
internal import Storage
internal import UnixSignals

/// `sedutad serve`: opens the data, serves until SIGTERM or SIGINT, drains.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve partners over TCP until SIGTERM, then drain and stop.")

  @OptionGroup var flags: ServeFlags

  func run() async throws {
    let settings = try await Settings(flags: flags)
    var logger = Logger(label: "sedutad", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = settings.logLevel
    let data = try DataDirectory(path: settings.dataDirectory, create: true)
    defer { data.unlock() }
    let zones = ZoneCatalogue()
    try settings.measured?.fill(data, zones: zones) { try announce($0, in: data) }
    let store = try Store(path: data.databasePath)
    try prepare(store, in: data, zones: zones, settings: settings, logger: logger)

    var options = settings.options
    let post = try Post(settings.post)
    options.post = post.options
    var stripe: StripePayments?
    switch settings.payments {
    case .none: break
    case .sandbox: options.payments = .sandbox(path: data.sandboxPaymentsPath)
    case .stripe(let url, let secretKey, let webhookSecret):
      let gateway = StripePayments(
        url: url, secretKey: secretKey, webhookSecret: webhookSecret, logger: logger)
      options.payments = .gateway(gateway)
      stripe = gateway
    }
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(
        try await serve(
          store, options: options, zones: zones, in: data, settings: settings, logger: logger))
    } catch {
      outcome = .failure(error)
    }
    await stripe?.shutDown()
    await post.shutDown()
    try outcome.get()
  }

  private func serve(
    _ store: Store, options: ServerOptions, zones: ZoneCatalogue, in data: DataDirectory,
    settings: Settings, logger: Logger
  ) async throws {
    let server: Server
    do {
      server = try Server(
        store: store, options: options, zones: zones, logger: logger,
        onEndpointListening: { Announcement.listeningForHTTP(port: $0, settings: settings) },
        onListening: {
          Announcement.listening(host: options.host, port: $0, settings: settings)
        })
    } catch {
      throw Failure("the data in \(data.path) cannot be served: \(error)")
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    do {
      try await group.run()
    } catch let error where Failure.isAddressInUse(error) {
      throw Failure(
        "port \(options.port) on \(options.host) is taken, by another sedutad perhaps: "
          + "stop that, or choose another with --port")
    } catch let error as EndpointError {
      throw Failure(error.description)
    }
  }

  /// The first key, and the demo, in an empty database.
  private func prepare(
    _ store: Store, in data: DataDirectory, zones: ZoneCatalogue, settings: Settings,
    logger: Logger
  ) throws {
    let name = settings.isDemo ? "demo" : "first partner"
    guard let (partner, key) = try Provisioning.makeFirstKey(in: store, partnerName: name) else {
      return
    }
    try announce(key, in: data)
    if settings.isDemo {
      try DemoFilling(plan: settings.demoPlan, partner: partner)
        .fill(store, zones: zones, logger: logger)
    }
  }

  private func announce(_ key: APIKey, in data: DataDirectory) throws {
    try data.keep(key: key.text)
    print("API key (shown once): \(key.text)")
    print("It is kept in \(data.keyPath), too, where `seduta` finds it.")
  }
}
