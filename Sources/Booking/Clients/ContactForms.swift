/// An e-mail address, as far as it can be told by looking: something, one "@", a domain with a dot.
public struct EmailAddress: Hashable, Sendable {
  public static let lengthMax = 254
  public let text: String

  public init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.count <= EmailAddress.lengthMax, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else {
      return nil
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.text = text
  }
}

/// A telephone number in E.164: "+", then 7 to 15 digits, the first not 0.
public struct PhoneNumber: Hashable, Sendable {
  public let text: String

  public init?(_ text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "+"), (7...15).contains(digits.count),
      digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.first != UInt8(ascii: "0")
    else { return nil }
    self.text = text
  }
}

/// A language in BCP 47: a primary subtag of 2 to 3 letters, then subtags of 1 to 8 letters and
/// digits, such as "it" and "pt-BR". Compared as written.
public struct LanguageTag: Hashable, Sendable {
  public static let lengthMax = 35
  public let text: String

  public init?(_ text: String) {
    guard text.utf8.count <= LanguageTag.lengthMax else { return nil }
    let subtags = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard let primary = subtags.first, (2...3).contains(primary.count),
      primary.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) }),
      subtags.dropFirst().allSatisfy(LanguageTag.isSubtag)
    else { return nil }
    self.text = text
  }

  private static func isSubtag(_ bytes: Substring.UTF8View.SubSequence) -> Bool {
    (1...8).contains(bytes.count)
      && bytes.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) }
  }
}
