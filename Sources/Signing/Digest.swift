internal import COpenSSL

/// SHA-256, alone and with a secret, and what others sign with, by OpenSSL.
public enum Digest {
  public static let byteCount = 32

  public static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: byteCount)
    let input = Array(bytes)
    _ = SHA256(input, input.count, &digest)
    return digest
  }

  /// HMAC-SHA256 (RFC 2104): who does not have the secret cannot make it.
  public static func hmac(_ bytes: some Collection<UInt8>, secret: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: byteCount)
    let input = Array(bytes)
    _ = HMAC(EVP_sha256(), secret, Int32(secret.count), input, input.count, &digest, nil)
    return digest
  }

  /// HMAC-SHA1, 20 bytes: only for checking what others sign so. As an HMAC, SHA-1 still holds.
  public static func hmacSHA1(_ bytes: some Collection<UInt8>, secret: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 20)
    let input = Array(bytes)
    _ = HMAC(EVP_sha1(), secret, Int32(secret.count), input, input.count, &digest, nil)
    return digest
  }

  /// Takes the same time wherever the two differ.
  public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }
}
