import Glibc
import NIOCore
import SedutaClient
import SwiftProtobuf
import Synchronization
import Testing
import Wire

@Suite("A client connects", .timeLimit(.minutes(1)))
struct ConnectingTests {
  private func failure(connectingTo port: Int, timeouts: Timeouts = Timeouts()) async throws
    -> ConnectionError
  {
    try await #require(throws: ConnectionError.self) {
      _ = try await SedutaClient.connect(port: port, apiKey: "key", timeouts: timeouts)
    }
  }

  @Test("the first frame says who the client is, and the welcome is kept")
  func hello() async throws {
    let seen = Mutex<Seduta_Wire_V1_Hello?>(nil)
    let server = try await FakeServer.start { frame, connection in
      seen.withLock { $0 = frame.hello }
      connection.send(.with { $0.welcome.serverVersion = "1.2.3" })
    }
    let client = try await SedutaClient.connect(
      port: server.port, apiKey: "seduta_abc", clientName: "acme", clientVersion: "7")
    #expect(client.welcome.serverVersion == "1.2.3")
    let hello = try #require(seen.withLock { $0 })
    #expect(hello.apiKey == "seduta_abc")
    #expect(hello.clientName == "acme")
    #expect(hello.clientVersion == "7")
    #expect(hello.versionMin == 1 && hello.versionMax == 1)
  }

  @Test("a key that the server does not want is refused with the server's status")
  func refused() async throws {
    let status = Seduta_Wire_V1_Status(
      .unauthenticated, reason: "KEY_UNKNOWN", message: "No such key.")
    let server = try await FakeServer.start { _, connection in
      connection.goAway(status, lastCallID: 0)
      connection.close()
    }
    let error = try await failure(connectingTo: server.port)
    #expect(error.kind == .refused)
    #expect(error.status == status)
    #expect(error.message == "No such key.")
  }

  @Test("where nobody listens, the client says which place it could not reach")
  func unreachable() async throws {
    // Bound, and not listening: nobody else gets the port meanwhile.
    let held = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { Glibc.close(held) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(held, $0, length) == 0 && getsockname(held, $0, &length) == 0
      }
    }
    try #require(isBound)
    let port = Int(UInt16(bigEndian: address.sin_port))
    let error = try await failure(connectingTo: port)
    #expect(error.kind == .unreachable)
    #expect(error.message.contains("127.0.0.1, port \(port)"))
    #expect(try await failure(connectingTo: 0).kind == .unreachable)
  }

  @Test("a server that says nothing is given up after the time for connecting")
  func silent() async throws {
    let server = try await FakeServer.start { _, _ in }
    let error = try await failure(connectingTo: server.port, timeouts: Timeouts(connectMs: 50))
    #expect(error.kind == .unreachable)
    #expect(error.message.contains("50 ms"))
  }

  @Test("a server that hangs up at once is told from one that refuses")
  func hangsUp() async throws {
    let server = try await FakeServer.start { _, connection in connection.close() }
    #expect(try await failure(connectingTo: server.port).kind == .lost)
  }

  @Test("a web server is recognised")
  func webServer() async throws {
    let server = try await FakeServer.start { _, connection in
      connection.send(raw: ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\n\r\n"))
    }
    let error = try await failure(connectingTo: server.port)
    #expect(error.kind == .malformed)
    #expect(error.message.contains("HTTP"))
  }
}
