internal import Endpoint
internal import Gateways
internal import Intervals
internal import Logging
internal import NIOPosix
internal import Storage

/// What stands behind the HTTP listener: gateways' webhooks, and what those who run a server ask.
struct CallbackDesk: EndpointDuties {
  /// Nil where this server has none.
  let gateway: (any PaymentGateway)?
  let newsDesk: NewsDesk
  /// The world's, by which signatures grow old; a sandbox's may be years ahead.
  let worldClock: WallClock
  let watch: Watch
  let logger: Logger

  func receive(_ callback: Callback) async -> CallbackAnswer {
    guard let gateway, gateway.name == callback.gateway else { return .unknownGateway }
    let webhook = Webhook(
      headers: callback.headers.map { (name: $0.name, value: $0.value) }, body: callback.body)
    switch await gateway.read(webhook, now: worldClock.now()) {
    case .refused(let reason): return .refused(reason: reason)
    case .later(let reason):
      logger.warning(
        "a webhook cannot be understood yet",
        metadata: ["gateway": "\(gateway.name)", "reason": "\(reason)"])
      return .unavailable
    case .ignored(let kind):
      logger.debug(
        "a webhook is none of our business",
        metadata: ["gateway": "\(gateway.name)", "kind": "\(kind)"])
      return .taken
    case .event(let event):
      switch await newsDesk.take(event) {
      case .taken, .unknown: return .taken
      // What does not fit is told again: a later version may know better.
      case .later, .never: return .unavailable
      }
    }
  }

  func isAlive() async -> Bool { true }

  func readiness() async -> Readiness { await watch.readiness() }

  func metrics() async -> String { await watch.metrics() }
}
