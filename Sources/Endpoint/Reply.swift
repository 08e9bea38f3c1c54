internal import HTTPTypes
internal import HummingbirdCore
internal import NIOCore

/// What is answered, before it becomes HTTP.
struct Reply {
  var status: HTTPResponse.Status
  var text: String
  var contentType = "text/plain; charset=utf-8"
  /// For `Allow`, where another method would have done.
  var methods: [HTTPRequest.Method] = []
  /// Whether the connection ends with it.
  var isLast = false

  init(_ status: HTTPResponse.Status, _ text: String) {
    self.status = status
    self.text = text
  }

  static let notFound = Reply(.notFound, "there is nothing here\n")
  static let cutShort = Reply(.badRequest, "the body ended before its Content-Length\n")

  static func wrongMethod(_ route: Route) -> Reply {
    var reply = Reply(.methodNotAllowed, "this is not a method of this path; see Allow\n")
    reply.methods = route.methods
    return reply
  }

  static func tooLarge(bodyBytesMax: Int) -> Reply {
    Reply(.contentTooLarge, "the body may have \(bodyBytesMax) bytes at most\n")
  }

  static func tooSlow(bodyMs: Int64) -> Reply {
    Reply(.requestTimeout, "the body did not arrive within \(bodyMs) ms\n")
  }

  static func metrics(_ text: String) -> Reply {
    var reply = Reply(.ok, text)
    reply.contentType = MetricsText.contentType
    return reply
  }

  static func live(_ isAlive: Bool) -> Reply {
    isAlive ? Reply(.ok, "alive\n") : Reply(.serviceUnavailable, "not alive\n")
  }

  init(_ readiness: Readiness) {
    switch readiness {
    case .ready: self.init(.ok, "ready\n")
    case .notReady(let reason): self.init(.serviceUnavailable, reason + "\n")
    }
  }

  init(_ answer: CallbackAnswer) {
    switch answer {
    case .taken: self.init(.ok, "taken\n")
    case .refused(let reason): self.init(.badRequest, reason + "\n")
    case .unknownGateway: self = .notFound
    case .unavailable: self.init(.serviceUnavailable, "try again later\n")
    }
  }

  var response: Response {
    var fields = HTTPFields()
    fields[.contentType] = contentType
    if !methods.isEmpty { fields[.allow] = methods.map(\.rawValue).joined(separator: ", ") }
    if isLast { fields[.connection] = "close" }
    return Response(
      status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
