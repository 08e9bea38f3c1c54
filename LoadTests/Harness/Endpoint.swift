internal import Glibc

/// Where the server listens.
struct Endpoint: Sendable {
  let host: String
  let port: UInt16

  private static let connectMs: Int32 = 5_000

  /// The first of its addresses at which somebody listens.
  func resolve() throws(CannotConnect) -> Address {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let result = getaddrinfo(host, String(port), &hints, &found)
    guard result == 0 else {
      throw CannotConnect(to: self, because: String(cString: gai_strerror(result)))
    }
    defer { freeaddrinfo(found) }

    var reason = "the name has no address"
    var candidate = found
    while let entry = candidate?.pointee {
      let address = Address(of: self, entry)
      do throws(SystemFailure) {
        close(try address.connect(withinMs: Self.connectMs))
        return address
      } catch {
        reason = error.description
      }
      candidate = entry.ai_next
    }
    throw CannotConnect(to: self, because: reason)
  }
}

/// One address of an endpoint.
struct Address: Sendable {
  let endpoint: Endpoint
  private let family: Int32
  private let bytes: [UInt8]

  fileprivate init(of endpoint: Endpoint, _ entry: addrinfo) {
    self.endpoint = endpoint
    family = entry.ai_family
    bytes = entry.ai_addr.withMemoryRebound(to: UInt8.self, capacity: Int(entry.ai_addrlen)) {
      Array(UnsafeBufferPointer(start: $0, count: Int(entry.ai_addrlen)))
    }
  }

  /// A socket that begins to connect, and neither blocks nor waits to fill a packet. Until it is
  /// connected nothing can be sent; a failure shows when it is read from.
  ///
  /// - Parameter bufferBytes: What the kernel may keep for it in each direction; nil: what it likes.
  func begin(bufferBytes: Int32? = nil) throws(SystemFailure) -> Int32 {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(family, kind, 0)
    guard descriptor >= 0 else { throw SystemFailure(errno) }
    var on: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    if var size = bufferBytes {
      let length = socklen_t(MemoryLayout<Int32>.size)
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, length)
      setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, length)
    }
    let result = bytes.withUnsafeBytes { raw in
      raw.withMemoryRebound(to: sockaddr.self) {
        Glibc.connect(descriptor, $0.baseAddress, socklen_t(bytes.count))
      }
    }
    if result != 0, errno != EINPROGRESS {
      let failure = SystemFailure(errno)
      close(descriptor)
      throw failure
    }
    return descriptor
  }

  fileprivate func connect(withinMs ms: Int32) throws(SystemFailure) -> Int32 {
    let descriptor = try begin()
    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    var outcome: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    if poll(&waiting, 1, ms) > 0 {
      getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &outcome, &size)
    } else {
      outcome = ETIMEDOUT
    }
    guard outcome == 0 else {
      close(descriptor)
      throw SystemFailure(outcome)
    }
    return descriptor
  }
}

/// What the operating system said.
struct SystemFailure: Error, CustomStringConvertible {
  let description: String

  init(_ code: Int32) {
    description = String(cString: strerror(code))
  }
}

/// No connection came about, or the server did not accept the key.
struct CannotConnect: Error, Sendable, CustomStringConvertible {
  let description: String

  init(to endpoint: Endpoint, because reason: String) {
    description = "cannot connect to \(endpoint.host):\(endpoint.port): \(reason)"
  }
}
