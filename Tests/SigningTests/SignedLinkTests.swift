internal import Availability
internal import Signing
internal import Testing

@Suite struct SignedLinkTests {
  private let secret = [UInt8](repeating: 7, count: 32)
  private let partner = PartnerID(rawValue: 0x0123_4567_89AB_CDEF_FEDC_BA98_7654_3210)
  private let appointment = AppointmentID(rawValue: .max - 5)
  private var link: SignedLink { SignedLink(.cancel, of: appointment, partner: partner) }

  @Test("a link's token names partner and appointment, and is the same each time")
  func roundTrip() throws {
    let text = link.text(secret: secret)
    let read = try #require(SignedLink(.cancel, text: text, secret: secret))
    #expect(read == link)
    #expect(read.partner == partner && read.appointment == appointment)
    #expect(text == link.text(secret: secret))
    #expect(text.hasPrefix("lnk_") && text.utf8.count == SignedLink.textByteCount)
    #expect(
      text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      })
  }

  @Test("no character of a token can be changed, left out or added")
  func tampering() {
    let text = link.text(secret: secret)
    for index in text.indices {
      var other = text
      other.replaceSubrange(index...index, with: text[index] == "A" ? "B" : "A")
      #expect(SignedLink(.cancel, text: other, secret: secret) == nil, "\(other)")
      other.remove(at: index)
      #expect(SignedLink(.cancel, text: other, secret: secret) == nil, "\(other)")
    }
    for other in ["", "lnk_", "\(text)A", "\(text)=", " \(text)", "\(text)\n", "apt_\(text)"] {
      #expect(SignedLink(.cancel, text: other, secret: secret) == nil, "\(other)")
    }
  }

  @Test("another secret, partner or appointment makes another signature")
  func others() {
    let text = link.text(secret: secret)
    #expect(SignedLink(.cancel, text: text, secret: Array(secret.dropLast())) == nil)
    let others = [
      SignedLink(.cancel, of: appointment, partner: PartnerID(rawValue: 1)),
      SignedLink(.cancel, of: AppointmentID(rawValue: 1), partner: partner),
    ]
    let signatures = ([link] + others).map { $0.text(secret: secret).suffix(22) }
    #expect(Set(signatures).count == 3)
  }
}
