public import Wire

/// The server's answer to a call is no.
public struct CallError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why: a code, a sentence for a person, details for a program.
  public var status: Seduta_Wire_V1_Status
  /// The key that the call was made with, where it writes: with UNAVAILABLE the same call can be
  /// repeated with it; nothing is done twice.
  public var idempotencyKey: String?

  public init(status: Seduta_Wire_V1_Status, idempotencyKey: String? = nil) {
    self.status = status
    self.idempotencyKey = idempotencyKey
  }

  /// The status's sentence.
  public var description: String { status.message }
}

/// No answer: the connection could not be made, or ended, or the answer did not come.
public struct ConnectionError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// No connection could be made.
    case unreachable
    /// The server does not want this client: its key or its version. `status` says why.
    case refused
    /// The call was not begun, since the connection is closing or closed. It can be made elsewhere.
    case notBegun
    /// The connection ended before the answer. The call may have been done.
    case lost
    /// The answer did not come in time. The call may have been done.
    case unanswered
    /// The request is longer than the server takes. It was not sent.
    case tooLong
    /// What came is not of this protocol.
    case malformed
  }

  public var kind: Kind
  /// One sentence for a person.
  public var message: String
  /// What the server said, where it did.
  public var status: Seduta_Wire_V1_Status?
  /// The key that the call was made with, where it writes: a call that may have been done is made
  /// again with it, and is not done twice.
  public var idempotencyKey: String?

  public init(_ kind: Kind, _ message: String, status: Seduta_Wire_V1_Status? = nil) {
    self.kind = kind
    self.message = message
    self.status = status
  }

  public var description: String { message }
}
