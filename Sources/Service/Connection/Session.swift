internal import Wire

/// Where a connection is in its life: what comes in is an event in the past tense, what is to be
/// done is the action that it returns. Knows no socket and no clock.
struct Session {
  private enum Phase {
    /// Hello has not come.
    case greeting
    case ready(Principal)
    /// Calls in flight are answered, no new ones are taken: the server stops.
    case draining
    /// Calls in flight are answered, no new ones come: the client goes.
    case leaving
    /// The reason has been said; nothing that comes in counts any more.
    case closing
  }

  enum Action {
    case none
    case welcome(Seduta_Wire_V1_Welcome, Principal)
    case begin(Seduta_Wire_V1_Call, Principal)
    case reply(UInt64, Seduta_Wire_V1_Status)
    case cancel(Ticket)
    /// Of a call in flight that is no command.
    case cancelRead(UInt64)
    case pong(Seduta_Wire_V1_Ping)
    /// Say that no more calls are taken, and go on.
    case goaway(Seduta_Wire_V1_Goaway)
    /// Say why, then close. With a call to blame, that call is answered with the reason as well.
    case hangUp(Seduta_Wire_V1_Goaway, blaming: UInt64?)
    /// Nothing is left to say: close.
    case close
  }

  private let limits: ServerLimits
  private let serverVersion: String
  private var phase = Phase.greeting
  private var inFlight: [UInt64: Ticket?] = [:]
  private var lastCallID: UInt64 = 0

  static let versionsSpoken: ClosedRange<UInt32> = 1...1

  init(limits: ServerLimits, serverVersion: String) {
    self.limits = limits
    self.serverVersion = serverVersion
  }

  var isGreeting: Bool {
    if case .greeting = phase { true } else { false }
  }

  /// Whether bytes that come in still count.
  var isClosing: Bool {
    if case .closing = phase { true } else { false }
  }

  /// Whether the connection ends once all calls in flight are answered.
  var isEnding: Bool {
    switch phase {
    case .draining, .leaving: true
    case .greeting, .ready, .closing: false
    }
  }

  /// Whether it ends because the server stops.
  var isDraining: Bool {
    if case .draining = phase { true } else { false }
  }

  var isAtLimit: Bool { inFlight.count >= limits.callsInFlightMax }
  var isIdle: Bool { inFlight.isEmpty }

  // MARK: What comes in

  /// - Parameter authenticate: who presents this key.
  mutating func received(
    _ frame: Seduta_Wire_V1_ClientFrame, authenticate: (String) -> Principal?
  ) -> Action {
    switch (phase, frame.frame) {
    case (.closing, _): .none
    case (_, nil):
      hangUp(.protocolError("FRAME_UNKNOWN", "A frame came that holds none of the known kinds."))
    case (.greeting, .hello(let hello)): greeted(hello, authenticate)
    case (.greeting, .call(let call)):
      hangUp(
        Seduta_Wire_V1_Status(
          .unauthenticated, reason: "HELLO_MISSING",
          message: "A call came before Hello; the first frame must be Hello, with an API key."),
        blaming: call.callID)
    case (.greeting, _):
      hangUp(
        Seduta_Wire_V1_Status(
          .unauthenticated, reason: "HELLO_MISSING",
          message: "The first frame must be Hello, with an API key."))
    case (_, .hello):
      hangUp(.protocolError("HELLO_REPEATED", "Hello came twice on one connection."))
    case (.ready(let principal), .call(let call)): called(call, principal)
    case (.draining, .call(let call)): .reply(call.callID, .draining)
    case (.leaving, .call(let call)):
      hangUp(
        .protocolError("CALL_AFTER_GOAWAY", "A call came after the client's own Goaway."),
        blaming: call.callID)
    case (_, .cancel(let cancel)):
      switch inFlight[cancel.callID] {
      case .some(let ticket?): .cancel(ticket)
      case .some(nil): .cancelRead(cancel.callID)
      case nil: .none
      }
    case (_, .ping(let ping)):
      ping.opaque.count <= 8
        ? .pong(ping)
        : hangUp(.protocolError("PING_TOO_LONG", "A Ping holds at most 8 bytes."))
    case (_, .pong): .none
    case (_, .goaway): left()
    }
  }

