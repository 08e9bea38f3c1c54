internal import Wire

/// On whose behalf a call is made. The partner vouches for it.
public enum ActingAs: Hashable, Sendable {
  /// The partner's staff, with a name of the partner's for the record, or without.
  case staff(name: String = "")
  /// A therapist, "thr_...".
  case therapist(String)
  /// A client, "cli_..."; empty for someone who is not registered yet.
  case client(String)

  var message: Seduta_Wire_V1_Actor {
    var actor = Seduta_Wire_V1_Actor()
    switch self {
    case .staff(let name):
      actor.role = .staff
      actor.id = name
    case .therapist(let id):
      actor.role = .therapist
      actor.id = id
    case .client(let id):
      actor.role = .client
      actor.id = id
    }
    return actor
  }
}

/// How a call is made.
public struct CallOptions: Hashable, Sendable {
  /// On whose behalf.
  public var actor: ActingAs
  /// 1 to 128 bytes that name this act. A call that is repeated with the same key is not done twice.
  /// Nil lets the client make one for each call that writes.
  public var idempotencyKey: String?
  /// Milliseconds after which the answer is of no use; 0 means no limit; nil means the client's
  /// `Timeouts.callMs`. What the server has not begun by then is not done.
  public var timeoutMs: UInt32?
  /// W3C trace context for the server's log; empty means none.
  public var traceparent: String

  public init(
    actor: ActingAs = .staff(), idempotencyKey: String? = nil, timeoutMs: UInt32? = nil,
    traceparent: String = ""
  ) {
    self.actor = actor
    self.idempotencyKey = idempotencyKey
    self.timeoutMs = timeoutMs
    self.traceparent = traceparent
  }
}

/// How long a client waits.
public struct Timeouts: Hashable, Sendable {
  /// Milliseconds for connecting, and as many again for being welcomed.
  public var connectMs: UInt32
  /// Milliseconds for a call that does not say; 0 means no limit.
  public var callMs: UInt32
  /// Milliseconds without a word from the server before it is asked whether it is there, and the same
  /// again before the connection counts as lost. The server's idle limit may make it shorter.
  public var livenessMs: UInt32

  public init(connectMs: UInt32 = 5_000, callMs: UInt32 = 10_000, livenessMs: UInt32 = 15_000) {
    self.connectMs = connectMs
    self.callMs = callMs
    self.livenessMs = livenessMs
  }
}
