import Availability
import Testing

@Suite struct IdentifierTests {
  @Test("an id in text is its kind's prefix, an underscore and 26 characters, and reads back")
  func roundTrip() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<1_000 {
      let id = TherapistID(rawValue: UInt128.random(in: 0...UInt128.max, using: &random))
      #expect(id.text.hasPrefix("thr_"))
      #expect(id.text.utf8.count == 30)
      #expect(TherapistID(id.text) == id)
    }
    #expect(RoomID(rawValue: 0).text == "room_00000000000000000000000000")
    #expect(RoomID(rawValue: .max).text == "room_7zzzzzzzzzzzzzzzzzzzzzzzzz")
    #expect("\(ClientID(rawValue: 32))" == "cli_00000000000000000000000010")
  }

  @Test(
    "text of another kind, length, case or alphabet, or above 128 bits, is no id",
    arguments: [
      "", "thr_", "thr", "cli_00000000000000000000000000", "thr_0000000000000000000000000",
      "thr_000000000000000000000000000", "thr-00000000000000000000000000",
      "THR_00000000000000000000000000", "thr_0000000000000000000000000A",
      "thr_0000000000000000000000000i", "thr_0000000000000000000000000l",
      "thr_0000000000000000000000000o", "thr_0000000000000000000000000u",
      "thr_80000000000000000000000000", "thr_0000000000000000000000000\u{e9}",
      " thr_00000000000000000000000000",
    ])
  func malformed(text: String) {
    #expect(TherapistID(text) == nil)
  }

  @Test("ids sort by the time they were made at, as numbers and as text alike")
  func order() {
    var random = SplitMix64(seed: 2)
    var previous = AppointmentID(at: -5, entropy: 0)
    #expect(previous == AppointmentID(at: 0, entropy: 0))
    for ms in stride(from: Int64(1), to: 1_000_000_000_000, by: 7_777_777_777) {
      let entropy = UInt128.random(in: 0...UInt128.max, using: &random)
      let id = AppointmentID(at: ms, entropy: entropy)
      #expect(previous < id)
      #expect(previous.text < id.text)
      #expect(id.rawValue >> 80 == UInt128(ms))
      previous = id
    }
  }
}
