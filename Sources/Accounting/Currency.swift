/// An ISO 4217 currency: three upper-case letters.
public struct Currency: Hashable, Sendable {
  public let code: String

  /// Nil unless the text is three upper-case ASCII letters.
  public init?(_ code: String) {
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      return nil
    }
    self.code = code
  }
}

extension Currency: Comparable {
  public static func < (left: Currency, right: Currency) -> Bool { left.code < right.code }
}
