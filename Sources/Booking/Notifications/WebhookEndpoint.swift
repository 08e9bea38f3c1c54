public import Availability
public import Intervals

/// Where a partner wants to be told of its events (N-5).
public struct WebhookEndpoint: Hashable, Sendable {
  public let id: WebhookEndpointID
  public internal(set) var url: String
  /// Events' kinds; empty means all. Sorted.
  public internal(set) var kinds: [String]
  /// What calls are signed with.
  public internal(set) var secret: String
  /// While it is exchanged, the one before; empty where there is none.
  public internal(set) var oldSecret: String
  public internal(set) var isEnabled: Bool
  /// All events until then were delivered, given up, or wait to be tried again.
  public internal(set) var position: Int64
  /// Since when nothing arrives; nil while it does.
  public internal(set) var failingSince: Instant?
  /// What went wrong last; empty while nothing does.
  public internal(set) var lastError: String
  public internal(set) var version: Int64
  public let createdAt: Instant

  public init(
    id: WebhookEndpointID, url: String, kinds: [String], secret: String, oldSecret: String = "",
    isEnabled: Bool = true, position: Int64, failingSince: Instant? = nil, lastError: String = "",
    version: Int64 = 1, createdAt: Instant
  ) {
    self.id = id
    self.url = url
    self.kinds = kinds
    self.secret = secret
    self.oldSecret = oldSecret
    self.isEnabled = isEnabled
    self.position = position
    self.failingSince = failingSince
    self.lastError = lastError
    self.version = version
    self.createdAt = createdAt
  }
}

/// An endpoint to make or to change.
public struct WebhookEndpointPut: Hashable, Sendable {
  public enum Change: Hashable, Sendable {
    /// - Parameter after: the position after which it is told of events; nil is from now on. One that events have
    ///   not reached is now.
    case make(url: String, kinds: [String], secret: String, after: Int64?)
    /// Nil leaves it as it is.
    case edit(url: String?, kinds: [String]?, isEnabled: Bool?)
    /// - Parameter dropsOld: whether the secret that it has signs no more, as when it has become known; else both sign
    ///   until the next rotation.
    case rotate(secret: String, dropsOld: Bool)
  }

  public let id: WebhookEndpointID
  public let change: Change
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?

  public init(id: WebhookEndpointID, change: Change, seenVersion: Int64?) {
    self.id = id
    self.change = change
    self.seenVersion = seenVersion
  }
}

/// How far an endpoint came.
public struct WebhookNote: Hashable, Sendable {
  /// What became of an event that was not delivered when it was its turn.
  public struct Delivery: Hashable, Sendable {
    public enum Fate: Hashable, Sendable {
      case delivered
      /// Tried again then.
      /// - Parameter error: empty where it was not tried, because one before it waits.
      case waits(until: Instant, error: String)
      /// Not delivered in three days.
      case givenUp(error: String)
    }

    public let position: Int64
    /// What the event is about, as text: of one thing, events arrive in order.
    public let subject: String
    public let tries: Int32
    public let fate: Fate

    public init(position: Int64, subject: String, tries: Int32, fate: Fate) {
      self.position = position
      self.subject = subject
      self.tries = tries
      self.fate = fate
    }
  }

  public let endpoint: WebhookEndpointID
  /// Nil leaves it where it is.
  public let position: Int64?
  public let deliveries: [Delivery]
  /// Whether something arrived since the last note.
  public let isAlive: Bool
  /// Whether nobody is there any more: it is told nothing until the partner turns it on again.
  public let isOver: Bool

  public init(
    endpoint: WebhookEndpointID, position: Int64?, deliveries: [Delivery], isAlive: Bool,
    isOver: Bool = false
  ) {
    self.endpoint = endpoint
    self.position = position
    self.deliveries = deliveries
    self.isAlive = isAlive
    self.isOver = isOver
  }
}
