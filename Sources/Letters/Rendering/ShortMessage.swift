internal import Foundation

/// How many parts a text takes as SMS, and how it is made to fit.
enum ShortMessage {
  static let partsMax = 2

  /// 160 characters of GSM-7 or 70 UTF-16 units of UCS-2; where there are several parts, each also holds how
  /// they belong together, and so 153 or 67.
  static func parts(_ text: String) -> Int {
    if let septets = septets(text) {
      return septets <= 160 ? 1 : (septets + 152) / 153
    }
    let units = text.utf16.count
    return units <= 70 ? 1 : (units + 66) / 67
  }

  /// The first of the texts that fits, as written or, where that is too long, without its accents, which makes
  /// room for twice as much. If none does, the last is cut.
  static func fitted(_ texts: [String]) -> String {
    for text in texts {
      if parts(text) <= partsMax { return text }
      let plain = withoutAccents(text)
      if parts(plain) <= partsMax { return plain }
    }
    var cut = texts.last ?? ""
    while parts(cut) > partsMax { cut.removeLast() }
    return cut
  }

  static let senderLengthMax = 30

  /// So that a long name leaves room for what is to be said.
  static func sender(_ name: String) -> String {
    String(Prose.oneLine(name).prefix(senderLengthMax))
  }

  /// Spaces and dashes as telephones have them, so that they do not cost the text its alphabet.
  static func typed(_ text: String) -> String {
    let replaced = text.map { character -> String in
      switch character {
      case "–", "—": "-"
      case "’", "‘": "'"
      case "“", "”", "„": "\""
      case "…": "..."
      default: String(character)
      }
    }
    return Prose.oneLine(replaced.joined())
  }

  /// Letters that do not decompose into one of GSM-7 and an accent.
  private static let undecomposed: [Character: String] = [
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "º": "", "ª": "", "«": "\"", "»": "\"",
  ]

  private static func withoutAccents(_ text: String) -> String {
    text.map { character -> String in
      if alphabet.contains(character) || extended.contains(character) { return String(character) }
      if let other = undecomposed[character] { return other }
      let base = String(character).decomposedStringWithCanonicalMapping.unicodeScalars
        .filter {
          !$0.properties.isDiacritic && $0.properties.canonicalCombiningClass.rawValue == 0
        }
      return String(String.UnicodeScalarView(base))
    }.joined()
  }

  /// Nil where the text has a character that GSM-7 has not.
  private static func septets(_ text: String) -> Int? {
    var count = 0
    for character in text {
      if alphabet.contains(character) {
        count += 1
      } else if extended.contains(character) {
        count += 2
      } else {
        return nil
      }
    }
    return count
  }

  /// 3GPP TS 23.038, the default alphabet and its extension.
  private static let alphabet = Set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
      + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
  private static let extended = Set("^{}\\[~]|€")
}
