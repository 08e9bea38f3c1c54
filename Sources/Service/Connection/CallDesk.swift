internal import Availability
internal import Booking
internal import Foundation
internal import Intervals
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Signing
internal import Storage
internal import SwiftProtobuf
internal import Wire

/// Takes the calls of one connection: asks the gate, translates, and answers at once what the index
/// can answer; hands on the rest.
struct CallDesk {
  enum Taken {
    /// The reply is written.
    case answered
    /// The reply comes by the line; a command's ticket can be cancelled until it is begun.
    case inFlight(Ticket?)
  }

  let hub: Hub
  private var slotReplies = SlotReplyWriter()
  /// Calls that wait for a gateway's answer.
  private var awaited: [UInt64: AwaitedRead] = [:]
  var streams: [UInt64: ReplyStream] = [:]

  init(hub: Hub) {
    self.hub = hub
  }

  mutating func take(
    _ call: Seduta_Wire_V1_Call, from principal: Principal, line: Line, into out: inout ByteBuffer
  ) -> Taken {
    guard let method = Method(rawValue: call.method) else {
      return refuse(call, .unknownMethod(call.method), as: nil, into: &out)
    }
    do {
      let caller = Caller(
        principal: principal,
        actor: try hub.translation.actor(call.actor, of: principal.partner), now: hub.clock.now())
      if let status = hub.gate.refusal(of: method, by: principal, as: caller.actor) {
        throw GateRefusal(status)
      }
      let request = try hub.translation.request(of: method, call.message, from: caller)
      let taken = try take(request, method, call, from: caller, line: line, into: &out)
      if case .answered = taken { hub.counters.noteAnswered(method, code: 0) }
      return taken
    } catch let malformed as Malformed {
      return refuse(call, malformed.status, as: method, into: &out)
    } catch let refusal as GateRefusal {
      return refuse(call, refusal.status, as: method, into: &out)
    } catch let unknown as UnknownID {
      return refuse(call, unknown.status, as: method, into: &out)
    } catch is BinaryDecodingError {
      return refuse(call, .undecodable(call.method), as: method, into: &out)
    } catch {
      return refuse(call, incident(error, in: call).status, as: method, into: &out)
    }
  }

  private mutating func take(
    _ request: Request, _ method: Method, _ call: Seduta_Wire_V1_Call, from caller: Caller,
    line: Line, into out: inout ByteBuffer
  ) throws -> Taken {
    let partner = caller.principal.partner
    switch request {
    case .search(let search):
      try slotReplies.answer(
        search, of: partner, from: hub.slotQueries, callID: call.callID, into: &out)
      return .answered
    case .check(let check):
      let allowed = try hub.gate.authorise(check, as: caller.actor).get()
      guard let response = try hub.slotQueries.check(allowed, from: caller).get() else {
        return try explainGoneHold(of: check, call, from: caller, line: line)
      }
      try FrameEncoder.writeReply(callID: call.callID, message: response, into: &out)
      return .answered
    case .lookup(let lookup):
      switch lookup.kind {
      case .firstFree:
        let found = try hub.slotQueries.firstFree(lookup, of: partner).get()
        try slotReplies.write(found, callID: call.callID, into: &out)
      case .days:
        let response = try hub.slotQueries.days(lookup, of: partner).get()
        try FrameEncoder.writeReply(callID: call.callID, message: response, into: &out)
      }
      return .answered
    case .seriesSearch(let search):
      let allowed = try hub.gate.authorise(search, as: caller.actor).get()
      let response = try hub.slotQueries.series(allowed, of: partner).get()
      try FrameEncoder.writeReply(callID: call.callID, message: response, into: &out)
      return .answered
    case .publicHolidays(let query):
      try FrameEncoder.writeReply(callID: call.callID, message: query.response, into: &out)
      return .answered
    case .clock:
      return try answerClock(call, from: caller, into: &out)
    case .advanceClock(let target):
      guard hub.isSandbox else { throw GateRefusal(.noSandbox) }
      hub.clockwork.submit(
        AdvanceTicket(
          target: target, key: try outcomeKey(of: call, method, partner), digest: digest(of: call),
          respond: delivery(of: method, call, by: line)))
      return .inFlight(nil)
    case .health:
      try FrameEncoder.writeReply(callID: call.callID, message: health(for: caller), into: &out)
      return .answered
    case .store(let query):
      let allowed = try hub.gate.authorise(query, as: caller.actor).get()
      read(allowed, from: caller, answer: delivery(of: method, call, by: line))
      return .inFlight(nil)
    case .awaited(let asked, let waitMs):
      let allowed = try hub.gate.authorise(.awaited(asked), as: caller.actor).get()
      guard waitMs > 0 else {
        read(allowed, from: caller, answer: delivery(of: method, call, by: line))
        return .inFlight(nil)
      }
      try wait(with: allowed, asked, method, atMost: waitMs, call, from: caller, line: line)
      return .inFlight(nil)
    case .subscription(let subscription):
      try begin(subscription, method, call, from: caller, line: line)
      return .inFlight(nil)
    case .command(let command):
      let authorised = try hub.gate.authorise(command).get()
      let ticket = try ticket(for: authorised, method, call, line: line)
      hub.sequencer.submit(ticket)
      return .inFlight(ticket)
    }
  }

