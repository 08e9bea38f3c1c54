internal import CEcho
internal import CWire
internal import Foundation
internal import Glibc
internal import Testing

/// The echo, as a client of the wire sees it.
struct EchoTests {
  private static let message: [UInt8] = Array(0..<200)

  /// A socket that blocks, to one echo.
  private final class Connection {
    private let socket: Int32
    private let arena = cwire_arena_make(4_096)

    init(port: UInt16) {
      socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      _ = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }

    deinit {
      close(socket)
      cwire_arena_free(arena)
    }

    func send(_ append: (inout cwire_buffer) -> Void) {
      var output = cwire_buffer()
      append(&output)
      var sent = 0
      while sent < output.end {
        let count = Glibc.send(socket, output.bytes + sent, output.end - sent, 0)
        if count <= 0 { break }
        sent += count
      }
      cwire_buffer_free(&output)
    }

    /// The next frame; nil when the echo hung up.
    func frame() -> (kind: cwire_frame_kind, callID: UInt64, message: [UInt8])? {
      guard let head = read(4) else { return nil }
      let size = head.reduce(0) { $0 << 8 | Int($1) }
      guard let body = read(size) else { return nil }
      var frame = cwire_frame()
      guard cwire_decode_frame(arena, body, body.count, &frame) else { return nil }
      return (
        frame.kind, frame.call_id, Array(UnsafeBufferPointer(start: frame.bytes, count: frame.size))
      )
    }

    private func read(_ size: Int) -> [UInt8]? {
      var bytes = [UInt8](repeating: 0, count: size)
      return recv(socket, &bytes, size, Int32(MSG_WAITALL)) == size ? bytes : nil
    }
  }

  private func withEcho(
    durable: Bool = false, journal: String? = nil, _ body: (UInt16) throws -> Void
  ) throws {
    let echo = "seduta.v1.Appointments/Get".withCString { method in
      Self.message.withUnsafeBufferPointer { message in
        var reply = cecho_reply(
          method: method, message: message.baseAddress, size: message.count, is_durable: durable)
        return cecho_start(&reply, 1, journal)
      }
    }
    let started = try #require(echo)
    defer { cecho_stop(started) }
    try body(cecho_port(started))
  }

  private func call(_ id: UInt64) -> cwire_call {
    cwire_call(call_id: id, timeout_ms: 0, idempotency_key: nil)
  }

  @Test("it welcomes, and answers each call under its id with what was prepared for its method")
  func answers() throws {
    try withEcho { port in
      let connection = Connection(port: port)
      connection.send { cwire_append_hello(&$0, "key", "test", "1") }
      #expect(connection.frame()?.kind == CWIRE_WELCOME)
      connection.send { output in
        for id in [1, 300, UInt64(1) << 55] { cwire_append_get(&output, call(id), "apt_1") }
        cwire_append_cancel(&output, call(7), "apt_1", "no reply was prepared")
      }
      for id in [1, 300, UInt64(1) << 55] {
        let frame = try #require(connection.frame())
        #expect(frame.kind == CWIRE_REPLY && frame.callID == id && frame.message == Self.message)
      }
      let other = try #require(connection.frame())
      #expect(other.callID == 7 && other.message.isEmpty)
    }
  }

  @Test("calls that are to be durable are in the journal when they are answered")
  func durable() throws {
    let journal = FileManager.default.temporaryDirectory
      .appending(path: "seduta-echo-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: journal) }
    try withEcho(durable: true, journal: journal.path()) { port in
      let connection = Connection(port: port)
      connection.send { cwire_append_get(&$0, call(1), "apt_in_the_journal") }
      #expect(connection.frame()?.callID == 1)
      let written = try Data(contentsOf: journal)
      #expect(written.range(of: Data("apt_in_the_journal".utf8)) != nil)
    }
  }

  @Test("what is no frame ends its connection, and no other")
  func garbage() throws {
    try withEcho { port in
      let (bad, good) = (Connection(port: port), Connection(port: port))
      bad.send { output in
        let zeros = [UInt8](repeating: 0, count: 8)
        cwire_buffer_reserve(&output, 8)?.update(from: zeros, count: 8)
        output.end += 8
      }
      #expect(bad.frame() == nil)
      good.send { cwire_append_get(&$0, call(1), "apt_1") }
      #expect(good.frame()?.callID == 1)
    }
  }
}
