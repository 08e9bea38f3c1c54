/// What stands behind the listener. A duty that is still at work when draining has taken too long is
/// cancelled, and has to return then.
public protocol EndpointDuties: Sendable {
  /// Whether the process is of any use; if not, it wants to be started anew.
  func isAlive() async -> Bool
  /// Whether requests should be sent here.
  func readiness() async -> Readiness
  /// In Prometheus' text format, as `MetricsText` writes it.
  func metrics() async -> String
  /// Takes what a gateway tells. Gateways tell things twice, late and out of order.
  func receive(_ callback: Callback) async -> CallbackAnswer
}

public enum Readiness: Hashable, Sendable {
  case ready
  /// The reason is for whoever asks, who may be anybody.
  case notReady(reason: String)
}

/// A request of a gateway to `/webhooks/{gateway}`, nothing of it checked but its size.
public struct Callback: Hashable, Sendable {
  public struct Header: Hashable, Sendable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// 1 to 64 of a–z, 0–9, `-` and `_`; no gateway need have that name.
  public let gateway: String
  /// In the order in which they came, but without Host.
  public let headers: [Header]
  /// Byte for byte as it was sent: signatures are made over it.
  public let body: [UInt8]

  public init(gateway: String, headers: [Header], body: [UInt8]) {
    self.gateway = gateway
    self.headers = headers
    self.body = body
  }

  /// The value of the header, whichever case its name is in; the values of several are joined by ", ",
  /// as RFC 9110 has it. Nil when there is none.
  public func header(_ name: String) -> String? {
    let name = name.lowercased()
    let values = headers.filter { $0.name.lowercased() == name }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }
}

public enum CallbackAnswer: Hashable, Sendable {
  /// 200: it is on disk, or was before; the gateway need not tell it again.
  case taken
  /// 400: it is not what it says it is. The reason is told to whoever sent it, and logged.
  case refused(reason: String)
  /// 404.
  case unknownGateway
  /// 503: not now; the gateway tries again.
  case unavailable
}