  /// The clock of a sandbox.
  private func answerClock(
    _ call: Seduta_Wire_V1_Call, from caller: Caller, into out: inout ByteBuffer
  ) throws -> Taken {
    guard hub.isSandbox else { throw GateRefusal(.noSandbox) }
    var response = Seduta_V1_SandboxGetTimeResponse()
    response.time = caller.now.timestamp
    try FrameEncoder.writeReply(callID: call.callID, message: response, into: &out)
    return .answered
  }

  private func health(for caller: Caller) -> Seduta_V1_HealthCheckResponse {
    var response = Seduta_V1_HealthCheckResponse()
    response.status = .serving
    response.serverVersion = hub.serverVersion
    response.serverTime = caller.now.timestamp
    response.therapists = Int64(hub.index.therapistCount(of: caller.principal.partner))
    return response
  }

  /// Lets the store say what became of a hold that a check names and the index has no more.
  private func explainGoneHold(
    of check: SlotCheck, _ call: Seduta_Wire_V1_Call, from caller: Caller, line: Line
  ) throws(GateRefusal) -> Taken {
    guard let hold = check.hold else { preconditionFailure("the check names no hold") }
    let query = StoreQuery.goneHold(hold, of: check.therapist, at: caller.now)
    let allowed = try hub.gate.authorise(query, as: caller.actor).get()
    read(allowed, from: caller, answer: delivery(of: .slotsCheck, call, by: line))
    return .inFlight(nil)
  }

  private func read(
    _ query: Authorised<StoreQuery>, from caller: Caller,
    answer: @escaping @Sendable (Seduta_Wire_V1_Reply) -> Void
  ) {
    let (queries, logger) = (hub.storeQueries, hub.logger)
    hub.readers.submit { _ in
      do {
        answer(try queries.reply(to: query, from: caller))
      } catch {
        logger.error("the store could not be read", metadata: ["error": "\(error)"])
        answer(.refusal(.storeUnreachable))
      }
    }
  }

  /// Answers a call from another thread.
  private func delivery(
    of method: Method, _ call: Seduta_Wire_V1_Call, by line: Line
  ) -> @Sendable (Seduta_Wire_V1_Reply) -> Void {
    let (callID, counters) = (call.callID, hub.counters)
    return { reply in
      var reply = reply
      reply.callID = callID
      counters.noteAnswered(method, code: reply.status.code.rawValue)
      line.deliver(reply)
    }
  }

  private mutating func wait(
    with query: Authorised<StoreQuery>, _ asked: AwaitedQuery, _ method: Method,
    atMost waitMs: Int64, _ call: Seduta_Wire_V1_Call, from caller: Caller, line: Line
  ) throws {
    let (queries, logger) = (hub.storeQueries, hub.logger)
    let answer = delivery(of: method, call, by: line)
    let read = AwaitedRead(bell: hub.bells.errands, readers: hub.readers, answer: answer) {
      do {
        return try queries.standing(of: query, asked, from: caller)
      } catch {
        logger.error("the store could not be read", metadata: ["error": "\(error)"])
        return StoreQueries.Standing(reply: .refusal(.storeUnreachable), isPending: false)
      }
    }
    guard read.begin(for: asked.subject, atMost: waitMs, on: line.loop) else {
      throw GateRefusal(.tooManyWaiting)
    }
    awaited[call.callID] = read
  }

