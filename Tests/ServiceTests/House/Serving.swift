internal import Foundation
internal import SedutaClient
internal import ServiceLifecycle
internal import Storage

/// A server that runs.
struct Serving: Sendable {
  let port: Int
  /// Nil where nothing is served over HTTP.
  let httpPort: Int?
  let key: String
  let store: Store
  private let group: ServiceGroup

  init(port: Int, httpPort: Int?, key: String, store: Store, group: ServiceGroup) {
    self.port = port
    self.httpPort = httpPort
    self.key = key
    self.store = store
    self.group = group
  }

  func client(key: String? = nil) async throws -> SedutaClient {
    try await SedutaClient.connect(
      port: port, apiKey: key ?? self.key, timeouts: Timeouts(connectMs: 60_000, callMs: 60_000))
  }

  /// A connection that has been welcomed.
  func raw(closesBack: Bool = true) async throws -> RawConnection {
    let connection = try await RawConnection.connect(port: port, closesBack: closesBack)
    try await connection.greet(key: key)
    return connection
  }

  /// Tells the server to drain, and does not wait until it has.
  func stop() async {
    await group.triggerGracefulShutdown()
  }

  /// Holds up the store while the body runs: commands queue, none is decided.
  func holdingUpStore<Value>(_ body: () async throws -> Value) async throws -> Value {
    let gate = HeldGate()
    let store = store
    Thread.detachNewThread {
      try? store.write { _ in gate.hold() }
    }
    await gate.untilHeld()
    defer { gate.release() }
    return try await body()
  }
}

/// Blocks a thread until it is released.
private final class HeldGate: Sendable {
  private let released = DispatchSemaphore(value: 0)
  private let held = AsyncStream.makeStream(of: Void.self)

  func hold() {
    held.continuation.finish()
    released.wait()
  }

  func untilHeld() async {
    for await _ in held.stream {}
  }

  func release() {
    released.signal()
  }
}
