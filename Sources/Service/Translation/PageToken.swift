internal import Signing

/// Where a page begins, bound to the query that it belongs to.
///
/// In text: base64url of 8 bytes that tell the query and of the cursor's own text.
struct PageToken {
  private static let checkCount = 8

  /// - Parameters:
  ///   - cursor: what the next page begins after.
  ///   - query: everything of the request but the token.
  static func text(cursor: String, query: [UInt8]) -> String {
    Base64URL.text(Digest.sha256(query).prefix(checkCount) + Array(cursor.utf8))
  }

  /// - Returns: nil when the token is malformed or belongs to another query.
  static func cursor(_ text: String, query: [UInt8]) -> String? {
    guard let bytes = Base64URL.bytes(text), bytes.count > checkCount,
      bytes.prefix(checkCount).elementsEqual(Digest.sha256(query).prefix(checkCount))
    else { return nil }
    return String(validating: bytes.dropFirst(checkCount), as: UTF8.self)
  }
}
