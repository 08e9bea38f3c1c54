import FoundationEssentials
import SedutaClient
import Synchronization
import SwiftProtobuf
import Testing
import Wire

@Suite("Calls are answered, refused, or fail clearly", .timeLimit(.minutes(1)))
struct CallTests {
  private let taken = Seduta_Wire_V1_Status(
    .alreadyExists, reason: "SLOT_TAKEN", message: "The slot is taken.")

  private func connect(to server: FakeServer, timeouts: Timeouts = Timeouts()) async throws
    -> SedutaClient
  {
    try await SedutaClient.connect(port: server.port, apiKey: "key", timeouts: timeouts)
  }

  private func appointment(_ id: String) -> Seduta_V1_AppointmentsGetRequest {
    .with { $0.appointmentID = id }
  }

  /// Answers a call of `Appointments/Get` with an appointment that has the id asked for.
  private static func answerGet(_ call: Seduta_Wire_V1_Call, on connection: FakeConnection) {
    do {
      let request = try Seduta_V1_AppointmentsGetRequest(serializedBytes: call.message)
      connection.answer(
        call.callID,
        with: Seduta_V1_AppointmentsGetResponse.with { $0.appointment.id = request.appointmentID })
    } catch {
      preconditionFailure("the client sent what is no request: \(error)")
    }
  }

