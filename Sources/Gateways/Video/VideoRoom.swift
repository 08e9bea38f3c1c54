internal import Availability
internal import Signing

/// Names rooms: neither to be guessed, nor telling anything of whom they are for.
enum VideoRoom {
  /// 128 bits.
  private static let byteCount = 16

  /// In lower case: Jitsi compares rooms that way.
  static func name(for session: VideoSession, secret: [UInt8]) -> String {
    let content = "room \(session.appointment.text)"
    let digits = Array("0123456789abcdef")
    let hexadecimal = Digest.hmac(content.utf8, secret: secret).prefix(byteCount)
      .flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "session-" + String(hexadecimal)
  }
}
