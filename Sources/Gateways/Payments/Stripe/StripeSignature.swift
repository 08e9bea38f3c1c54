internal import Availability
internal import Intervals
internal import Signing

/// The header `Stripe-Signature`: "t=1800000000,v1=…,v1=…". HMAC-SHA256 over the time, a dot and the body.
struct StripeSignature {
  enum Verdict: Hashable {
    case genuine
    /// - Parameter reason: what is wrong with it.
    case wrong(reason: String)
  }

  private let seconds: Int64
  /// The seconds as they were written: they are signed.
  private let time: String
  /// Two while a secret is being replaced.
  private let signatures: [[UInt8]]

  /// Stripe's own.
  static let toleranceMs: Int64 = 300_000

  /// Nil unless there is one time, and a signature that is one.
  init?(_ header: String) {
    var times: [String] = []
    var signatures: [[UInt8]] = []
    for item in header.split(separator: ",") {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      switch parts[0].trimmingSpaces {
      case "t": times.append(String(parts[1].trimmingSpaces))
      case "v1": StripeSignature.bytes(parts[1].trimmingSpaces).map { signatures.append($0) }
      // Other schemes, such as the "v0" of test mode, do not count.
      default: continue
      }
    }
    guard times.count == 1, let seconds = Int64(times[0]), !signatures.isEmpty else { return nil }
    self.seconds = seconds
    time = times[0]
    self.signatures = signatures
  }

  func verdict(on body: [UInt8], secret: [UInt8], now: Instant) -> Verdict {
    let right = Digest.hmac(Array("\(time).".utf8) + body, secret: secret)
    // Each is compared, so that the time tells nothing of which was right.
    let matches = signatures.filter { Digest.areEqual($0, right) }
    guard !matches.isEmpty else { return .wrong(reason: "the signature is wrong") }
    let (ms, isOver) = seconds.multipliedReportingOverflow(by: 1_000)
    guard !isOver,
      (ms - StripeSignature.toleranceMs...ms + StripeSignature.toleranceMs)
        .contains(now.msSinceEpoch)
    else { return .wrong(reason: "the time is more than 300 s away") }
    return .genuine
  }

  /// Nil unless the text is 64 hexadecimal digits.
  private static func bytes(_ text: Substring) -> [UInt8]? {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == 2 * Digest.byteCount, text.utf8.count == digits.count else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = self.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}
