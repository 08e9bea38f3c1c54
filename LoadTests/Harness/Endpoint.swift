internal import Glibc

/// Where the server listens.
struct Endpoint: Sendable {
  let host: String
  let port: UInt16

  private static let connectMs: Int32 = 5_000

  /// A connected TCP socket that neither blocks nor waits to fill a packet.
  func connect() throws(CannotConnect) -> Int32 {
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
    while let address = candidate?.pointee {
      switch Self.connect(to: address) {
      case .success(let socket): return socket
      case .failure(let failure): reason = failure.description
      }
      candidate = address.ai_next
    }
    throw CannotConnect(to: self, because: reason)
  }

  private static func connect(to address: addrinfo) -> Result<Int32, SystemFailure> {
    let kind = address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.ai_family, kind, address.ai_protocol)
    guard descriptor >= 0 else { return .failure(SystemFailure(errno)) }
    if let failure = finishConnecting(descriptor, to: address) {
      close(descriptor)
      return .failure(failure)
    }
    var on: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    return .success(descriptor)
  }

  private static func finishConnecting(
    _ descriptor: Int32, to address: addrinfo
  ) -> SystemFailure? {
    if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return nil }
    guard errno == EINPROGRESS else { return SystemFailure(errno) }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&waiting, 1, connectMs) > 0 else { return SystemFailure(ETIMEDOUT) }
    var outcome: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &outcome, &size)
    return outcome == 0 ? nil : SystemFailure(outcome)
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
