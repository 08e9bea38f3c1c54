internal import Foundation
internal import Logging
internal import NIOCore
internal import SwiftProtobuf
internal import Wire

/// One connection: bytes to frames, frames to the session, the session's actions back to bytes.
///
/// Queries that the index can answer are answered right here, on the event loop; everything that
/// was written while a bunch of bytes was read goes out with one flush.
final class ConnectionHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Timer {
    case hello, frame, idle, closing, stall
  }

  /// So many frames in a row; then the loop's other connections have their turn.
  private static let framesInTurnMax = 128

  private let hub: Hub
  private var session: Session
  private var decoder: FrameDecoder
  private var calls: CallDesk
  private var out = ByteBuffer()
  private var told = ToldStreams()
  private var context: ChannelHandlerContext?
  private var line: Line?
  private var address = ""
  private var keyPrefix: String?

  private var isReadWanted = false
  private var isTakingFrames = false
  private var isYielding = false
  private var hasInputEnded = false
  private var hasOutputEnded = false
  private var frameBegan: NIODeadline?
  private var timers: [Timer: Scheduled<Void>] = [:]
  private var lastFrame = NIODeadline.now()

  init(hub: Hub) {
    self.hub = hub
    session = Session(limits: hub.limits, serverVersion: hub.serverVersion)
    decoder = FrameDecoder(frameBytesMax: hub.limits.frameBytesMax)
    calls = CallDesk(hub: hub)
  }

  // MARK: Life

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    let line = Line(loop: context.eventLoop, handler: self)
    self.line = line
    address = context.remoteAddress?.ipAddress ?? "local"
    switch hub.book.connected(line, address: address) {
    case .admitted: break
    case .tooMany: perform(session.hangUp(.tooManyConnections("address")))
    case .draining: perform(session.hangUp(.draining))
    }
    after(hub.limits.helloMs, .hello) { handler in
      if handler.session.isGreeting {
        handler.perform(
          handler.session.hangUp(.tooSlow("HELLO_TIMEOUT", "Hello did not come in time.")))
      }
    }
    watchIdleness()
    flush()
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    if let line {
      hub.book.disconnected(line, address: address, keyPrefix: keyPrefix)
      line.disconnected()
    }
    line = nil
    calls.disconnected()
    self.context = nil
    // What waits for its time would keep the bytes of a dead connection with it.
    for timer in timers.values { timer.cancel() }
    timers = [:]
    decoder = FrameDecoder(frameBytesMax: hub.limits.frameBytesMax)
    out = ByteBuffer()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    hub.logger.debug("a connection broke", metadata: ["error": "\(error)"])
    context.close(promise: nil)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed? = event as? ChannelEvent {
      hasInputEnded = true
      takeFrames()
      flush()
      closeWhenBothSidesEnded()
    }
    context.fireUserInboundEventTriggered(event)
  }

  // MARK: Reading

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !session.isClosing else { return }
    decoder.received(unwrapInboundIn(data))
    takeFrames()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    flush()
    context.fireChannelReadComplete()
  }

  /// Reading pauses while too much is in flight or unread: TCP then pushes the client back.
  func read(context: ChannelHandlerContext) {
    if isPaused {
      isReadWanted = true
    } else if !hasInputEnded {
      // Asked to read past the end, NIO would take the connection for broken.
      context.read()
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    resume()
    context.fireChannelWritabilityChanged()
  }

  private var isPaused: Bool {
    guard !session.isClosing, let context else { return false }
    return isYielding || session.isAtLimit || !context.channel.isWritable
  }

  private func resume() {
    guard let context, !isPaused else { return }
    takeFrames()
    flush()
    if isReadWanted && !isPaused && !hasInputEnded {
      isReadWanted = false
      context.read()
    }
  }

  private func takeFrames() {
    // A flush in the midst of it may lead here again; the loop under way goes on by itself.
    guard !isTakingFrames else { return }
    isTakingFrames = true
    defer { isTakingFrames = false }
    var framesLeft = ConnectionHandler.framesInTurnMax
    while !session.isClosing && !isPaused {
      if framesLeft == 0 {
        yield()
        break
      }
      framesLeft -= 1
      decoder.frameBytesMax =
        session.isGreeting
        ? min(hub.limits.helloBytesMax, hub.limits.frameBytesMax) : hub.limits.frameBytesMax
      do {
        guard let frame = try decoder.next() else {
          // Not before: what came in ahead of the end may have waited while reading paused.
          if hasInputEnded { perform(session.inputEnded()) }
          break
        }
        lastFrame = .now()
        frameBegan = nil
        take(frame)
      } catch {
        perform(session.hangUp(error.status))
      }
    }
    watchFrame()
    endWaits()
  }

  /// Who goes is answered what can be answered now.
  private func endWaits() {
    if session.isEnding { calls.endWaits(session.isDraining ? .streamDraining : .streamCancelled) }
  }

  private func yield() {
    guard let context else { return }
    isYielding = true
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    context.eventLoop.execute {
      bound.value.isYielding = false
      bound.value.resume()
    }
  }

  private func take(_ bytes: ByteBuffer) {
    do {
      let frame = try Seduta_Wire_V1_ClientFrame(frame: bytes)
      perform(session.received(frame, authenticate: hub.gate.principal(presenting:)))
    } catch {
      perform(
        session.hangUp(.protocolError("FRAME_MALFORMED", "A frame came that is no ClientFrame.")))
    }
  }

  // MARK: Acting

  private func perform(_ action: Session.Action) {
    switch action {
    case .none: break
    case .welcome(let welcome, let principal): admit(welcome, principal)
    case .begin(let call, let principal): begin(call, principal)
    case .reply(let callID, let status): reply(callID, status)
    case .cancel(let ticket): ticket.cancel()
    case .cancelRead(let callID): calls.cancelled(callID)
    case .pong(let ping):
      send { $0.pong.opaque = ping.opaque }
    case .goaway(let goaway):
      send { $0.goaway = goaway }
    case .hangUp(let goaway, let callID):
      if let callID { reply(callID, goaway.status) }
      send { $0.goaway = goaway }
      close()
    case .close: close()
    }
  }

  private func admit(_ welcome: Seduta_Wire_V1_Welcome, _ principal: Principal) {
    guard hub.book.greeted(keyPrefix: principal.keyPrefix) else {
      perform(session.hangUp(.tooManyConnections("API key")))
      return
    }
    keyPrefix = principal.keyPrefix
    send { $0.welcome = welcome }
  }

  private func begin(_ call: Seduta_Wire_V1_Call, _ principal: Principal) {
    guard let line else { return }
    switch calls.take(call, from: principal, line: line, into: &out) {
    case .answered: break
    case .inFlight(let ticket): session.callBegan(call.callID, ticket)
    }
    // Far above the water mark NIO would hold everything in memory: let it see what there is.
    if out.readableBytes > hub.limits.writeBufferBytesMax { flush() }
  }

  private func reply(_ callID: UInt64, _ status: Seduta_Wire_V1_Status) {
    var reply = Seduta_Wire_V1_Reply.refusal(status)
    reply.callID = callID
    send { $0.reply = reply }
  }

  private func send(_ build: (inout Seduta_Wire_V1_ServerFrame) -> Void) {
    var frame = Seduta_Wire_V1_ServerFrame()
    build(&frame)
    do {
      try FrameEncoder.write(frame, into: &out)
    } catch {
      hub.logger.error("a frame could not be encoded", metadata: ["error": "\(error)"])
      context?.close(promise: nil)
    }
  }

  private func flush() {
    guard let context, out.readableBytes > 0 else { return }
    let written = out
    // Before the write: it may come back as a change of writability, and with it to this place.
    out = context.channel.allocator.buffer(capacity: 4_096)
    let promise = told.beganFlush() ? context.eventLoop.makePromise(of: Void.self) : nil
    if let promise { watchFlush(of: promise.futureResult, in: context) }
    context.writeAndFlush(wrapOutboundOut(written), promise: promise)
  }

  /// A stream goes on when what it told is on its way; who takes nothing of it for too long is cut.
  private func watchFlush(
    of written: EventLoopFuture<Void>, in context: ChannelHandlerContext
  ) {
    if timers[.stall] == nil { after(hub.limits.streamStallMs, .stall) { $0.cut() } }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    written.whenSuccess {
      let handler = bound.value
      handler.timers.removeValue(forKey: .stall)?.cancel()
      for callID in handler.told.endedFlush() { handler.calls.flushed(callID) }
      guard handler.told.isFlushing else { return }
      handler.after(handler.hub.limits.streamStallMs, .stall) { $0.cut() }
    }
  }

  /// Says all that there is to say and shuts the sending half. A close that is not announced so
  /// would discard what the client has not read, the reason with it.
  private func close() {
    flush()
    // Nothing can be told after it.
    calls.disconnected()
    guard let context else { return }
    // Before the half is shut: where nothing waits to be written that ends at once, and lingering takes its place.
    after(hub.limits.idleMs, .closing) { $0.cut() }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    let ended = context.eventLoop.makePromise(of: Void.self)
    if hasInputEnded {
      // NIO would close both sides at once here, and drop what is not written yet.
      context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: ended)
    } else {
      context.close(mode: .output, promise: ended)
    }
    ended.futureResult.whenComplete { _ in
      let handler = bound.value
      handler.hasOutputEnded = true
      handler.closeWhenBothSidesEnded()
      handler.after(handler.hub.limits.lingerMs, .closing) { $0.cut() }
    }
    if isReadWanted && !hasInputEnded { context.read() }
  }

  private func closeWhenBothSidesEnded() {
    if hasInputEnded && hasOutputEnded { cut() }
  }

  // MARK: From other threads, by way of the line

  func repliesArrived(_ replies: [Seduta_Wire_V1_Reply]) {
    var action = Session.Action.none
    for reply in replies {
      send { $0.reply = reply }
      guard !reply.more else {
        told.wrote(reply.callID)
        continue
      }
      calls.answered(reply.callID)
      action = session.callAnswered(reply.callID)
    }
    perform(action)
    flush()
    resume()
  }

  func drainBegan() {
    perform(session.drainBegan())
    endWaits()
    flush()
  }

  func cut() {
    context?.close(promise: nil)
  }

  // MARK: Time

  /// Sets a timer of the kind, in place of the one before.
  private func after(
    _ ms: Int64, _ timer: Timer, _ body: @escaping @Sendable (ConnectionHandler) -> Void
  ) {
    guard let context else { return }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    timers[timer]?.cancel()
    timers[timer] = context.eventLoop.scheduleTask(in: .milliseconds(ms)) {
      let handler = bound.value
      handler.timers[timer] = nil
      body(handler)
      handler.flush()
    }
  }

  /// A frame that has begun must end in time. One task at most waits, however many frames come.
  private func watchFrame() {
    guard decoder.hasPartialFrame, !session.isClosing else {
      frameBegan = nil
      return
    }
    let began = frameBegan ?? .now()
    frameBegan = began
    guard timers[.frame] == nil else { return }
    let passedMs = (NIODeadline.now() - began).nanoseconds / 1_000_000
    after(max(1, hub.limits.frameMs - passedMs), .frame) { handler in
      // While reading pauses the client cannot go on: that time does not count.
      if handler.isPaused { handler.frameBegan = .now() }
      guard let began = handler.frameBegan else { return handler.watchFrame() }
      if NIODeadline.now() - began >= .milliseconds(handler.hub.limits.frameMs) {
        handler.perform(
          handler.session.hangUp(
            .tooSlow("FRAME_TIMEOUT", "A frame began and did not end in time.")))
      } else {
        handler.watchFrame()
      }
    }
  }

  private func watchIdleness() {
    let idle = TimeAmount.milliseconds(hub.limits.idleMs)
    let left = (lastFrame + idle) - .now()
    after(max(1, left.nanoseconds / 1_000_000 + 1), .idle) { handler in
      guard !handler.session.isClosing else { return }
      if handler.session.isIdle && NIODeadline.now() - handler.lastFrame >= idle {
        handler.perform(
          handler.session.hangUp(
            .tooSlow("IDLE", "Nothing came for too long; send Pings to stay connected.")))
      } else {
        if !handler.session.isIdle { handler.lastFrame = .now() }
        handler.watchIdleness()
      }
    }
  }
}
