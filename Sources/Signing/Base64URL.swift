internal import Foundation

/// Base64 with the alphabet that URLs take, without padding (RFC 4648, section 5).
public enum Base64URL {
  public static func text(_ bytes: some Collection<UInt8>) -> String {
    Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// Nil unless the text is just what `text` makes of some bytes: one value has one form.
  public static func bytes(_ text: String) -> [UInt8]? {
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: padded), Base64URL.text(data) == text else { return nil }
    return Array(data)
  }
}
