internal import Intervals

/// What the card's words and formats make of its values, and texts that cannot break its grid.
struct CardTexts {
  let card: SessionCard
  let wording: CardWording
  let formats: CardFormats

  /// Labels and values, in order; those without a value are left out.
  var details: [(label: String, value: String)] {
    let end = card.validUntil.map { formats.day($0.advanced(byMs: -1)) }
    let renewal =
      switch card.renewal {
      case .automatic: wording.renewsAutomatically
      case .onRequest: wording.renewsOnRequest
      }
    let price =
      switch card.posting {
      case .byProcedure: wording.perSession
      case .totalValue(let money): wording.inTotal(formats.money(money))
      }
    return [
      (wording.client, card.clientName),
      (wording.phone, card.phone),
      (wording.price, price),
      (wording.validFrom, formats.day(card.linkedOn)),
      (wording.validUntil, end ?? wording.withoutEnd),
      (wording.renewal, renewal),
      (wording.insurer, card.insurer),
      (wording.authorisation, card.authorisationNumber),
    ].map { ($0, Self.line($1)) }.filter { !$0.value.isEmpty }
  }

  var balance: [(label: String, count: String)] {
    [
      (wording.balance.total, card.balance.total),
      (wording.balance.available, card.balance.available),
      (wording.balance.reserved, card.balance.reserved),
      (wording.balance.attended, card.balance.attended),
      (wording.balance.expired, card.balance.expired),
      (wording.balance.returned, card.balance.returned),
    ].map { ($0, formats.number($1)) }
  }

  /// What is done, and where; either may be missing.
  func circumstances(of session: SessionCard.Session) -> [String] {
    [session.procedure, session.place].map(Self.line).filter { !$0.isEmpty }
  }

  /// Parts in one line. Isolated (UAX #9), so that a part that runs from right to left does not drag
  /// the others along.
  static func joined(_ parts: [String]) -> String {
    guard parts.count > 1 else { return parts.first ?? "" }
    return parts.map { $0.runsBothWays ? "\u{2068}\($0)\u{2069}" : $0 }.joined(separator: " · ")
  }

  var footnote: String {
    "\(wording.asOf(formats.day(card.asOf))) · \(wording.zone): \(formats.zoneName(at: card.asOf))"
  }

  /// A text as one line: what breaks lines, and controls, are spaces.
  static func line(_ text: String) -> String {
    text.split { character in
      character.isWhitespace && character != "\u{A0}" && character != "\u{202F}"
        || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
    }.joined(separator: " ")
  }

  /// A text that keeps its lines, without controls; empty where nothing is left.
  static func paragraphs(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { line(String($0)) }
    return lines.allSatisfy { $0.isEmpty } ? "" : lines.joined(separator: "\n")
  }
}

extension String {
  /// Whether it has letters that run from right to left, or marks that turn the direction.
  fileprivate var runsBothWays: Bool {
    unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x0590...0x08FF, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFB1D...0xFDFF,
        0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
        true
      default: false
      }
    }
  }
}
