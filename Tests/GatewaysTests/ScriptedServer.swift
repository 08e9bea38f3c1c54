internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A server on this machine that answers what it was told to, whatever it is asked; it keeps what came.
final class ScriptedServer: Sendable {
  enum Act: Sendable {
    case say(String)
    /// Says nothing until the next bytes come.
    case hang
    case hangUp
  }

  private struct State {
    var received = ""
    var connectionCount = 0
    var openCount = 0
    var openMax = 0
  }

  private let state = Mutex(State())
  private let channel: any Channel

  /// - Parameters:
  ///   - greeting: what each connection is told first.
  ///   - answer: to what came since the last answer; nil where more has to come first.
  init(
    greeting: Act? = nil, answer: @escaping @Sendable (_ received: String) -> Act?
  ) async throws {
    let box = Box()
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            Handler(greeting: greeting, answer: answer, server: box.server.withLock { $0 }))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    box.server.withLock { $0 = self }
  }

  var port: Int { channel.localAddress?.port ?? 0 }
  /// Of all connections.
  var received: String { state.withLock { $0.received } }
  var connectionCount: Int { state.withLock { $0.connectionCount } }
  /// The most that were open at once.
  var openMax: Int { state.withLock { $0.openMax } }

  func stop() async {
    // It fails only where it was closed before.
    try? await channel.close()
  }

  /// The server, for connections that come once there is one.
  private final class Box: Sendable {
    let server = Mutex<ScriptedServer?>(nil)
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let greeting: Act?
    private let answer: @Sendable (String) -> Act?
    private let server: ScriptedServer?
    private var unanswered = ""

    init(greeting: Act?, answer: @escaping @Sendable (String) -> Act?, server: ScriptedServer?) {
      self.greeting = greeting
      self.answer = answer
      self.server = server
    }

    func channelActive(context: ChannelHandlerContext) {
      server?.state.withLock { state in
        state.connectionCount += 1
        state.openCount += 1
        state.openMax = max(state.openMax, state.openCount)
      }
      if let greeting { perform(greeting, context: context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
      server?.state.withLock { $0.openCount -= 1 }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let text = String(buffer: unwrapInboundIn(data))
      server?.state.withLock { $0.received += text }
      unanswered += text
      guard let act = answer(unanswered) else { return }
      unanswered = ""
      perform(act, context: context)
    }

    private func perform(_ act: Act, context: ChannelHandlerContext) {
      switch act {
      case .say(let text):
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
      case .hang: break
      case .hangUp: context.close(promise: nil)
      }
    }
  }
}
