internal import FoundationEssentials
public import NIOCore
public import NIOPosix
public import SwiftProtobuf
public import Wire

/// A connection to a Seduta server, on which any number of calls can be in flight at once.
///
///     let client = try await SedutaClient.connect(host: "seduta.example", apiKey: key)
///     var request = Seduta_V1_SlotsSearchRequest()
///     request.untilMs = ...
///     let found = try await client.slots.search(request)
///
/// A call throws `CallError` when the server refuses it, `ConnectionError` when no answer came.
/// Cancelling a call's task asks the server to stop; the call still ends with the server's answer:
/// a `CallError` with CANCELLED, or its outcome where it was done already.
///
/// A connection that was lost stays lost: make a new client.
public final class SedutaClient: Sendable {
  /// What the server said when it welcomed this client: its version, and the connection's limits.
  public let welcome: Seduta_Wire_V1_Welcome

  private let channel: any Channel
  private let handler: NIOLoopBound<ConversationHandler>
  private let timeouts: Timeouts
  /// Makes another connection like this one.
  let again: @Sendable () async throws -> SedutaClient

  private init(
    channel: any Channel, handler: NIOLoopBound<ConversationHandler>,
    welcome: Seduta_Wire_V1_Welcome, timeouts: Timeouts,
    again: @escaping @Sendable () async throws -> SedutaClient
  ) {
    self.channel = channel
    self.handler = handler
    self.welcome = welcome
    self.timeouts = timeouts
    self.again = again
  }

  deinit {
    channel.close(promise: nil)
  }

  /// Connects, and waits to be welcomed.
  ///
  /// - Parameters:
  ///   - host: a name or an address.
  ///   - port: 1 to 65,535.
  ///   - apiKey: the partner's key, as it was printed when it was made.
  ///   - clientName: for the server's log: "acme-booking".
  ///   - clientVersion: for the server's log: "2.1.0".
  ///   - timeouts: how long to wait for this, and for calls.
  ///   - group: whose event loops carry the connection.
  /// - Throws: `ConnectionError`: `unreachable`, `refused` with the server's status (for a key that
  ///   is unknown, UNAUTHENTICATED), or `malformed` when something else answers there.
  public static func connect(
    host: String = "127.0.0.1", port: Int = 7390, apiKey: String,
    clientName: String = "seduta-swift", clientVersion: String = "1",
    timeouts: Timeouts = Timeouts(),
    on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
  ) async throws -> SedutaClient {
    var hello = Seduta_Wire_V1_Hello()
    hello.versionMin = 1
    hello.versionMax = 1
    hello.apiKey = apiKey
    hello.clientName = clientName
    hello.clientVersion = clientVersion
    let link = try await Link.open(
      host: host, port: port, hello: hello, timeouts: timeouts, on: group)
    return SedutaClient(
      channel: link.channel, handler: link.handler, welcome: try await link.welcome.get(),
      timeouts: timeouts
    ) {
      try await connect(
        host: host, port: port, apiKey: apiKey, clientName: clientName,
        clientVersion: clientVersion, timeouts: timeouts, on: group)
    }
  }

  /// Makes a call. Methods have typed shortcuts: `slots.search(_:)`, `appointments.book(_:)`, ...
  ///
  /// - Parameters:
  ///   - method: decides which request and response belong here.
  ///   - request: the method's request.
  ///   - actor: on whose behalf.
  ///   - idempotencyKey: names a writing call, so that repeating it does nothing twice; nil makes a
  ///     random one, which an error carries.
  ///   - timeoutMs: milliseconds after which the answer is of no use; 0 means no limit; nil means the
  ///     client's `Timeouts.callMs`.
  /// - Returns: the method's response.
  /// - Throws: `CallError`, `ConnectionError`, or `CancellationError` where the task was cancelled
  ///   before anything was sent.
  public func call<Request: Message, Response: Message>(
    _ method: Wire.Method, _ request: Request, actor: ActingAs = .staff(),
    idempotencyKey: String? = nil, timeoutMs: UInt32? = nil
  ) async throws -> Response {
    try await call(
      method, request,
      CallOptions(actor: actor, idempotencyKey: idempotencyKey, timeoutMs: timeoutMs))
  }

