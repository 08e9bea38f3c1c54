/// Where the HTTP listener listens, and what it puts up with.
public struct EndpointOptions: Hashable, Sendable {
  public var host: String
  /// 0 takes any free one.
  public var port: Int
  /// Of a callback. Gateways send some kilobytes.
  public var bodyBytesMax = 256 << 10
  /// Of a request's line and headers.
  public var headerBytesMax = 16 << 10
  /// In which a body must have arrived, however busily it trickles.
  public var bodyMs: Int64 = 10_000
  /// After which a connection is closed on which no whole request has begun.
  public var idleMs: Int64 = 60_000
  /// How long what a client still sends is read and dropped after an answer that ends the connection.
  public var lingerMs: Int64 = 2_000
  /// How long requests in flight are waited for at the end.
  public var drainMs: Int64 = 10_000
  /// More than these wait until one is closed.
  public var connectionsMax = 256

  public init(host: String = "127.0.0.1", port: Int) {
    self.host = host
    self.port = port
  }
}
