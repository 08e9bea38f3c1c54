extension Seduta_Wire_V1_Status {
  /// - Parameters:
  ///   - code: not `.unspecified`.
  ///   - reason: UPPER_SNAKE_CASE, for programs.
  ///   - message: one sentence for a person.
  ///   - metadata: facts that belong to the reason.
  public init(
    _ code: Seduta_Wire_V1_Code, reason: String, message: String, metadata: [String: String] = [:]
  ) {
    self.init()
    self.code = code
    self.message = message
    errorInfo.reason = reason
    errorInfo.metadata = metadata
  }

  /// A request in which one field is wrong.
  ///
  /// - Parameters:
  ///   - field: the path from the request down, as proto names: "therapists[3].time_zone".
  ///   - description: what was expected, and what came.
  public static func invalid(field: String, description: String) -> Self {
    invalid([Seduta_Wire_V1_FieldViolation(field: field, description: description)])
  }

  /// A request in which fields are wrong: all of them, in the order of the request.
  public static func invalid(_ violations: [Seduta_Wire_V1_FieldViolation]) -> Self {
    precondition(!violations.isEmpty, "nothing is wrong")
    let first = "\(violations[0].field): \(violations[0].description_p)"
    let message = violations.count == 1 ? first : "\(violations.count) fields are wrong; \(first)"
    var status = Self(.invalidArgument, reason: "MALFORMED_REQUEST", message: message)
    status.badRequest.fieldViolations = violations
    return status
  }
}

extension Seduta_Wire_V1_FieldViolation {
  public init(field: String, description: String) {
    self.init()
    self.field = field
    self.description_p = description
  }
}

extension FrameError {
  /// What to say before hanging up.
  public var status: Seduta_Wire_V1_Status {
    switch self {
    case .empty:
      Seduta_Wire_V1_Status(
        .invalidArgument, reason: "FRAME_EMPTY",
        message: "A frame of no bytes came; each frame must hold a message.")
    case .tooLong(let bytes, let limit):
      Seduta_Wire_V1_Status(
        .invalidArgument, reason: "FRAME_TOO_LONG",
        message: "A frame of \(bytes) bytes was announced; at most \(limit) are taken.",
        metadata: ["bytes": String(bytes), "limit": String(limit)])
    case .tls:
      Seduta_Wire_V1_Status(
        .invalidArgument, reason: "SPEAKS_TLS",
        message: "The other side speaks TLS; this connection is made without.")
    case .http:
      Seduta_Wire_V1_Status(
        .invalidArgument, reason: "SPEAKS_HTTP",
        message: "The other side speaks HTTP; this port speaks Seduta's frames of protobuf.")
    }
  }
}
