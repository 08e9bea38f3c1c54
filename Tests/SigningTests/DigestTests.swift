internal import Signing
internal import Testing

@Suite struct DigestTests {
  @Test("SHA-256 of the standard's example")
  func sha256() {
    // FIPS 180-2, B.1.
    #expect(
      hexadecimal(Digest.sha256("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test(
    "HMAC-SHA256 of the RFC's examples: short, long and other secrets",
    arguments: [
      // RFC 4231, 4.2, 4.3 and 4.7.
      (
        [UInt8](repeating: 0x0B, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xAA, count: 131),
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ])
  func hmac(secret: [UInt8], content: String, expected: String) {
    #expect(hexadecimal(Digest.hmac(content.utf8, secret: secret)) == expected)
  }

  @Test(
    "HMAC-SHA1 of the RFC's examples: short, long and other secrets",
    arguments: [
      // RFC 2202, 3, 1, 2 and 6.
      (
        [UInt8](repeating: 0x0B, count: 20), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
      ),
      (
        [UInt8](repeating: 0xAA, count: 80),
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "aa4ae5e15272d00e95705637ce8a3b55ed402112"
      ),
    ])
  func hmacSHA1(secret: [UInt8], content: String, expected: String) {
    #expect(hexadecimal(Digest.hmacSHA1(content.utf8, secret: secret)) == expected)
  }

  @Test("two digests are equal when every byte is")
  func equality() {
    let digest = Digest.sha256("abc".utf8)
    #expect(Digest.areEqual(digest, digest))
    #expect(!Digest.areEqual(digest, Array(digest.dropLast())))
    for index in digest.indices {
      var other = digest
      other[index] ^= 1
      #expect(!Digest.areEqual(digest, other))
    }
  }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
}
