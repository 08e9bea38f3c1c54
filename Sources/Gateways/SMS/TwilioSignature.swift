internal import Foundation
internal import Signing

/// The header `X-Twilio-Signature` of Twilio's callbacks: base64 of HMAC-SHA1, with the account's auth token, over the
/// URL and then each parameter's name and value, sorted by name.
public enum TwilioSignature {
  public static let header = "X-Twilio-Signature"

  /// - Parameters:
  ///   - url: the whole URL that Twilio was told, with its query.
  ///   - parameters: of the form in the body, decoded.
  public static func isGenuine(
    _ signature: String, url: String, parameters: [(name: String, value: String)],
    authToken: String
  ) -> Bool {
    guard let given = Data(base64Encoded: signature) else { return false }
    return Digest.areEqual(
      Array(given), bytes(url: url, parameters: parameters, authToken: authToken))
  }

  /// As Twilio would sign.
  public static func text(
    url: String, parameters: [(name: String, value: String)], authToken: String
  ) -> String {
    Data(bytes(url: url, parameters: parameters, authToken: authToken)).base64EncodedString()
  }

  private static func bytes(
    url: String, parameters: [(name: String, value: String)], authToken: String
  ) -> [UInt8] {
    // By bytes, as Twilio sorts: upper case before lower case.
    let sorted = parameters.sorted { left, right in
      Array(left.name.utf8).lexicographicallyPrecedes(Array(right.name.utf8))
    }
    let signed = sorted.reduce(into: url) { $0 += $1.name + $1.value }
    return Digest.hmacSHA1(signed.utf8, secret: Array(authToken.utf8))
  }
}
