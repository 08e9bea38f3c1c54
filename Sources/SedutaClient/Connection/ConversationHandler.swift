internal import FoundationEssentials
internal import NIOCore
internal import SwiftProtobuf
internal import Wire

/// How far a call is, so that cancelling its task finds it.
enum CallProgress {
  case begun(callID: UInt64)
  case cancelledBefore
}

/// Carries a conversation over a channel. Lives on the channel's event loop.
final class ConversationHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  typealias Answer = CheckedContinuation<Seduta_Wire_V1_Reply, any Error>

  /// Who waits for an answer, or for many.
  enum Waiter {
    case once(Answer)
    case stream(ReplyPipe.Source)

    func fail(_ error: any Error) {
      switch self {
      case .once(let answer): answer.resume(throwing: error)
      case .stream(let source): source.finish(error)
      }
    }
  }

  private struct Caller {
    let callID: UInt64
    let waiter: Waiter
    let deadline: Scheduled<Void>?
  }

  /// The server says DEADLINE_EXCEEDED itself; this is for a server that says nothing.
  private static let answerGraceMs: Int64 = 1_000

  private let hello: Seduta_Wire_V1_Hello
  private let timeouts: Timeouts
  private let welcome: EventLoopPromise<Seduta_Wire_V1_Welcome>
  private var conversation = Conversation<Caller>()
  private var decoder = FrameDecoder(frameBytesMax: FrameDecoder.frameBytesMaxOfProtocol)
  /// The longest frame that the server takes, in bytes.
  private var frameBytesMax = FrameDecoder.frameBytesMaxOfProtocol
  private var context: ChannelHandlerContext?
  private var greeting: Scheduled<Void>?
  private var liveness: Scheduled<Void>?
  private var hasHeardSinceLook = true
  private var pings: [Data: CheckedContinuation<Void, any Error>] = [:]
  private var pingCount: UInt64 = 0
  private var isFlushPlanned = false
  /// Streams whose readers are behind: nothing is read from the connection until they have caught up.
  private var behind: Set<UInt64> = []

  init(
    hello: Seduta_Wire_V1_Hello, timeouts: Timeouts,
    welcome: EventLoopPromise<Seduta_Wire_V1_Welcome>
  ) {
    self.hello = hello
    self.timeouts = timeouts
    self.welcome = welcome
  }

  // MARK: The channel

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    send(.with { $0.hello = hello })
    greeting = after(ms: Int64(timeouts.connectMs)) { handler in
      let ms = handler.timeouts.connectMs
      handler.end(ConnectionError(.unreachable, "The server said nothing within \(ms) ms."))
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    hasHeardSinceLook = true
    decoder.received(unwrapInboundIn(data))
    do {
      while let frame = try decoder.next() {
        perform(conversation.received(try Seduta_Wire_V1_ServerFrame(frame: frame)))
      }
    } catch let error as FrameError {
      end(ConnectionError(.malformed, error.status.message, status: error.status))
    } catch {
      end(ConnectionError(.malformed, "The server sent a frame that is no protobuf."))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(ConnectionError(.lost, "The server closed the connection."))
    self.context = nil
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    // Also of a channel that never connected.
    end(ConnectionError(.lost, "The connection is closed."))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(ConnectionError(.lost, "The connection failed: \(error)."))
  }

  // MARK: What the client asks for

  /// - Parameter progress: tells a later `cancel` which call it is about.
  func begin(
    _ call: Seduta_Wire_V1_Call, progress: NIOLoopBoundBox<CallProgress?>, waiter: Waiter
  ) {
    if case .cancelledBefore = progress.value { return waiter.fail(CancellationError()) }
    let nextCallID = conversation.nextCallID
    let deadline =
      call.timeoutMs == 0
      ? nil : after(ms: Int64(call.timeoutMs) + Self.answerGraceMs) { $0.abandon(nextCallID) }
    switch conversation.callBegan(
      call, by: Caller(callID: nextCallID, waiter: waiter, deadline: deadline))
    {
    case .failure(let error):
      deadline?.cancel()
      waiter.fail(error)
    case .success(let call):
      progress.value = .begun(callID: call.callID)
      guard let tooLong = send(.with { $0.call = call }) else { return }
      guard let caller = conversation.callNotSent(call.callID) else { return }
      fail(caller, with: tooLong)
    }
  }

  func cancel(_ progress: NIOLoopBoundBox<CallProgress?>) {
    guard case .begun(let callID) = progress.value else {
      progress.value = .cancelledBefore
      return
    }
    perform(conversation.callCancelled(callID))
    catchUp(callID)
  }

  /// The reader of a stream has caught up.
  func caughtUp(_ progress: NIOLoopBoundBox<CallProgress?>) {
    guard case .begun(let callID) = progress.value else { return }
    catchUp(callID)
  }

  private func fallBehind(_ callID: UInt64) {
    behind.insert(callID)
    context?.channel.setOption(.autoRead, value: false).whenFailure { _ in }
  }

  private func catchUp(_ callID: UInt64) {
    guard behind.remove(callID) != nil, behind.isEmpty else { return }
    // What came meanwhile is read only now: the silence was this side's.
    hasHeardSinceLook = true
    context?.channel.setOption(.autoRead, value: true).whenFailure { _ in }
  }

  func ping(_ answer: CheckedContinuation<Void, any Error>) {
    guard context != nil else {
      return answer.resume(throwing: ConnectionError(.lost, "The connection is closed."))
    }
    pings[sendPing()] = answer
  }

  /// No more calls; hangs up when those in flight are answered, or after a while.
  func leave(withinMs graceMs: Int64) {
    perform(conversation.left())
    _ = after(ms: graceMs) { $0.end(ConnectionError(.lost, "This client was closed.")) }
  }

  // MARK: Performing

  private func perform(_ actions: [Conversation<Caller>.Action]) {
    for action in actions {
      switch action {
      case .send(let frame):
        send(frame)
      case .open(let welcome):
        opened(welcome)
      case .answer(let caller, let reply):
        finish(caller, with: reply)
      case .tell(let caller, let reply):
        tell(caller, reply)
      case .fail(let caller, let error):
        fail(caller, with: error)
      case .refused(let error):
        end(error)
      case .ponged(let pong):
        pings.removeValue(forKey: pong.opaque)?.resume()
      case .hangUp:
        context?.close(promise: nil)
      }
    }
  }

  private func fail(_ caller: Caller, with error: ConnectionError) {
    caller.deadline?.cancel()
    caller.waiter.fail(error)
    catchUp(caller.callID)
  }

  private func tell(_ caller: Caller, _ reply: Seduta_Wire_V1_Reply) {
    switch caller.waiter {
    case .once:
      end(ConnectionError(.malformed, "The server answered a call twice."))
    case .stream(let source):
      if case .stopProducing = source.yield(contentsOf: CollectionOfOne(reply)) {
        fallBehind(caller.callID)
      }
    }
  }

  private func finish(_ caller: Caller, with reply: Seduta_Wire_V1_Reply) {
    caller.deadline?.cancel()
    switch caller.waiter {
    case .once(let answer): answer.resume(returning: reply)
    case .stream(let source):
      if reply.hasStatus {
        source.finish(CallError(status: reply.status))
      } else {
        if !reply.message.isEmpty { _ = source.yield(contentsOf: CollectionOfOne(reply)) }
        source.finish()
      }
      catchUp(caller.callID)
    }
  }

  private func opened(_ message: Seduta_Wire_V1_Welcome) {
    greeting?.cancel()
    if message.limits.frameBytesMax > 0 { frameBytesMax = Int(message.limits.frameBytesMax) }
    var lookMs = Int64(timeouts.livenessMs)
    // Half the server's limit, so that one lost look does not end the connection.
    if message.limits.idleMsMax > 0 { lookMs = min(lookMs, Int64(message.limits.idleMsMax) / 2) }
    lookForLife(everyMs: max(1, lookMs))
    welcome.succeed(message)
  }

  private func abandon(_ callID: UInt64) {
    guard let (caller, actions) = conversation.callAbandoned(callID) else { return }
    fail(caller, with: ConnectionError(.unanswered, "The server did not answer in time."))
    perform(actions)
  }

  /// A connection whose other end vanished looks like one on which nobody speaks.
  private func lookForLife(everyMs ms: Int64) {
    liveness = after(ms: ms) { handler in
      // While nothing is read, nothing can be heard.
      guard handler.hasHeardSinceLook || !handler.behind.isEmpty else {
        return handler.end(
          ConnectionError(.lost, "Nothing came from the server for \(2 * ms) ms, not even a Pong."))
      }
      handler.hasHeardSinceLook = false
      handler.sendPing()
      handler.lookForLife(everyMs: ms)
    }
  }

  /// Ends the conversation, once, for one reason.
  private func end(_ error: ConnectionError) {
    greeting?.cancel()
    liveness?.cancel()
    perform(conversation.connectionClosed(error))
    let why = conversation.closedFor ?? error
    // Without effect when the server has welcomed this client.
    welcome.fail(why)
    for answer in pings.values { answer.resume(throwing: why) }
    pings = [:]
  }

  // MARK: Sending

  @discardableResult
  private func sendPing() -> Data {
    pingCount += 1
    let opaque = withUnsafeBytes(of: pingCount.bigEndian) { Data($0) }
    send(.with { $0.ping.opaque = opaque })
    return opaque
  }

  /// - Returns: an error for a frame that was not sent because the server would not take it.
  @discardableResult
  private func send(_ frame: Seduta_Wire_V1_ClientFrame) -> ConnectionError? {
    guard let context else { return nil }
    var buffer = context.channel.allocator.buffer(capacity: 256)
    do {
      try FrameEncoder.write(frame, into: &buffer)
    } catch {
      return ConnectionError(.tooLong, "The request is longer than any frame can be.")
    }
    let bytes = buffer.readableBytes - 4
    guard bytes <= frameBytesMax else {
      return ConnectionError(
        .tooLong, "The request takes \(bytes) bytes; the server takes at most \(frameBytesMax).")
    }
    context.write(wrapOutboundOut(buffer), promise: nil)
    planFlush(context)
    return nil
  }

  /// One flush for all that is written in one turn of the event loop: one system call, not many.
  private func planFlush(_ context: ChannelHandlerContext) {
    guard !isFlushPlanned else { return }
    isFlushPlanned = true
    context.eventLoop.assumeIsolated().execute {
      self.isFlushPlanned = false
      self.context?.flush()
    }
  }

  private func after(
    ms: Int64, _ body: @escaping (ConversationHandler) -> Void
  ) -> Scheduled<Void>? {
    context?.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(ms)) { body(self) }
  }
}
