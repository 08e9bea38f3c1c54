internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// Performs a dialogue on its connection: reads replies, writes, keeps time.
final class SMTPHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var dialogue: SMTPDialogue
  private var reader = SMTPReplyReader()
  private let options: SMTPOptions
  private let tls: SMTPEncryption?
  private let delivery: EventLoopPromise<Delivery>
  private var timer: Scheduled<Void>?
  private var isOver = false

  init(
    _ dialogue: SMTPDialogue, options: SMTPOptions, tls: SMTPEncryption?,
    delivery: EventLoopPromise<Delivery>
  ) {
    self.dialogue = dialogue
    self.options = options
    self.tls = tls
    self.delivery = delivery
  }

  func channelActive(context: ChannelHandlerContext) {
    dialogue.connected(from: context.channel.localAddress.flatMap(SMTPHandler.literal))
    wait(options.stepMs, context: context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    reader.append(unwrapInboundIn(data).readableBytesView)
    while !isOver, let step = reader.next() {
      switch step {
      case .broken(let reason): perform(dialogue.failed(reason), context: context)
      case .reply(let reply): perform(dialogue.replyReceived(reply), context: context)
      }
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted? = event as? TLSUserEvent, dialogue.state == .handshake {
      perform(dialogue.encrypted(), context: context)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A server that ends TLS carelessly, after its last word.
    guard !isOver else { return }
    perform(dialogue.failed("\(error)".quotable), context: context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    guard !isOver else { return }
    perform(dialogue.failed("it hung up"), context: context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    delivery.succeed(.retry(reason: "the connection ended"))
  }

  private func perform(_ action: SMTPDialogue.Action, context: ChannelHandlerContext) {
    switch action {
    case .send(let bytes):
      write(bytes, context: context)
      wait(
        dialogue.state == .content ? options.contentMs : options.stepMs, context: context)
    case .startTLS: startTLS(context: context)
    case .finish(let delivery): finish(delivery, context: context)
    }
  }

  private func startTLS(context: ChannelHandlerContext) {
    // Whoever sits between could have written answers to what is only asked under TLS.
    reader.discard()
    do {
      guard let tls else { preconditionFailure("STARTTLS is sent only where TLS is set up") }
      try context.pipeline.syncOperations.addHandler(tls.handler(), position: .first)
      wait(options.stepMs, context: context)
    } catch {
      perform(dialogue.failed("\(error)".quotable), context: context)
    }
  }

  private func finish(_ delivery: Delivery, context: ChannelHandlerContext) {
    isOver = true
    timer?.cancel()
    self.delivery.succeed(delivery)
    // Politely, but its answer changes nothing.
    if context.channel.isActive { write(Array("QUIT\r\n".utf8), context: context) }
    context.close(promise: nil)
  }

  private func write(_ bytes: [UInt8], context: ChannelHandlerContext) {
    context.writeAndFlush(
      wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }

  private func wait(_ ms: Int64, context: ChannelHandlerContext) {
    timer?.cancel()
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(ms)) {
      guard !self.isOver else { return }
      self.perform(self.dialogue.failed("no answer in \(ms) ms"), context: context)
    }
  }

  /// RFC 5321, 4.1.3.
  private static func literal(_ address: SocketAddress) -> String? {
    guard let ip = address.ipAddress else { return nil }
    switch address {
    case .v4: return "[\(ip)]"
    case .v6: return "[IPv6:\(ip)]"
    case .unixDomainSocket: return nil
    }
  }
}

/// Makes the handler that encrypts.
struct SMTPEncryption: Sendable {
  private let context: NIOSSLContext
  /// Nil for an address: then the certificate has to be for that.
  private let serverName: String?

  /// - Throws: when the file of authorities cannot be read.
  init(host: String, authorityFile: String?) throws {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if let authorityFile { configuration.trustRoots = .file(authorityFile) }
    context = try NIOSSLContext(configuration: configuration)
    serverName = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
  }

  func handler() throws -> NIOSSLClientHandler {
    try NIOSSLClientHandler(context: context, serverHostname: serverName)
  }
}
