internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// A connection that does what it is told, polite or not.
struct RawConnection: Sendable {
  private let channel: any Channel
  private let frames: AsyncStream<Seduta_Wire_V1_ServerFrame>

  /// - Parameter closesBack: whether it closes its side when the server has closed its own.
  static func connect(port: Int, closesBack: Bool = true) async throws -> RawConnection {
    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      // Small, so that what is not read waits at the server's side.
      .channelOption(.socketOption(.so_rcvbuf), value: 65_536)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          let (frames, arrivals) = AsyncStream.makeStream(of: Seduta_Wire_V1_ServerFrame.self)
          try channel.pipeline.syncOperations.addHandler(
            FrameCollector(arrivals, closesBack: closesBack))
          return RawConnection(channel: channel, frames: frames)
        }
      }
  }

  func greet(key: String) async throws {
    var frame = Seduta_Wire_V1_ClientFrame()
    frame.hello.apiKey = key
    try await send([frame])
    let first = try #require(await next())
    try #require(first.welcome.version == 1, "\(first)")
  }

  /// Sends all of it in one write.
  func send(_ frames: [Seduta_Wire_V1_ClientFrame]) async throws {
    var buffer = ByteBuffer()
    for frame in frames { try FrameEncoder.write(frame, into: &buffer) }
    try await channel.writeAndFlush(buffer)
  }

  func send(_ calls: [Seduta_Wire_V1_Call]) async throws {
    try await send(
      calls.map { call in
        var frame = Seduta_Wire_V1_ClientFrame()
        frame.call = call
        return frame
      })
  }

  /// Returns when the server has taken everything sent before. To be called when no reply is due.
  func ping() async throws {
    try await send([.with { $0.ping.opaque = Data([7]) }])
    let frame = try #require(await next())
    try #require(frame.pong.opaque == Data([7]), "\(frame)")
  }

  func send(bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
  }

  /// Sends no more; still reads.
  func endInput() async throws {
    try await channel.close(mode: .output)
  }

  func stopReading() async throws {
    try await channel.setOption(.autoRead, value: false).get()
  }

  func startReading() async throws {
    try await channel.setOption(.autoRead, value: true).get()
  }

  /// The next frame; nil when the server has closed.
  func next() async -> Seduta_Wire_V1_ServerFrame? {
    await frames.first { _ in true }
  }

  /// So many replies, in order of arrival; fewer when the server closes before.
  func replies(_ count: Int) async -> [Seduta_Wire_V1_Reply] {
    var replies: [Seduta_Wire_V1_Reply] = []
    while replies.count < count, let frame = await next() {
      if case .reply(let reply) = frame.frame { replies.append(reply) }
    }
    return replies
  }

  /// The first reply to each of so many calls: streams may go on meanwhile.
  func firstReplies(toCalls count: Int) async -> [Seduta_Wire_V1_Reply] {
    var replies: [UInt64: Seduta_Wire_V1_Reply] = [:]
    while replies.count < count, let reply = await self.replies(1).first {
      replies[reply.callID] = replies[reply.callID] ?? reply
    }
    return Array(replies.values)
  }

  /// Everything up to the end.
  func rest() async -> [Seduta_Wire_V1_ServerFrame] {
    await frames.reduce(into: []) { $0.append($1) }
  }

  func close() async throws {
    try await channel.close()
  }
}

/// Cuts what comes into frames.
private final class FrameCollector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private var decoder = FrameDecoder(frameBytesMax: FrameDecoder.frameBytesMaxOfProtocol)
  private let arrivals: AsyncStream<Seduta_Wire_V1_ServerFrame>.Continuation

  private let closesBack: Bool

  init(
    _ arrivals: AsyncStream<Seduta_Wire_V1_ServerFrame>.Continuation, closesBack: Bool
  ) {
    self.arrivals = arrivals
    self.closesBack = closesBack
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    decoder.received(unwrapInboundIn(data))
    do {
      while let frame = try decoder.next() {
        arrivals.yield(try Seduta_Wire_V1_ServerFrame(frame: frame))
      }
    } catch {
      Issue.record("the server sent what is no frame: \(error)")
      context.close(promise: nil)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed? = event as? ChannelEvent {
      arrivals.finish()
      if closesBack { context.close(promise: nil) }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    arrivals.finish()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