  private mutating func greeted(
    _ hello: Seduta_Wire_V1_Hello, _ authenticate: (String) -> Principal?
  ) -> Action {
    let lowest = max(hello.versionMin, 1)
    let highest = max(hello.versionMax, 1)
    guard lowest <= highest,
      lowest <= Session.versionsSpoken.upperBound, highest >= Session.versionsSpoken.lowerBound
    else {
      return hangUp(
        .protocolError(
          "VERSION_NOT_SPOKEN",
          "The client speaks versions \(lowest) to \(highest); this server speaks 1."))
    }
    guard let principal = authenticate(hello.apiKey) else {
      return hangUp(
        Seduta_Wire_V1_Status(
          .unauthenticated, reason: "API_KEY_INVALID",
          message: "The API key is unknown or revoked."))
    }
    phase = .ready(principal)
    var welcome = Seduta_Wire_V1_Welcome()
    welcome.version = min(highest, Session.versionsSpoken.upperBound)
    welcome.serverVersion = serverVersion
    welcome.limits.frameBytesMax = UInt32(limits.frameBytesMax)
    welcome.limits.callsInFlightMax = UInt32(limits.callsInFlightMax)
    welcome.limits.idleMsMax = UInt32(limits.idleMs)
    return .welcome(welcome, principal)
  }

  private mutating func called(_ call: Seduta_Wire_V1_Call, _ principal: Principal) -> Action {
    guard call.callID != 0 else {
      return hangUp(.protocolError("CALL_ID_ZERO", "A call's id must not be 0."))
    }
    guard inFlight[call.callID] == nil else {
      return hangUp(
        .protocolError("CALL_ID_REUSED", "The call id \(call.callID) is in flight already."),
        blaming: call.callID)
    }
    lastCallID = max(lastCallID, call.callID)
    return .begin(call, principal)
  }

  private mutating func left() -> Action {
    phase = .leaving
    return isIdle ? close() : .none
  }

  // MARK: What happened here

  /// A call that could not be answered at once is in flight from here on.
  mutating func callBegan(_ id: UInt64, _ ticket: Ticket?) {
    inFlight[id] = .some(ticket)
  }

  mutating func callAnswered(_ id: UInt64) -> Action {
    inFlight[id] = nil
    guard isIdle else { return .none }
    return switch phase {
    case .draining, .leaving: close()
    case .greeting, .ready, .closing: .none
    }
  }

  /// The other side sends no more.
  mutating func inputEnded() -> Action {
    switch phase {
    case .closing: .none
    case .greeting: close()
    case .ready, .draining, .leaving: left()
    }
  }

  /// The server stops.
  mutating func drainBegan() -> Action {
    switch phase {
    case .greeting: return hangUp(.draining)
    case .closing, .draining, .leaving: return .none
    case .ready:
      if isIdle { return hangUp(.draining) }
      phase = .draining
      return .goaway(goaway(.draining))
    }
  }

  /// The client broke the rules of the wire, was too slow, or may not be here.
  mutating func hangUp(
    _ status: Seduta_Wire_V1_Status, blaming callID: UInt64? = nil
  ) -> Action {
    let goaway = goaway(status)
    phase = .closing
    return .hangUp(goaway, blaming: callID)
  }

  private mutating func close() -> Action {
    phase = .closing
    return .close
  }

  private func goaway(_ status: Seduta_Wire_V1_Status) -> Seduta_Wire_V1_Goaway {
    var goaway = Seduta_Wire_V1_Goaway()
    goaway.status = status
    goaway.lastCallID = lastCallID
    return goaway
  }
}

extension Seduta_Wire_V1_Status {
  static func protocolError(_ reason: String, _ message: String) -> Self {
    Self(.invalidArgument, reason: reason, message: message)
  }

  static func tooSlow(_ reason: String, _ message: String) -> Self {
    Self(.deadlineExceeded, reason: reason, message: message)
  }
}