  @Test("each of many calls in flight gets its own answer, in whatever order they come")
  func anyOrder() async throws {
    let waiting = Mutex<[Seduta_Wire_V1_Call]>([])
    let server = try await FakeServer.welcoming { frame, connection in
      let all = waiting.withLock { calls -> [Seduta_Wire_V1_Call] in
        calls.append(frame.call)
        return calls.count == 100 ? calls : []
      }
      for call in all.reversed() { Self.answerGet(call, on: connection) }
    }
    let client = try await connect(to: server)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        group.addTask {
          let id = "apt_\(number)"
          let found = try await client.appointments.get(.with { $0.appointmentID = id })
          return found.appointment.id == id
        }
      }
      for try await isOwn in group { #expect(isOwn) }
    }
    let ids = waiting.withLock { $0.map(\.callID) }
    #expect(ids == Array(1...100))
  }

  @Test("what is said of a call reaches the server")
  func options() async throws {
    let seen = Mutex<Seduta_Wire_V1_Call?>(nil)
    let server = try await FakeServer.welcoming { frame, connection in
      seen.withLock { $0 = frame.call }
      connection.answer(frame.call.callID, with: Seduta_V1_AppointmentsBookResponse())
    }
    let client = try await connect(to: server)
    let _: Seduta_V1_AppointmentsBookResponse = try await client.call(
      .appointmentsBook, Seduta_V1_AppointmentsBookRequest(), actor: .client("cli_1"),
      idempotencyKey: "key-1", timeoutMs: 700)
    let call = try #require(seen.withLock { $0 })
    #expect(call.method == "seduta.v1.Appointments/Book")
    #expect(
      call.actor
        == .with {
          $0.role = .client; $0.id = "cli_1"
        })
    #expect(call.idempotencyKey == "key-1")
    #expect(call.timeoutMs == 700)
  }

  @Test("a refused call throws its status, and the key that was made for it")  // B-13
  func refused() async throws {
    let keys = Mutex<[String]>([])
    let server = try await FakeServer.welcoming { [taken] frame, connection in
      keys.withLock { $0.append(frame.call.idempotencyKey) }
      connection.refuse(frame.call.callID, with: taken)
    }
    let client = try await connect(to: server)
    for _ in 0..<2 {
      let error = try await #require(throws: CallError.self) {
        _ = try await client.appointments.book(.init())
      }
      #expect(error.status == taken)
      #expect(error.idempotencyKey == keys.withLock { $0.last })
      #expect(error.idempotencyKey?.utf8.count == 32)
    }
    let read = try await #require(throws: CallError.self) {
      _ = try await client.appointments.list(.init())
    }
    #expect(read.idempotencyKey == nil)
    let seen = keys.withLock { $0 }
    #expect(Set(seen).count == 3 && seen[2] == "")
  }

  @Test("a lost connection fails all that wait, with the key to repeat them by")
  func lost() async throws {
    let count = Mutex(0)
    let server = try await FakeServer.welcoming { _, connection in
      let isLast = count.withLock { number -> Bool in
        number += 1
        return number == 10
      }
      if isLast { connection.close() }
    }
    let client = try await connect(to: server)
    try await withThrowingTaskGroup(of: ConnectionError.self) { group in
      for number in 0..<10 {
        group.addTask {
          try await #require(throws: ConnectionError.self) {
            _ = try await client.appointments.book(.init(), .init(idempotencyKey: "\(number)"))
          }
        }
      }
      var keys: Set<String?> = []
      for try await error in group {
        #expect(error.kind == .lost)
        keys.insert(error.idempotencyKey)
      }
      #expect(keys == Set((0..<10).map { "\($0)" }))
    }
    let later = try await #require(throws: ConnectionError.self) {
      _ = try await client.health.check(.init())
    }
    #expect(later.kind == .notBegun)
    await #expect(throws: ConnectionError.self) { try await client.ping() }
  }

  @Test(
    "a going server answers what it took; what came later was not begun, nor is what comes next")
  func goaway() async throws {
    let calls = Mutex<[Seduta_Wire_V1_Call]>([])
    let draining = Seduta_Wire_V1_Status(
      .unavailable, reason: "DRAINING", message: "The server drains.")
    let server = try await FakeServer.welcoming { frame, connection in
      guard case .call = frame.frame else { return }
      let taken = calls.withLock { calls -> Seduta_Wire_V1_Call? in
        calls.append(frame.call)
        return calls.count == 2 ? calls[0] : nil
      }
      guard let taken else { return }
      connection.goAway(draining, lastCallID: taken.callID)
      Self.answerGet(taken, on: connection)
    }
    let client = try await connect(to: server)
    async let first = client.appointments.get(appointment("apt_1"))
    while calls.withLock({ $0.isEmpty }) { await Task.yield() }
    let second = try await #require(throws: ConnectionError.self) {
      _ = try await client.appointments.get(appointment("apt_2"))
    }
    #expect(second.kind == .notBegun)
    #expect(second.status == draining)
    #expect(try await first.appointment.id == "apt_1")
    let third = try await #require(throws: ConnectionError.self) {
      _ = try await client.appointments.get(appointment("apt_3"))
    }
    #expect(third.kind == .notBegun)
  }

  @Test("a cancelled task gives its call up, and still hears how it ended")
  func cancelled() async throws {
    let began = Mutex(false)
    let server = try await FakeServer.welcoming { frame, connection in
      switch frame.frame {
      case .call: began.withLock { $0 = true }
      case .cancel(let cancel):
        let status = Seduta_Wire_V1_Status(.cancelled, reason: "CANCELLED", message: "As asked.")
        connection.refuse(cancel.callID, with: status)
      case .hello, .ping, .pong, .goaway, nil: break
      }
    }
    let client = try await connect(to: server)
    let task = Task { try await client.appointments.get(.init()) }
    while !began.withLock({ $0 }) { await Task.yield() }
    task.cancel()
    let error = try await #require(throws: CallError.self) { _ = try await task.value }
    #expect(error.status.code == .cancelled)
  }

  @Test("a call without an answer ends a second after its time")
  func unanswered() async throws {
    let server = try await FakeServer.welcoming { _, _ in }
    let client = try await connect(to: server)
    let error = try await #require(throws: ConnectionError.self) {
      _ = try await client.appointments.book(.init(), .init(idempotencyKey: "k", timeoutMs: 1))
    }
    #expect(error.kind == .unanswered)
    #expect(error.idempotencyKey == "k")
  }

  @Test("a request longer than the server takes is not sent; one of the limit is")
  func tooLong() async throws {
    let server = try await FakeServer.welcoming(.with { $0.frameBytesMax = 200 }) {
      frame, connection in Self.answerGet(frame.call, on: connection)
    }
    let client = try await connect(to: server)
    var fitting: [Int] = []
    for length in 100...200 {
      let request = appointment(String(repeating: "x", count: length))
      do {
        _ = try await client.appointments.get(request)
        fitting.append(length)
      } catch let error as ConnectionError {
        #expect(error.kind == .tooLong)
        #expect(error.message.contains("at most 200"))
      }
    }
    #expect(fitting == Array(100...(99 + fitting.count)))
    #expect(1..<100 ~= fitting.count)
  }

  @Test("a response that is none of the method's is an error of the connection")
  func malformedResponse() async throws {
    let server = try await FakeServer.welcoming { frame, connection in
      connection.send(
        .with {
          $0.reply.callID = frame.call.callID
          $0.reply.message = Data([0x0A, 0x05])
        })
    }
    let client = try await connect(to: server)
    let error = try await #require(throws: ConnectionError.self) {
      _ = try await client.appointments.get(.init())
    }
    #expect(error.kind == .malformed)
  }
}
