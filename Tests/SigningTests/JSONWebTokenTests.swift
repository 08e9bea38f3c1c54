internal import Signing
internal import Testing

@Suite struct JSONWebTokenTests {
  @Test("the RFC's example is signed as the RFC says")
  func example() throws {
    // RFC 7515, A.1.
    let secret = try #require(
      Base64URL.bytes(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
    let content =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
      + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    #expect(
      JSONWebToken.signed(content, secret: secret)
        == content + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
  }

  @Test("a token is header, claims and signature; the same claims make the same token")
  func claims() throws {
    let secret = Array("secret".utf8)
    let token = try JSONWebToken.text(Claims(sub: "thr_ž/+", exp: 1_300_819_380), secret: secret)
    let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    try #require(parts.count == 3)
    let texts = parts.map { Base64URL.bytes($0).map { String(decoding: $0, as: UTF8.self) } }
    #expect(texts[0] == #"{"alg":"HS256","typ":"JWT"}"#)
    #expect(texts[1] == #"{"exp":1300819380,"sub":"thr_ž/+"}"#)
    #expect(JSONWebToken.signed("\(parts[0]).\(parts[1])", secret: secret) == token)
    #expect(
      try JSONWebToken.text(Claims(sub: "thr_ž/+", exp: 1_300_819_380), secret: secret) == token)
    #expect(
      try JSONWebToken.text(Claims(sub: "thr_ž/+", exp: 1_300_819_380), secret: [1]) != token)
  }

  @Test(
    "base64url has no padding and takes one form only",
    arguments: [
      ([], ""), ([0xFB], "-w"), ([0xFF, 0xFE], "__4"), ([0xFB, 0xEF, 0xBE], "----"),
      ([1, 2, 3, 4], "AQIDBA"),
    ] as [([UInt8], String)])
  func base64(bytes: [UInt8], text: String) {
    #expect(Base64URL.text(bytes) == text)
    #expect(Base64URL.bytes(text) == bytes)
    for other in ["\(text)=", "\(text)\n", "+\(text)", "\(text)A"] {
      #expect(Base64URL.bytes(other) != bytes, "\(other)")
    }
  }

  @Test("base64url with bits left over is refused: a token has one text")
  func strayBits() {
    #expect(Base64URL.bytes("-w") == [0xFB])
    #expect(Base64URL.bytes("-x") == nil)
  }
}

private struct Claims: Encodable {
  let sub: String
  let exp: Int
}
