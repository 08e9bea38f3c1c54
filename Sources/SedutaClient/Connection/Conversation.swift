internal import SwiftProtobuf
internal import Wire

/// What the client's side of a connection knows: who waits for which answer, and whether calls can
/// still begin. It does nothing itself: it returns what is to be done.
///
/// `Caller` is whatever waits for an answer.
struct Conversation<Caller> {
  enum Action {
    case send(Seduta_Wire_V1_ClientFrame)
    /// Calls can begin.
    case open(Seduta_Wire_V1_Welcome)
    case answer(Caller, Seduta_Wire_V1_Reply)
    /// An answer after which others follow.
    case tell(Caller, Seduta_Wire_V1_Reply)
    case fail(Caller, ConnectionError)
    case ponged(Seduta_Wire_V1_Pong)
    /// The server does not want this client.
    case refused(ConnectionError)
    case hangUp
  }

  private enum State {
    /// Hello was sent, or will be.
    case greeting
    case ready
    /// No more calls begin, for this reason; those in flight are still answered.
    case leaving(ConnectionError)
    case closed(ConnectionError)
  }

  private var state = State.greeting
  private var callers: [UInt64: Caller] = [:]
  private var lastCallID: UInt64 = 0

  /// The id that the next call will have.
  var nextCallID: UInt64 { lastCallID + 1 }

  /// Why the connection is over; nil while it is not.
  var closedFor: ConnectionError? {
    if case .closed(let why) = state { return why }
    return nil
  }

  /// Gives a call its id and remembers who waits for it; or says why it cannot begin.
  mutating func callBegan(
    _ call: Seduta_Wire_V1_Call, by caller: Caller
  ) -> Result<Seduta_Wire_V1_Call, ConnectionError> {
    switch state {
    case .greeting:
      return .failure(ConnectionError(.notBegun, "The server has not welcomed this client yet."))
    case .leaving(let why), .closed(let why):
      var error = why
      error.kind = .notBegun
      return .failure(error)
    case .ready:
      lastCallID = nextCallID
      callers[lastCallID] = caller
      var call = call
      call.callID = lastCallID
      return .success(call)
    }
  }

  /// The caller does not care any more, but still hears how it ended.
  func callCancelled(_ callID: UInt64) -> [Action] {
    guard callers[callID] != nil else { return [] }
    return [.send(.with { $0.cancel.callID = callID })]
  }

  /// The caller does not wait any more; nil if it was answered before.
  mutating func callAbandoned(_ callID: UInt64) -> (caller: Caller, then: [Action])? {
    guard let caller = callers.removeValue(forKey: callID) else { return nil }
    return (caller, [.send(.with { $0.cancel.callID = callID })] + hangUpIfDone())
  }

  /// The request turned out too long to send.
  mutating func callNotSent(_ callID: UInt64) -> Caller? {
    callers.removeValue(forKey: callID)
  }

  mutating func received(_ frame: Seduta_Wire_V1_ServerFrame) -> [Action] {
    switch frame.frame {
    case .welcome(let welcome):
      guard case .greeting = state else { return [] }
      state = .ready
      return [.open(welcome)]
    case .reply(let reply) where reply.more:
      return callers[reply.callID].map { [.tell($0, reply)] } ?? []
    case .reply(let reply):
      // Unknown: the answer to a call that was abandoned.
      guard let caller = callers.removeValue(forKey: reply.callID) else { return [] }
      return [.answer(caller, reply)] + hangUpIfDone()
    case .ping(let ping):
      return [.send(.with { $0.pong.opaque = ping.opaque })]
    case .pong(let pong):
      return [.ponged(pong)]
    case .goaway(let goaway):
      return receivedGoaway(goaway)
    case nil:
      // A frame of a later version.
      return []
    }
  }

  private mutating func receivedGoaway(_ goaway: Seduta_Wire_V1_Goaway) -> [Action] {
    let message =
      goaway.status.message.isEmpty
      ? "The server takes no more calls on this connection." : goaway.status.message
    if case .greeting = state {
      return [.refused(ConnectionError(.refused, message, status: goaway.status))]
    }
    let why = ConnectionError(.notBegun, message, status: goaway.status)
    state = .leaving(why)
    let notTaken = callers.keys.filter { $0 > goaway.lastCallID }.sorted()
    return notTaken.compactMap { callers.removeValue(forKey: $0) }.map { .fail($0, why) }
      + hangUpIfDone()
  }

  /// This side makes no more calls.
  mutating func left() -> [Action] {
    switch state {
    case .greeting, .ready:
      state = .leaving(ConnectionError(.notBegun, "This client was closed."))
      return [.send(.with { $0.goaway = .init() })] + hangUpIfDone()
    case .leaving:
      return hangUpIfDone()
    case .closed:
      return []
    }
  }

  /// The connection is over: every caller hears why.
  mutating func connectionClosed(_ error: ConnectionError) -> [Action] {
    if case .closed = state { return [] }
    var error = error
    // The server may have said why it was going to close.
    if error.status == nil, case .leaving(let why) = state, why.status != nil {
      error.status = why.status
      error.message = "The server closed the connection: \(why.message)"
    }
    state = .closed(error)
    let waiting = callers.sorted { $0.key < $1.key }
    callers = [:]
    return waiting.map { .fail($0.value, error) } + [.hangUp]
  }

  private func hangUpIfDone() -> [Action] {
    if case .leaving = state, callers.isEmpty { return [.hangUp] }
    return []
  }
}
