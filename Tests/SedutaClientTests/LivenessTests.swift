import FoundationEssentials
import NIOCore
import SedutaClient
import Synchronization
import SwiftProtobuf
import Testing
import Wire

@Suite("A client notices whether the server lives, and leaves in order", .timeLimit(.minutes(1)))
struct LivenessTests {
  @Test("a ping is answered")
  func ping() async throws {
    let server = try await FakeServer.welcoming { frame, connection in
      connection.send(.with { $0.pong.opaque = frame.ping.opaque })
    }
    let client = try await SedutaClient.connect(port: server.port, apiKey: "key")
    for _ in 0..<3 { #expect(try await client.ping() > .zero) }
  }

  @Test("the server's ping is answered with its own bytes")
  func pong() async throws {
    let pongs = Mutex<[Data]>([])
    let server = try await FakeServer.welcoming { frame, connection in
      if case .pong(let pong) = frame.frame { pongs.withLock { $0.append(pong.opaque) } }
      if case .call(let call) = frame.frame {
        connection.send(.with { $0.ping.opaque = Data("12345678".utf8) })
        connection.answer(call.callID, with: Seduta_V1_HealthCheckResponse())
      }
    }
    let client = try await SedutaClient.connect(port: server.port, apiKey: "key")
    _ = try await client.health.check(.init())
    while pongs.withLock({ $0.isEmpty }) { await Task.yield() }
    #expect(pongs.withLock { $0 } == [Data("12345678".utf8)])
  }

  @Test("a server that falls silent counts as lost, one that answers pings does not")
  func silence() async throws {
    let isAnswering = Mutex(true)
    let server = try await FakeServer.welcoming { frame, connection in
      guard case .ping(let ping) = frame.frame, isAnswering.withLock({ $0 }) else { return }
      connection.send(.with { $0.pong.opaque = ping.opaque })
    }
    let client = try await SedutaClient.connect(
      port: server.port, apiKey: "key", timeouts: Timeouts(livenessMs: 1_500))
    try await Task.sleep(for: .milliseconds(5_000))
    _ = try await client.ping()
    isAnswering.withLock { $0 = false }
    let error = try await #require(throws: ConnectionError.self) {
      _ = try await client.health.check(.init())
    }
    #expect(error.kind == .lost)
    #expect(error.message.contains("not even a Pong"))
  }

  @Test("frames of a later version are borne")
  func unknownFrame() async throws {
    let server = try await FakeServer.welcoming { frame, connection in
      // Field 99 of ServerFrame, a string of one byte.
      connection.send(raw: ByteBuffer(bytes: [0, 0, 0, 4, 0x9A, 0x06, 0x01, 0x78]))
      connection.answer(frame.call.callID, with: Seduta_V1_HealthCheckResponse())
    }
    let client = try await SedutaClient.connect(port: server.port, apiKey: "key")
    #expect(try await client.health.check(.init()) == Seduta_V1_HealthCheckResponse())
  }

  @Test("closing waits for the answers in flight, and lets no call begin")
  func close() async throws {
    let taken = Mutex<Seduta_Wire_V1_Call?>(nil)
    let server = try await FakeServer.welcoming { frame, connection in
      if case .call(let call) = frame.frame { taken.withLock { $0 = call } }
      if case .goaway = frame.frame, let call = taken.withLock({ $0 }) {
        connection.answer(
          call.callID, with: Seduta_V1_HealthCheckResponse.with { $0.therapists = 3 })
      }
    }
    let client = try await SedutaClient.connect(port: server.port, apiKey: "key")
    async let health = client.health.check(.init())
    while taken.withLock({ $0 == nil }) { await Task.yield() }
    await client.close()
    #expect(try await health.therapists == 3)
    let error = try await #require(throws: ConnectionError.self) {
      _ = try await client.health.check(.init())
    }
    #expect(error.kind == .notBegun)
  }

  @Test("closing does not wait for ever")
  func closeGrace() async throws {
    let isTaken = Mutex(false)
    let server = try await FakeServer.welcoming { _, _ in isTaken.withLock { $0 = true } }
    let client = try await SedutaClient.connect(port: server.port, apiKey: "key")
    let health = Task { try await client.health.check(.init()) }
    while !isTaken.withLock({ $0 }) { await Task.yield() }
    await client.close(graceMs: 20)
    await #expect(throws: ConnectionError.self) { _ = try await health.value }
  }
}
