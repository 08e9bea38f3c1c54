extension PopulationW {
  /// What an id names; the raw value is its prefix in text.
  public enum Kind: String, CaseIterable, Sendable {
    case partner = "par"
    case therapist = "thr"
    case location = "loc"
    case room
    case service = "svc"
    case client = "cli"
    case appointment = "apt"
  }

  /// The id of the thing of a kind with this number: 48 bits of time in milliseconds, then the
  /// number in 80 bits. It depends on nothing else, so a run can name what another one filled in.
  public static func rawID(_ number: Int) -> UInt128 {
    UInt128(madeAtMs) << 80 | UInt128(number)
  }

  /// The same in the form that travels: "thr_" and 26 digits of Crockford's base 32.
  public static func id(_ kind: Kind, _ number: Int) -> String {
    let prefix = kind.rawValue.utf8
    return String(unsafeUninitializedCapacity: prefix.count + 1 + digits) { text in
      var place = text.initialize(fromContentsOf: prefix)
      text.initializeElement(at: place, to: UInt8(ascii: "_"))
      place += 1
      let raw = rawID(number)
      for digit in 0..<digits {
        let value = Int(truncatingIfNeeded: raw >> UInt128(5 * (digits - 1 - digit))) & 31
        text.initializeElement(at: place + digit, to: alphabet[value])
      }
      return place + digits
    }
  }

  /// The number of the thing that an id names; nil for an id that is not of this form.
  public static func number(of id: String, _ kind: Kind) -> Int? {
    let prefix = kind.rawValue + "_"
    guard id.hasPrefix(prefix), id.utf8.count == prefix.utf8.count + digits else { return nil }
    var raw: UInt128 = 0
    for digit in id.utf8.dropFirst(prefix.utf8.count) {
      guard let value = alphabet.firstIndex(of: digit) else { return nil }
      raw = raw << 5 | UInt128(value)
    }
    let number = Int(truncatingIfNeeded: raw & (1 << 63 - 1))
    return rawID(number) == raw ? number : nil
  }

  /// 2026-01-01T00:00Z: when everything was made, by its ids.
  private static let madeAtMs: UInt64 = 1_767_225_600_000
  private static let digits = 26
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
