internal import Foundation

/// A JSON Web Token (RFC 7519) with an HMAC-SHA256 signature: "HS256" of RFC 7515.
///
/// Only making them is here. Who reads them is Jitsi or LiveKit, which have the same secret.
public enum JSONWebToken {
  private static let header = Base64URL.text(#"{"alg":"HS256","typ":"JWT"}"#.utf8)

  /// - Parameter claims: what the token says, as a JSON object.
  public static func text(_ claims: some Encodable, secret: [UInt8]) throws -> String {
    let encoder = JSONEncoder()
    // The same claims make the same token.
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return signed("\(header).\(Base64URL.text(try encoder.encode(claims)))", secret: secret)
  }

  /// The content with its signature.
  /// - Parameter content: header and claims, each in base64url, with a dot between them.
  public static func signed(_ content: String, secret: [UInt8]) -> String {
    "\(content).\(Base64URL.text(Digest.hmac(content.utf8, secret: secret)))"
  }
}
