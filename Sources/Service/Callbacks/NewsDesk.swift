internal import Availability
internal import Booking
internal import Logging
internal import NIOPosix
internal import Storage
internal import Wire

/// Takes what gateways tell by themselves: whose it is, is known to the store only.
struct NewsDesk: Sendable {
  enum Fate: Hashable, Sendable {
    /// It is on disk, or was before.
    case taken
    /// It is about nothing of ours: another system may share the gateway's account.
    case unknown
    /// Nothing was changed; it may be taken later.
    case later
    /// It does not fit what is there.
    case never
  }

  let store: Store
  let readers: NIOThreadPool
  let mail: Mail
  let logger: Logger

  /// Returns once it is committed.
  func take(_ event: GatewayEvent) async -> Fate {
    let partner: PartnerID?
    do {
      let store = store
      partner = try await readers.runIfActive { try store.read { try $0.owner(of: event) } }
    } catch {
      logger.error("the store could not be read", metadata: ["error": "\(error)"])
      return .later
    }
    guard let partner else {
      logger.notice(
        "a gateway told of what is not ours",
        metadata: ["gateway": "\(event.gateway)", "event": "\(event.id)"])
      return .unknown
    }
    let command = Command(
      partner: partner, actor: .gateway(event.gateway), wish: .gatewayTold(event))
    switch await mail.send(command) {
    case .committed: return .taken
    case .later: return .later
    case .never(let status):
      logger.critical(
        "what a gateway told cannot be taken",
        metadata: [
          "gateway": "\(event.gateway)", "event": "\(event.id)", "status": "\(status.message)",
        ])
      return .never
    }
  }
}

extension StoreSnapshot {
  /// Whose the thing is that an event is about; nil where there is none that this gateway knows.
  fileprivate func owner(of event: GatewayEvent) throws -> PartnerID? {
    switch event.news {
    case .intentChanged(let id), .disputed(let id, _, _):
      return try owner(of: id, at: event.gateway)
    case .refundChanged(let id):
      guard let (_, payment) = try payment(id), case .gateway(let intent) = payment.source else {
        return nil
      }
      return try owner(of: intent, at: event.gateway)
    case .methodChanged(let id):
      guard let (owner, method) = try paymentMethod(id) else { return nil }
      return method.gateway == event.gateway ? owner : nil
    }
  }

  private func owner(of id: PaymentIntentID, at gateway: String) throws -> PartnerID? {
    guard let (owner, intent) = try paymentIntent(id) else { return nil }
    return intent.gateway == gateway ? owner : nil
  }
}
