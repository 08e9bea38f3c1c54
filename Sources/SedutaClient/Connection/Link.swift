internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Wire

/// A connection on which Hello is under way.
struct Link: Sendable {
  let channel: any Channel
  let handler: NIOLoopBound<ConversationHandler>
  /// Fails with `ConnectionError`.
  let welcome: EventLoopFuture<Seduta_Wire_V1_Welcome>

  static func open(
    host: String, port: Int, hello: Seduta_Wire_V1_Hello, timeouts: Timeouts,
    on group: any EventLoopGroup
  ) async throws -> Link {
    guard 1...65_535 ~= port else {
      throw ConnectionError(.unreachable, "A port is a number from 1 to 65535, not \(port).")
    }
    do {
      return try await ClientBootstrap(group: group)
        .connectTimeout(.milliseconds(Int64(timeouts.connectMs)))
        .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        .connect(host: host, port: port) { channel in
          channel.eventLoop.makeCompletedFuture {
            let welcome = channel.eventLoop.makePromise(of: Seduta_Wire_V1_Welcome.self)
            let handler = ConversationHandler(hello: hello, timeouts: timeouts, welcome: welcome)
            try channel.pipeline.syncOperations.addHandler(handler)
            return Link(
              channel: channel,
              handler: NIOLoopBound(handler, eventLoop: channel.eventLoop),
              welcome: welcome.futureResult)
          }
        }
    } catch {
      throw ConnectionError(
        .unreachable, "Cannot connect to \(host), port \(port): \(reason(error)).")
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as NIOConnectionError:
      guard let attempt = error.connectionErrors.last else { return "the name has no address" }
      return reason(attempt.error)
    case ChannelError.connectTimeout:
      return "no answer in time"
    case let error as IOError:
      return String(cString: strerror(error.errnoCode))
    default:
      return String(describing: error)
    }
  }
}
