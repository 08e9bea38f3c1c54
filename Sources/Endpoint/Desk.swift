internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// Answers requests. It logs no header, body or path: gateways' callbacks are about people.
struct Desk: Sendable {
  let duties: any EndpointDuties
  let options: EndpointOptions
  let logger: Logger

  func answer(
    _ request: Request, with writer: consuming ResponseWriter, on channel: any Channel
  ) async throws {
    var reply: Reply
    if let route = Route(path: request.uri.path) {
      if !route.methods.contains(request.method) {
        reply = .wrongMethod(route)
        reply.isLast = request.hasBody
      } else if case .callback(let gateway) = route {
        if request.waitsForContinue && (request.declaredBytes ?? 0) <= options.bodyBytesMax {
          try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        reply = try await callback(of: gateway, in: request)
      } else {
        reply = await look(at: route)
        reply.isLast = request.hasBody
      }
    } else {
      reply = .notFound
      reply.isLast = request.hasBody
    }
    if request.asksForClose { reply.isLast = true }
    let response =
      request.method == .head ? reply.response.createHeadResponse() : reply.response
    try await writer.write(response: response.head, body: response.body)
    if reply.isLast { end(channel) }
  }

  private func look(at route: Route) async -> Reply {
    switch route {
    case .live: .live(await duties.isAlive())
    case .ready: Reply(await duties.readiness())
    case .metrics: .metrics(await duties.metrics())
    case .callback: .notFound
    }
  }

  private func callback(of gateway: String, in request: Request) async throws -> Reply {
    var reply: Reply
    switch try await Intake.read(
      request.body, declared: request.declaredBytes, bytesMax: options.bodyBytesMax,
      withinMs: options.bodyMs)
    {
    case .whole(let body):
      let callback = Callback(
        gateway: gateway,
        headers: request.headers.map { .init(name: $0.name.rawName, value: $0.value) }, body: body)
      return Reply(told(await duties.receive(callback), to: gateway))
    case .tooLarge: reply = .tooLarge(bodyBytesMax: options.bodyBytesMax)
    case .tooSlow: reply = .tooSlow(bodyMs: options.bodyMs)
    case .cutShort: reply = .cutShort
    }
    logger.notice("callback not read", metadata: ["status": "\(reply.status.code)"])
    // The rest of the body is never read as a request.
    reply.isLast = true
    return reply
  }

  private func told(_ answer: CallbackAnswer, to gateway: String) -> CallbackAnswer {
    switch answer {
    case .taken, .unknownGateway: break
    case .refused(let reason):
      logger.notice("callback refused", metadata: ["gateway": "\(gateway)", "reason": "\(reason)"])
    case .unavailable:
      logger.warning("callback put off", metadata: ["gateway": "\(gateway)"])
    }
    return answer
  }

  /// Says that no more comes, and closes a while later: were it closed at once while a client still
  /// sends, the client's system would drop the answer unread.
  private func end(_ channel: any Channel) {
    channel.close(mode: .output, promise: nil)
    channel.eventLoop.scheduleTask(in: .milliseconds(options.lingerMs)) {
      channel.close(promise: nil)
    }
  }
}

extension Request {
  /// Nil where the length shows only as it comes, or there is no body.
  var declaredBytes: Int? {
    headers[.contentLength].flatMap { Int($0) }
  }

  var hasBody: Bool {
    headers.contains(.transferEncoding) || (declaredBytes ?? 0) > 0
  }

  var waitsForContinue: Bool {
    headers[.expect]?.lowercased() == "100-continue"
  }

  var asksForClose: Bool {
    headers[.connection]?.split(separator: ",").contains {
      $0.filter { $0 != " " }.lowercased() == "close"
    } ?? false
  }
}
