internal import COpenSSL

/// SHA-256, by OpenSSL.
enum Digest {
  static let byteCount = 32

  static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: byteCount)
    let input = Array(bytes)
    _ = SHA256(input, input.count, &digest)
    return digest
  }

  /// Takes the same time wherever the two differ.
  static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }
}