  /// Makes a call; see `call(_:_:actor:idempotencyKey:timeoutMs:)`.
  public func call<Request: Message, Response: Message>(
    _ method: Wire.Method, _ request: Request, _ options: CallOptions
  ) async throws -> Response {
    var call = try message(method, request, options)
    call.timeoutMs = options.timeoutMs ?? timeouts.callMs
    let key = options.idempotencyKey ?? (method.writes ? Self.randomKey() : nil)
    call.idempotencyKey = key ?? ""

    do {
      let reply = try await answer(to: call)
      if reply.hasStatus { throw CallError(status: reply.status, idempotencyKey: key) }
      return try Response(serializedBytes: reply.message)
    } catch var error as ConnectionError {
      error.idempotencyKey = key
      throw error
    } catch is BinaryDecodingError {
      var error = ConnectionError(
        .malformed, "The server answered \(method.rawValue) with something else than its response.")
      error.idempotencyKey = key
      throw error
    }
  }

  /// Makes a call that is answered by many replies. Its time is not limited unless the options say so.
  ///
  /// While the replies are not taken, nothing is read from this connection: give a stream that is read slowly
  /// a connection of its own. Methods have typed shortcuts: `events.subscribe(_:)`, `slots.watch(_:)`; those that go on
  /// across connections are `events(after:)` and `watchSlots(_:)`.
  public func stream<Request: Message, Response: Message>(
    _ method: Wire.Method, _ request: Request, _ options: CallOptions = CallOptions()
  ) throws -> Replies<Response> {
    var call = try message(method, request, options)
    call.timeoutMs = options.timeoutMs ?? 0
    let eventLoop = channel.eventLoop
    let progress = NIOLoopBoundBox<CallProgress?>.makeEmptyBox(
      valueType: CallProgress.self, eventLoop: eventLoop)
    let handler = handler
    let pipe = ReplyPipe.make(
      onCaughtUp: { eventLoop.execute { handler.value.caughtUp(progress) } },
      onLeft: { eventLoop.execute { handler.value.cancel(progress) } })
    let source = pipe.source
    eventLoop.execute { [call] in
      handler.value.begin(call, progress: progress, waiter: .stream(source))
    }
    return Replies(client: self, method: method, sequence: pipe.sequence)
  }

  private func message(
    _ method: Wire.Method, _ request: some Message, _ options: CallOptions
  ) throws -> Seduta_Wire_V1_Call {
    var call = Seduta_Wire_V1_Call()
    call.method = method.rawValue
    call.actor = options.actor.message
    call.traceparent = options.traceparent
    call.message = try request.serializedBytes()
    return call
  }

  /// Asks whether the server is there.
  ///
  /// - Returns: how long the answer took.
  /// - Throws: `ConnectionError`.
  public func ping() async throws -> Duration {
    let clock = ContinuousClock()
    let begin = clock.now
    try await withCheckedThrowingContinuation { answer in
      channel.eventLoop.execute { self.handler.value.ping(answer) }
    }
    return clock.now - begin
  }

  /// Makes no more calls, waits for the answers to those in flight, and hangs up.
  ///
  /// - Parameter graceMs: milliseconds after which it hangs up even if calls are in flight; they
  ///   fail with `ConnectionError`.
  public func close(graceMs: UInt32 = 5_000) async {
    channel.eventLoop.execute { self.handler.value.leave(withinMs: Int64(graceMs)) }
    // Never fails: it is the end itself that is waited for.
    try? await channel.closeFuture.get()
  }

  private func answer(to call: Seduta_Wire_V1_Call) async throws -> Seduta_Wire_V1_Reply {
    let eventLoop = channel.eventLoop
    let progress = NIOLoopBoundBox<CallProgress?>.makeEmptyBox(
      valueType: CallProgress.self, eventLoop: eventLoop)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { answer in
        eventLoop.execute {
          self.handler.value.begin(call, progress: progress, waiter: .once(answer))
        }
      }
    } onCancel: {
      eventLoop.execute { self.handler.value.cancel(progress) }
    }
  }

  /// 128 random bits.
  private static func randomKey() -> String {
    let bits = UInt128.random(in: .min ... .max)
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
