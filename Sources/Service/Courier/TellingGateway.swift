internal import Booking
internal import Gateways
internal import Intervals

/// A gateway that has no way to send what it has to tell, so that it is fetched.
protocol TellingGateway: PaymentGateway {
  /// When it next has something to tell; nil where nothing is to come.
  func nextNewsDue() -> Instant?
  /// What is to be told by now, in order, until it is `delivered`.
  func news() -> [GatewayEvent]
  /// - Parameter ids: of events that were taken, as often as they were.
  @discardableResult
  func delivered(_ ids: [String]) -> Bool
}

extension SandboxPayments: TellingGateway {}
