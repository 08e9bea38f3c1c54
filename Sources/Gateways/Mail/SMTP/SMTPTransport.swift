internal import NIOCore
internal import NIOPosix

/// Sends e-mails through a mail server: a connection for each, a few at once.
///
/// One connection a message costs a handshake, and leaves no state that one message could spoil for the next.
public struct SMTPTransport: MailTransport {
  private let options: SMTPOptions
  /// Nil where nothing is encrypted.
  private let tls: SMTPEncryption?
  private let lanes: SMTPLanes

  /// - Throws: when the file of authorities cannot be read.
  public init(_ options: SMTPOptions) throws {
    self.options = options
    tls =
      options.security == .none
      ? nil : try SMTPEncryption(host: options.host, authorityFile: options.authorityFile)
    lanes = SMTPLanes(count: options.connectionsMax)
  }

  public func send(_ message: EmailMessage) async -> Delivery {
    switch MIMEMessage.rendering(message) {
    case .refused(let reason): return .refused(reason: reason)
    case .rendered(let rendered):
      await lanes.enter()
      // Whoever gave up while it waited will have it sent again: not twice, and not after a later one.
      let delivery =
        Task.isCancelled ? .retry(reason: "no answer in time") : await deliver(rendered)
      await lanes.leave()
      return delivery
    }
  }

  private func deliver(_ message: MIMEMessage) async -> Delivery {
    let (options, tls) = (options, tls)
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let delivery = loop.makePromise(of: Delivery.self)
    let bootstrap = ClientBootstrap(group: loop)
      .connectTimeout(.milliseconds(options.connectMs))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if options.security == .tls, let tls { try pipeline.addHandler(tls.handler()) }
          try pipeline.addHandler(
            SMTPHandler(
              SMTPDialogue(message, options: options), options: options, tls: tls,
              delivery: delivery))
        }
      }
    let channel: any Channel
    do {
      channel = try await bootstrap.connect(host: options.host, port: options.port).get()
    } catch {
      let failure = Delivery.retry(reason: "cannot connect: \(error)".quotable)
      delivery.succeed(failure)
      return failure
    }
    return await withTaskCancellationHandler {
      // It is never failed: each end of a connection is an answer.
      (try? await delivery.futureResult.get()) ?? .retry(reason: "the connection ended")
    } onCancel: {
      channel.close(promise: nil)
    }
  }
}

/// Lets so many in at once, in the order in which they came.
actor SMTPLanes {
  private var freeCount: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(count: Int) {
    freeCount = count
  }

  func enter() async {
    if freeCount > 0 {
      freeCount -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func leave() {
    if waiting.isEmpty {
      freeCount += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