  /// A call was answered.
  mutating func answered(_ callID: UInt64) {
    if !awaited.isEmpty { awaited[callID] = nil }
    if !streams.isEmpty { streams[callID] = nil }
  }

  /// What waits for a gateway's answer is answered as it stands.
  /// - Parameter status: how streams end.
  func endWaits(_ status: Seduta_Wire_V1_Status) {
    for read in awaited.values { read.endTime() }
    for stream in streams.values { stream.end(status) }
  }

  /// The connection is gone, or about to be: nobody hears any more.
  mutating func disconnected() {
    for read in awaited.values { read.giveUp() }
    awaited = [:]
    for stream in streams.values { stream.giveUp() }
    streams = [:]
  }

  private static let keyLength = 1...128

  // SQLite ends a text at NUL: two keys would be one.
  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

  private func outcomeKey(
    of call: Seduta_Wire_V1_Call, _ method: Method, _ partner: PartnerID
  ) throws(Malformed) -> OutcomeKey {
    let bytes = call.idempotencyKey.utf8
    guard CallDesk.keyLength.contains(bytes.count), !bytes.contains(where: CallDesk.isControl)
    else {
      throw Malformed(faults: [
        FieldFault(
          field: "idempotency_key",
          expected: "expected 1 to 128 bytes, none of control; required for calls that write")
      ])
    }
    return OutcomeKey(
      partner: partner, method: method.rawValue, idempotencyKey: call.idempotencyKey)
  }

  private func ticket(
    for command: Authorised<Command>, _ method: Method, _ call: Seduta_Wire_V1_Call, line: Line
  ) throws(Malformed) -> Ticket {
    let key =
      command.value.validateOnly ? nil : try outcomeKey(of: call, method, command.value.partner)
    return Ticket(
      command: command, key: key, digest: digest(of: call),
      deadline: call.timeoutMs == 0 ? nil : .now() + .milliseconds(Int64(call.timeoutMs)),
      respond: delivery(of: method, call, by: line))
  }

  /// What was asked, and on whose behalf: the same key must come with the same.
  private func digest(of call: Seduta_Wire_V1_Call) -> [UInt8] {
    let role = call.actor.role == .unspecified ? .staff : call.actor.role
    let actor = "\(role.rawValue) \(call.actor.id)\n"
    return Digest.sha256(Array(actor.utf8) + call.message)
  }

  /// - Parameter method: nil where there is no such method.
  private func refuse(
    _ call: Seduta_Wire_V1_Call, _ status: Seduta_Wire_V1_Status, as method: Method?,
    into out: inout ByteBuffer
  ) -> Taken {
    hub.counters.noteAnswered(method, code: status.code.rawValue)
    var frame = Seduta_Wire_V1_ServerFrame()
    frame.reply = .refusal(status)
    frame.reply.callID = call.callID
    do {
      try FrameEncoder.write(frame, into: &out)
    } catch {
      hub.logger.error("a refusal could not be encoded", metadata: ["error": "\(error)"])
    }
    return .answered
  }

  private func incident(_ error: any Error, in call: Seduta_Wire_V1_Call) -> Incident {
    let incident = Incident()
    hub.logger.critical(
      "a call failed",
      metadata: [
        "incident": "\(incident.id)", "error": "\(error)", "method": "\(call.method)",
        "traceparent": "\(call.traceparent)",
      ])
    return incident
  }
}

extension Seduta_Wire_V1_Status {
  fileprivate static func unknownMethod(_ name: String) -> Self {
    let shown = name.prefix(100)
    return Self(
      .unimplemented, reason: "METHOD_UNKNOWN",
      message: "There is no method \"\(shown)\"; methods look like \"seduta.v1.Slots/Search\".",
      metadata: ["method": String(shown)])
  }

  fileprivate static func undecodable(_ method: String) -> Self {
    invalid(field: "message", description: "expected the request message of \(method), encoded")
  }
}
