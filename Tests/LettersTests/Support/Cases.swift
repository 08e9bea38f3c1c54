internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Letters
internal import Testing

let languages = ["en", "en-US", "it", "pl", "ro", "de", "de-AT", "pt-BR", "pt-PT"]

let rome = Zone(name: "Europe/Rome", initialOffsetMinutes: 60, transitions: [])!
let london = Zone(name: "Europe/London", initialOffsetMinutes: 0, transitions: [])!
let saoPaulo = Zone(name: "America/Sao_Paulo", initialOffsetMinutes: -180, transitions: [])!

/// 2026-12-01T10:00 in Rome.
let tuesdayAtTen = Minute(sinceEpoch: 29_935_260)

func tag(_ text: String) -> LanguageTag { LanguageTag(text)! }

func money(_ minorUnits: Int64, _ code: String) -> Money {
  Money(minorUnits: minorUnits, currency: Currency(code)!)
}

/// A letter that can be written.
struct Case: CustomTestStringConvertible {
  let kind: MessageKind
  let audience: Audience
  let channel: Channel
  let language: String

  var testDescription: String { "\(kind.rawValue) \(audience) \(channel) \(language)" }

  static let all: [Case] = languages.flatMap { language in
    MessageKind.allCases.flatMap { kind in
      Audience.allCases.flatMap { audience in
        Channel.allCases.filter { Letters.writes(kind, to: audience, by: $0) }.map {
          Case(kind: kind, audience: audience, channel: $0, language: language)
        }
      }
    }
  }

  /// All that can be known, in every way that changes the wording, and next to nothing.
  var variants: [LetterFacts] {
    var full = LetterFacts.sample(kind, to: audience, in: tag(language))!
    full.reader.zone = rome
    var all: [LetterFacts] = []
    for doer in [LetterFacts.Doer.client, .therapist, .practice, .unstated] {
      var facts = full
      facts.doneBy = doer
      all.append(facts)
      facts.session?.zone = rome
      facts.session?.place = .online
      facts.links = LetterFacts.Links()
      facts.reader.name = ""
      all.append(facts)
      facts.session?.starts = (0..<3).map { tuesdayAtTen.advanced(byMinutes: $0 * 10_080) }
      facts.payBy = nil
      facts.settlement = nil
      all.append(facts)
    }
    // An SMS is about a session.
    if channel == .email { all.append(LetterFacts(sender: full.sender, reader: full.reader)) }
    return all
  }

  func letter(_ facts: LetterFacts) throws -> Letter {
    try Letters.compose(facts, kind: kind, audience: audience, channel: channel)
  }
}

extension Letter {
  var subject: String? {
    if case .email(let subject, _, _) = self { subject } else { nil }
  }

  var text: String {
    switch self {
    case .email(_, let text, _): text
    case .sms(let text): text
    }
  }

  var html: String? {
    if case .email(_, _, let html) = self { html } else { nil }
  }

  /// What is shown beside the subject before a mail is opened.
  var preheader: Substring? {
    html.flatMap { html in
      html.firstRange(of: "overflow:hidden\">").map { start in
        html[start.upperBound...].prefix { $0 != "&" && $0 != "<" }
      }
    }
  }

  /// What others may read.
  var outside: [String] {
    switch self {
    case .email(let subject, _, _): [subject] + [preheader.map(String.init) ?? "no preheader"]
    case .sms(let text): [text]
    }
  }
}
