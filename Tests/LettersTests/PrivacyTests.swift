internal import Foundation
internal import Letters
internal import Testing

@Suite struct PrivacyTests {
  /// Parts of words, in lower case, that would say what the appointment is for.
  private static let telling: [String: [String]] = [
    "en": [
      "therap", "psych", "session", "counsel", "treatment", "clinic", "patient", "mental", "doctor",
      "dr.",
    ],
    "it": [
      "terap", "psic", "sedut", "colloqui", "pazient", "clinic", "cura", "dott", "consul",
      "incontr",
    ],
    "pl": ["terap", "psych", "sesj", "pacjent", "leczen", "klinik", "lekarz", "gabinet", "porad"],
    "ro": [
      "terap", "psih", "ședinț", "pacient", "tratament", "clinic", "medic", "cabinet", "consult",
    ],
    "de": [
      "therap", "psych", "sitzung", "patient", "behandl", "praxis", "klinik", "berat", "arzt",
    ],
    "pt": ["terap", "psic", "sess", "paciente", "tratament", "clínic", "consult", "doutor", "dr."],
  ]

  @Test("subject, SMS and preview do not give away what it is", arguments: Case.all)  // N-1
  func discreet(letter: Case) throws {
    let words = try #require(PrivacyTests.telling[String(letter.language.prefix(2))])
    for var facts in letter.variants {
      facts.session?.service = "Psicoterapia"
      facts.session?.therapist = "Dr. Anna Bianchi"
      facts.package?.name = "Dieci sedute"
      for text in try letter.letter(facts).outside.map({ $0.lowercased() }) {
        for word in words + PrivacyTests.named {
          #expect(!text.contains(word), "\(word) in: \(text)")
        }
      }
    }
  }

  /// What of the facts only the reader is to see.
  private static let named = [
    "psicoterapia", "anna bianchi", "maria rossi", "dieci", "garibaldi", "fino a venerdì",
  ]

  @Test("subject and SMS name the sender that the partner chose", arguments: Case.all)  // N-1
  func sender(letter: Case) throws {
    let facts = try #require(letter.variants.first)
    let outside = try #require(try letter.letter(facts).outside.first)
    #expect(outside.contains("Studio Aurora"))
  }
}
