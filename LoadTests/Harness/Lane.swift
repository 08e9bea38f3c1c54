internal import CWire
internal import Glibc

/// A connection: frames out, frames in. Belongs to one thread; never blocks unless told to wait.
final class Lane {
  private static let readBytes = 256 * 1024
  private static let lengthBytes = 4
  /// A frame that claims more is an error of the server's, not a reason to allocate.
  private static let frameBytesMax = 16 * 1024 * 1024
  private static let arenaBytes = 64 * 1024
  private static let welcomeMs: Int32 = 10_000
  /// One frame in so many is read by protobuf-c, too, and must say the same.
  private static let decodedOneIn: UInt64 = 32

  /// The socket, for polling.
  let descriptor: Int32
  /// What waits to be sent: calls are appended here.
  var output = cwire_buffer()
  /// Where replies are decoded; reset before each frame.
  let arena: OpaquePointer
  /// Whether the server has answered Hello: not before may a call be sent.
  private(set) var isWelcomed = false
  /// What the server allows at once; 0 where it does not say.
  private(set) var callsInFlightMax = 0
  private(set) var serverVersion = ""
  /// Why the server takes no more calls here; nil while it does.
  private(set) var goaway: String?

  private let endpoint: Endpoint
  private var input = cwire_buffer()
  private var framesRead: UInt64 = 0

  /// Begins to connect; Hello goes out with the first flush that can.
  ///
  /// - Parameter bufferBytes: What the kernel may keep in each direction; nil: what it likes.
  init(to address: Address, key: String, bufferBytes: Int32? = nil) throws(CannotConnect) {
    endpoint = address.endpoint
    do throws(SystemFailure) {
      descriptor = try address.begin(bufferBytes: bufferBytes)
    } catch {
      throw CannotConnect(to: address.endpoint, because: error.description)
    }
    arena = cwire_arena_make(Self.arenaBytes)
    cwire_append_hello(&output, key, "seduta-load", harnessVersion)
  }

  deinit {
    close(descriptor)
    cwire_arena_free(arena)
    cwire_buffer_free(&input)
    cwire_buffer_free(&output)
  }

  /// So many connections, all of them welcomed.
  static func open(
    _ count: Int, to address: Address, key: String, bufferBytes: Int32? = nil
  ) throws(CannotConnect) -> [Lane] {
    var lanes: [Lane] = []
    for _ in 0..<count {
      lanes.append(try Lane(to: address, key: key, bufferBytes: bufferBytes))
    }
    // All Hellos before the first Welcome: a server gives each only so much time, and may be slow.
    for lane in lanes { try lane.greet(untilWelcomed: false) }
    for lane in lanes { try lane.greet() }
    return lanes
  }

  /// Says Hello, and waits for Welcome.
  func greet(untilWelcomed: Bool = true) throws(CannotConnect) {
    do throws(Lost) {
      while isBackedUp {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&waiting, 1, Self.welcomeMs) > 0 else { throw Lost("no connection") }
        try flush()
      }
      while untilWelcomed, !isWelcomed {
        guard try wait(ms: Self.welcomeMs) else { throw Lost("no Welcome within 10 seconds") }
        try receive { _ in }
        if let goaway { throw Lost(goaway) }
      }
    } catch {
      throw CannotConnect(to: endpoint, because: error.description)
    }
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
  ///
  /// - Parameter bytesMax: How much to read at most.
  func receive(
    bytesMax: Int = Int.max, _ handle: (cwire_frame) throws(Lost) -> Void
  ) throws(Lost) {
    let room = cwire_buffer_reserve(&input, Self.readBytes)
    let count = recv(descriptor, room, min(input.capacity - input.end, bytesMax), 0)
    guard count != 0 else { throw Lost(goaway ?? "the server closed the connection") }
    guard count > 0 else {
      if errno == EAGAIN || errno == EINTR { return }
      throw Lost(SystemFailure(errno).description)
    }
    input.end += count
    while let (bytes, size) = try nextFrame() { try took(try read(bytes, size), handle) }
  }

  /// Sends what waits to be sent, then waits until something can be read. False: nothing came.
  func wait(ms: Int32) throws(Lost) -> Bool {
    try flush()
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if isBackedUp {
      waiting.events |= Int16(POLLOUT)
      if poll(&waiting, 1, ms) > 0, waiting.revents == Int16(POLLOUT) {
        try flush()
        waiting.events = Int16(POLLIN)
      }
    }
    return poll(&waiting, 1, ms) > 0
  }

  /// The next whole frame of the input, without its length; nil while it is not there.
  private func nextFrame() throws(Lost) -> (UnsafePointer<UInt8>, Int)? {
    let held = input.end - input.begin
    guard held >= Self.lengthBytes, let start = input.bytes.map({ $0 + input.begin }) else {
      return nil
    }
    let length = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
    let size = Int(UInt32(bigEndian: length))
    guard size <= Self.frameBytesMax else { throw Lost("the server sent a frame of \(size) bytes") }
    guard held >= Self.lengthBytes + size else {
      cwire_buffer_reserve(&input, Self.lengthBytes + size - held)
      return nil
    }
    input.begin += Self.lengthBytes + size
    return (UnsafePointer(start + Self.lengthBytes), size)
  }

  /// Plain replies are skimmed; all other frames, and some of the plain ones, are decoded.
  private func read(_ bytes: UnsafePointer<UInt8>, _ size: Int) throws(Lost) -> cwire_frame {
    framesRead += 1
    cwire_arena_reset(arena)
    var frame = cwire_frame()
    let isPlain = cwire_skim_reply_frame(bytes, size, &frame)
    if isPlain, framesRead % Self.decodedOneIn != 0 { return frame }
    var decoded = cwire_frame()
    guard cwire_decode_frame(arena, bytes, size, &decoded) else {
      throw Lost("the server sent a frame that is no ServerFrame")
    }
    if isPlain {
      guard decoded.kind == CWIRE_REPLY, decoded.call_id == frame.call_id,
        decoded.size == frame.size, decoded.status.code == UInt32(CWIRE_OK)
      else { throw Lost("two readings of a reply differ: the harness is at fault") }
    }
    return decoded
  }

  private func took(
    _ frame: cwire_frame, _ handle: (cwire_frame) throws(Lost) -> Void
  ) throws(Lost) {
    switch frame.kind {
    case CWIRE_REPLY:
      try handle(frame)
    case CWIRE_PING:
      cwire_append_pong(&output, frame.bytes, frame.size)
    case CWIRE_WELCOME:
      isWelcomed = true
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
