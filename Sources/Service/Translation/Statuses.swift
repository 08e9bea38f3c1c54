internal import Booking
internal import Wire

extension Seduta_Wire_V1_Reply {
  /// A reply that refuses; its call id is still to be set.
  static func refusal(_ status: Seduta_Wire_V1_Status) -> Self {
    var reply = Self()
    reply.status = status
    return reply
  }
}

extension Seduta_Wire_V1_Status {
  static let overloaded: Self = {
    var status = Self(
      .resourceExhausted, reason: "OVERLOADED",
      message: "Too many commands are waiting; try again in a moment.")
    status.retryInfo.retryDelayMs = 250
    return status
  }()

  static let draining = Self(
    .unavailable, reason: "DRAINING",
    message: "The server is about to stop; call another one, with the same idempotency key.")

  static let cancelled = Self(
    .cancelled, reason: "CANCELLED", message: "The call was cancelled before anything was done.")

  static let deadlinePassed = Self(
    .deadlineExceeded, reason: "DEADLINE_EXCEEDED",
    message: "The call's timeout passed before anything was done.")

  static let storeUnreachable = Self(
    .unavailable, reason: "STORE_UNREACHABLE",
    message: "Nothing was done, since it could not be stored; try again with the same key.")

  /// Clocks of servers that are none for trying things out are nobody's to move.
  static let noSandbox = Self(
    .failedPrecondition, reason: "NO_SANDBOX",
    message: "This server's clock is the system's; start one with --sandbox to move it.")

  static let beyondCalendar = invalid(
    field: "by_ms", description: "expected a time before the year 2100")

  static let keyReused: Self = {
    var status = invalid(
      field: "idempotency_key",
      description: "expected a new key: this one came before with other content")
    status.errorInfo.reason = "IDEMPOTENCY_KEY_REUSED"
    return status
  }()

  static let tooManyWaiting: Self = {
    var status = Self(
      .resourceExhausted, reason: "TOO_MANY_WAITING",
      message: "Too many calls wait for a gateway's answer: ask without wait_ms.")
    status.retryInfo.retryDelayMs = 1_000
    return status
  }()

  static func tooManyConnections(_ whose: String) -> Self {
    var status = Self(
      .resourceExhausted, reason: "TOO_MANY_CONNECTIONS",
      message: "This \(whose) has as many connections as it may have.")
    status.retryInfo.retryDelayMs = 1_000
    return status
  }

  static let streamCancelled = Self(
    .cancelled, reason: "CANCELLED", message: "The client has ended the stream.")

  static let streamTimeOver = Self(
    .deadlineExceeded, reason: "DEADLINE_EXCEEDED", message: "The stream's timeout has passed.")

  static let streamDraining = Self(
    .unavailable, reason: "DRAINING",
    message: "The server is about to stop; go on with the stream at another one.")

  static let tooManyStreams: Self = {
    var status = Self(
      .resourceExhausted, reason: "TOO_MANY_STREAMS",
      message: "There are as many streams as there may be on a connection, or on the server.")
    status.retryInfo.retryDelayMs = 1_000
    return status
  }()

  /// What a reply has no room for.
  static func replyTooLong(_ message: String) -> Self {
    Self(.resourceExhausted, reason: "REPLY_TOO_LONG", message: message)
  }

  /// The same sentence for what does not exist and for what is another partner's.
  static func notFound(_ id: String, field: String) -> Self {
    Self(
      .notFound, reason: "NOT_FOUND", message: "\(field): there is no \(id).",
      metadata: ["field": field, "id": id])
  }
}

/// A bug of ours, with an id that answer and log have in common.
struct Incident {
  let id: String

  init() {
    let bits = UInt64.random(in: .min ... .max)
    id = String(bits, radix: 16)
  }

  var status: Seduta_Wire_V1_Status {
    Seduta_Wire_V1_Status(
      .internal, reason: "INTERNAL",
      message: "Something is wrong on our side; incident \(id) is in the server's log.",
      metadata: ["incident": id])
  }
}
