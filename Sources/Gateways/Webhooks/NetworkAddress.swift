internal import Foundation
internal import NIOCore

/// Whether an address is one of the whole internet, and not of this machine or the networks that it stands in.
package enum NetworkAddress {
  /// Nil where the text is no address: a name, for example. Brackets around one of IPv6 may be there.
  package static func isPublic(_ text: String) -> Bool? {
    let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
    let bare = isBracketed ? String(text.dropFirst().dropLast()) : text
    return (try? SocketAddress(ipAddress: bare, port: 0)).map(isPublic)
  }

  static func isPublic(_ address: SocketAddress) -> Bool {
    switch address {
    case .v4(let address):
      return withUnsafeBytes(of: address.address.sin_addr) { isPublicV4(Array($0)) }
    case .v6(let address):
      return withUnsafeBytes(of: address.address.sin6_addr) { isPublicV6(Array($0)) }
    case .unixDomainSocket: return false
    }
  }

  /// RFC 6890 and what is reserved.
  private static func isPublicV4(_ bytes: [UInt8]) -> Bool {
    switch (bytes[0], bytes[1], bytes[2]) {
    case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): false
    // Shared by a provider's customers; this link; private.
    case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _): false
    // Protocols; documentation; benchmarks.
    case (192, 0, 0), (192, 0, 2), (198, 18...19, _), (198, 51, 100), (203, 0, 113): false
    default: true
    }
  }

  private static func isPublicV6(_ bytes: [UInt8]) -> Bool {
    let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
    let translated: [UInt8] = [0x00, 0x64, 0xFF, 0x9B] + Array(repeating: 0, count: 8)
    if bytes.starts(with: mapped) || bytes.starts(with: translated) {
      return isPublicV4(Array(bytes[12...]))
    }
    // 6to4 carries an address of the old kind.
    if bytes.starts(with: [0x20, 0x02]) { return isPublicV4(Array(bytes[2..<6])) }
    // Teredo and other protocols; documentation.
    if bytes.starts(with: [0x20, 0x01, 0x00, 0x00]) || bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8])
    {
      return false
    }
    // Nothing else has been given to the internet so far.
    return bytes[0] & 0xE0 == 0x20
  }

  /// All addresses of a name, as the system finds them. It blocks.
  /// - Throws: when there are none.
  static func addresses(of host: String) throws -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &first)
    guard code == 0 else { throw NoAddress(reason: String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(first) }
    return sequence(first: first, next: { $0?.pointee.ai_next }).compactMap { entry in
      guard let entry, let address = entry.pointee.ai_addr else { return nil }
      switch entry.pointee.ai_family {
      case AF_INET:
        return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
          SocketAddress($0.pointee)
        }
      case AF_INET6:
        return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
          SocketAddress($0.pointee)
        }
      default: return nil
      }
    }
  }

  struct NoAddress: Error, CustomStringConvertible {
    let reason: String
    var description: String { "its name has no address: \(reason)" }
  }
}
