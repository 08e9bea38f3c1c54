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

  /// How many digits stand behind the point, after ISO 4217: 2 but for a few.
  public var minorUnitDigits: Int {
    switch code {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
      "VUV", "XAF", "XOF", "XPF":
      0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    case "CLF", "UYW": 4
    default: 2
    }
  }
}

extension Currency: Comparable {
  public static func < (left: Currency, right: Currency) -> Bool { left.code < right.code }
}
