import NIOCore
import NIOPosix
import SwiftProtobuf
import Wire

/// A server that answers each frame as a test's script says.
final class FakeServer: Sendable {
  typealias Script = @Sendable (Seduta_Wire_V1_ClientFrame, FakeConnection) -> Void

  private let channel: any Channel

  private init(channel: any Channel) { self.channel = channel }

  deinit { channel.close(promise: nil) }

  var port: Int { channel.localAddress?.port ?? 0 }

  static func start(_ script: @escaping Script) async throws -> FakeServer {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(FakeHandler(script))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return FakeServer(channel: channel)
  }

  /// Welcomes every client, then goes on with the script.
  static func welcoming(
    _ limits: Seduta_Wire_V1_Limits = .init(), _ script: @escaping Script
  ) async throws -> FakeServer {
    try await start { frame, connection in
      guard case .hello = frame.frame else { return script(frame, connection) }
      connection.send(
        .with {
          $0.welcome.version = 1
          $0.welcome.serverVersion = "fake"
          $0.welcome.limits = limits
        })
    }
  }
}

/// The server's end of one connection.
struct FakeConnection: Sendable {
  let channel: any Channel

  func send(_ frame: Seduta_Wire_V1_ServerFrame) {
    var buffer = ByteBuffer()
    do {
      try FrameEncoder.write(frame, into: &buffer)
    } catch {
      preconditionFailure("a test's frame must be encodable: \(error)")
    }
    channel.writeAndFlush(buffer, promise: nil)
  }

  func send(raw bytes: ByteBuffer) { channel.writeAndFlush(bytes, promise: nil) }

  func answer(_ callID: UInt64, with message: some Message) {
    var buffer = ByteBuffer()
    do {
      try FrameEncoder.writeReply(callID: callID, message: message, into: &buffer)
    } catch {
      preconditionFailure("a test's message must be encodable: \(error)")
    }
    channel.writeAndFlush(buffer, promise: nil)
  }

  func refuse(_ callID: UInt64, with status: Seduta_Wire_V1_Status) {
    send(
      .with {
        $0.reply.callID = callID
        $0.reply.status = status
      })
  }

  func goAway(_ status: Seduta_Wire_V1_Status, lastCallID: UInt64) {
    send(
      .with {
        $0.goaway.status = status
        $0.goaway.lastCallID = lastCallID
      })
  }

  func close() { channel.close(promise: nil) }
}

private final class FakeHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let script: FakeServer.Script
  private var decoder = FrameDecoder(frameBytesMax: FrameDecoder.frameBytesMaxOfProtocol)

  init(_ script: @escaping FakeServer.Script) { self.script = script }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    decoder.received(unwrapInboundIn(data))
    do {
      while let frame = try decoder.next() {
        script(
          try Seduta_Wire_V1_ClientFrame(frame: frame), FakeConnection(channel: context.channel))
      }
    } catch {
      preconditionFailure("the client sent what is no frame: \(error)")
    }
  }
}
