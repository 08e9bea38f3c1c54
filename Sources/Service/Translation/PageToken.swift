internal import Foundation

/// Where a page begins, bound to the query that it belongs to.
///
/// In text: base64url of 8 bytes that tell the query and of the cursor's own text.
struct PageToken {
  private static let checkCount = 8

  /// - Parameters:
  ///   - cursor: what the next page begins after.
  ///   - query: everything of the request but the token.
  static func text(cursor: String, query: [UInt8]) -> String {
    let bytes = Digest.sha256(query).prefix(checkCount) + Array(cursor.utf8)
    return Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// - Returns: nil when the token is malformed or belongs to another query.
  static func cursor(_ text: String, query: [UInt8]) -> String? {
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    guard let bytes = Data(base64Encoded: padded), bytes.count > checkCount,
      bytes.prefix(checkCount).elementsEqual(Digest.sha256(query).prefix(checkCount))
    else { return nil }
    return String(bytes: bytes.dropFirst(checkCount), encoding: .utf8)
  }
}
