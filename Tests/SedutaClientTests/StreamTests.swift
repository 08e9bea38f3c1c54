import FoundationEssentials
import NIOCore
import SedutaClient
import Synchronization
import SwiftProtobuf
import Testing
import Wire

@Suite(
  "A stream goes on where it was, over one connection after the other", .timeLimit(.minutes(1)))
struct StreamTests {
  /// Tells three events after each subscription, and then goes.
  private static func tellThree(
    _ call: Seduta_Wire_V1_Call, on connection: FakeConnection
  ) -> Int64 {
    guard
      let request = try? Seduta_V1_EventsSubscribeRequest(serializedBytes: call.message)
    else { preconditionFailure("the client sent what is no request") }
    for step in 1...3 {
      var told = Seduta_V1_EventsSubscribeResponse()
      told.position = request.afterPosition + Int64(step)
      told.events = [.with { $0.position = told.position }]
      connection.tell(call.callID, told)
    }
    return request.afterPosition
  }

  @Test("each event comes once, however often the connection is lost")
  func lost() async throws {  // E-1
    let asked = Mutex<[Int64]>([])
    let server = try await FakeServer.welcoming { frame, connection in
      guard case .call(let call) = frame.frame else { return }
      let after = Self.tellThree(call, on: connection)
      asked.withLock { $0.append(after) }
      connection.close()
    }
    let client = try await SedutaClient.connect(port: server.port, apiKey: "key")
    var seen: [Int64] = []
    for try await told in client.events() {
      seen += told.events.map(\.position)
      if seen.count >= 12 { break }
    }
    #expect(seen == Array(1...12))
    #expect(asked.withLock { $0 } == [0, 3, 6, 9])
  }

  @Test("a server that drains is gone on without; a refusal is thrown")
  func ended() async throws {
    let count = Mutex(0)
    let server = try await FakeServer.welcoming { frame, connection in
      guard case .call(let call) = frame.frame else { return }
      _ = Self.tellThree(call, on: connection)
      let isFirst = count.withLock { count in
        count += 1
        return count == 1
      }
      connection.refuse(
        call.callID,
        with: isFirst
          ? .init(.unavailable, reason: "DRAINING", message: "The server stops.")
          : .init(.failedPrecondition, reason: "POSITION_AHEAD", message: "No such position."))
    }
    let client = try await SedutaClient.connect(port: server.port, apiKey: "key")
    var seen: [Int64] = []
    let thrown = await #expect(throws: CallError.self) {
      for try await told in client.events() { seen += told.events.map(\.position) }
    }
    #expect(thrown?.status.errorInfo.reason == "POSITION_AHEAD")
    #expect(seen == Array(1...6))
  }

  @Test("a stream that is over without a status ends without an error")
  func over() async throws {
    let server = try await FakeServer.welcoming { frame, connection in
      guard case .call(let call) = frame.frame else { return }
      connection.tell(call.callID, Seduta_V1_SlotsWatchResponse.with { $0.found = .init() })
      connection.send(.with { $0.reply.callID = call.callID })
    }
    let client = try await SedutaClient.connect(port: server.port, apiKey: "key")
    var count = 0
    for try await told in client.watchSlots(.init()) {
      #expect(told.hasFound)
      count += 1
    }
    #expect(count == 1)
  }

  @Test("who stops listening cancels the call, and other calls go on")
  func left() async throws {
    let (cancelled, cancellations) = AsyncStream.makeStream(of: UInt64.self)
    let server = try await FakeServer.welcoming { frame, connection in
      switch frame.frame {
      case .call(let call) where call.method == Wire.Method.eventsSubscribe.rawValue:
        _ = Self.tellThree(call, on: connection)
      case .call(let call): connection.answer(call.callID, with: Seduta_V1_HealthCheckResponse())
      case .cancel(let cancel): cancellations.yield(cancel.callID)
      default: break
      }
    }
    let client = try await SedutaClient.connect(port: server.port, apiKey: "key")
    for try await _ in try client.events.subscribe(.init()) { break }
    #expect(await cancelled.first { _ in true } == 1)
    _ = try await client.health.check(Seduta_V1_HealthCheckRequest())
  }

  @Test("who reads slowly holds the server back, and gets all of it")
  func slow() async throws {
    let count = 4_000
    let written = Mutex(0)
    let server = try await FakeServer.welcoming { frame, connection in
      guard case .call(let call) = frame.frame else { return }
      for position in 1...count {
        var told = Seduta_V1_EventsSubscribeResponse()
        told.position = Int64(position)
        told.events = [.with { $0.actorID = String(repeating: "x", count: 10_000) }]
        connection.tell(call.callID, told) { written.withLock { $0 += 1 } }
      }
    }
    let client = try await SedutaClient.connect(port: server.port, apiKey: "key")
    var seen: [Int64] = []
    for try await told in try client.events.subscribe(.init()) {
      if seen.isEmpty {
        try await Task.sleep(for: .milliseconds(500))
        #expect(written.withLock { $0 } < count)
      }
      seen.append(told.position)
      if seen.count == count { break }
    }
    #expect(seen == Array(1...Int64(count)))
  }
}

extension FakeConnection {
  /// A reply after which others follow.
  fileprivate func tell(
    _ callID: UInt64, _ message: some Message, onWritten: @escaping @Sendable () -> Void = {}
  ) {
    do {
      var frame = Seduta_Wire_V1_ServerFrame()
      frame.reply.callID = callID
      frame.reply.more = true
      frame.reply.message = try message.serializedData()
      var buffer = ByteBuffer()
      try FrameEncoder.write(frame, into: &buffer)
      channel.writeAndFlush(buffer).whenSuccess(onWritten)
    } catch {
      preconditionFailure("a test's message must be encodable: \(error)")
    }
  }
}
