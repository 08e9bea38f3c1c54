internal import CWire
internal import Glibc

/// A connection: frames out, frames in. Belongs to one thread; never blocks unless told to wait.
final class Lane {
  private static let readBytes = 256 * 1024
  private static let lengthBytes = 4
  /// A frame that claims more is an error of the server's, not a reason to allocate.
  private static let frameBytesMax = 16 * 1024 * 1024
  private static let arenaBytes = 64 * 1024
  private static let welcomeMs: Int32 = 5_000

  /// The socket, for polling.
  let descriptor: Int32
  /// What waits to be sent: calls are appended here.
  var output = cwire_buffer()
  /// Where replies are decoded; reset before each frame.
  let arena: OpaquePointer
  /// What the server allows at once; 0 where it does not say.
  private(set) var callsInFlightMax = 0
  private(set) var serverVersion = ""
  /// Why the server takes no more calls here; nil while it does.
  private(set) var goaway: String?

  private var input = cwire_buffer()
  private var welcomed = false

  /// Connects, says Hello and waits for Welcome.
  init(to endpoint: Endpoint, key: String) throws(CannotConnect) {
    descriptor = try endpoint.connect()
    arena = cwire_arena_make(Self.arenaBytes)
    cwire_append_hello(&output, key, "seduta-load", harnessVersion)
    do throws(Lost) {
      while !welcomed {
        guard try wait(ms: Self.welcomeMs) else { throw Lost("no Welcome within 5 seconds") }
        try receive { _ in }
        if let goaway { throw Lost(goaway) }
      }
    } catch {
      throw CannotConnect(to: endpoint, because: error.description)
    }
  }

  deinit {
    close(descriptor)
    cwire_arena_free(arena)
    cwire_buffer_free(&input)
    cwire_buffer_free(&output)
  }

  /// Whether a part of the output could not be sent yet.
  var isBackedUp: Bool { output.begin < output.end }

  /// Sends as much of the output as the socket takes.
  func flush() throws(Lost) {
    while isBackedUp {
      let sent = send(
        descriptor, output.bytes + output.begin, output.end - output.begin,
        Int32(MSG_NOSIGNAL))
      if sent >= 0 {
        output.begin += sent
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        throw Lost(SystemFailure(errno).description)
      }
    }
  }

  /// Reads once, and hands over each Reply that is complete. The reply's pointers live until the
  /// handler returns.
  func receive(_ handle: (cwire_frame) -> Void) throws(Lost) {
    let room = cwire_buffer_reserve(&input, Self.readBytes)
    let count = recv(descriptor, room, input.capacity - input.end, 0)
    guard count != 0 else { throw Lost(goaway ?? "the server closed the connection") }
    guard count > 0 else {
      if errno == EAGAIN || errno == EINTR { return }
      throw Lost(SystemFailure(errno).description)
    }
    input.end += count
    while let (bytes, size) = try nextFrame() {
      cwire_arena_reset(arena)
      var frame = cwire_frame()
      guard cwire_decode_frame(arena, bytes, size, &frame) else {
        throw Lost("the server sent a frame that is no ServerFrame")
      }
      took(frame, handle)
    }
  }

  /// Sends what waits to be sent, then waits until something can be read. False: nothing came.
  func wait(ms: Int32) throws(Lost) -> Bool {
    try flush()
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if isBackedUp { waiting.events |= Int16(POLLOUT) }
    return poll(&waiting, 1, ms) > 0
  }

  /// The next whole frame of the input, without its length; nil while it is not there.
  private func nextFrame() throws(Lost) -> (UnsafePointer<UInt8>, Int)? {
    let held = input.end - input.begin
    guard held >= Self.lengthBytes, let start = input.bytes.map({ $0 + input.begin }) else {
      return nil
    }
    let size = (0..<Self.lengthBytes).reduce(0) { $0 << 8 | Int(start[$1]) }
    guard size <= Self.frameBytesMax else { throw Lost("the server sent a frame of \(size) bytes") }
    guard held >= Self.lengthBytes + size else {
      cwire_buffer_reserve(&input, Self.lengthBytes + size - held)
      return nil
    }
    input.begin += Self.lengthBytes + size
    return (UnsafePointer(start + Self.lengthBytes), size)
  }

  private func took(_ frame: cwire_frame, _ handle: (cwire_frame) -> Void) {
    switch frame.kind {
    case CWIRE_REPLY:
      handle(frame)
    case CWIRE_PING:
      cwire_append_pong(&output, frame.bytes, frame.size)
    case CWIRE_WELCOME:
      welcomed = true
      callsInFlightMax = Int(frame.calls_in_flight_max)
      serverVersion = String(cString: frame.server_version)
    case CWIRE_GOAWAY:
      goaway = describe(frame.status)
    default:
      // A frame of a later version: the contract asks clients to bear it.
      break
    }
  }
}

/// A connection that is of no more use.
struct Lost: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// "UNAVAILABLE: the server is draining".
func describe(_ status: cwire_status) -> String {
  "\(String(cString: cwire_code_name(status.code))): \(String(cString: status.message))"
}
