/// What kind of thing an id names; decides its prefix.
public protocol Identified: Sendable {
  /// Lower-case letters, without the underscore.
  static var idPrefix: StaticString { get }
}

public enum PartnerKind: Identified { public static let idPrefix: StaticString = "par" }
public enum TherapistKind: Identified { public static let idPrefix: StaticString = "thr" }
public enum LocationKind: Identified { public static let idPrefix: StaticString = "loc" }
public enum RoomKind: Identified { public static let idPrefix: StaticString = "room" }
public enum ServiceKind: Identified { public static let idPrefix: StaticString = "svc" }
public enum ClientKind: Identified { public static let idPrefix: StaticString = "cli" }
public enum AppointmentKind: Identified { public static let idPrefix: StaticString = "apt" }

public typealias PartnerID = ID<PartnerKind>
public typealias TherapistID = ID<TherapistKind>
public typealias LocationID = ID<LocationKind>
public typealias RoomID = ID<RoomKind>
public typealias ServiceID = ID<ServiceKind>
public typealias ClientID = ID<ClientKind>
public typealias AppointmentID = ID<AppointmentKind>

/// The id of a resource: 48 bits of time in milliseconds, then 80 bits that are random.
///
/// In text it is the kind's prefix, "_", and 26 characters of Crockford's base 32 in lower case, so
/// that ids sort by time as text and as numbers alike. A caller may make ids in the same form.
public struct ID<Kind: Identified>: Hashable, Comparable, Sendable {
  public let rawValue: UInt128

  public init(rawValue: UInt128) {
    self.rawValue = rawValue
  }

  /// - Parameters:
  ///   - msSinceEpoch: when the resource is made; before 1970 counts as 1970.
  ///   - entropy: random; the low 80 bits are taken.
  public init(at msSinceEpoch: Int64, entropy: UInt128) {
    let time = UInt128(UInt64(max(0, msSinceEpoch)) & 0xFFFF_FFFF_FFFF)
    rawValue = time << 80 | entropy & (1 << 80 - 1)
  }

  public static func < (left: ID, right: ID) -> Bool {
    left.rawValue < right.rawValue
  }

  /// Nil unless the text is this kind's prefix, "_" and 26 characters that fit 128 bits.
  /// Upper case is not taken: a resource has one id in text, so that texts can be compared.
  public init?(_ text: String) {
    var text = text
    let parsed = text.withUTF8 { bytes -> UInt128? in
      let prefixCount = Kind.idPrefix.utf8CodeUnitCount
      guard bytes.count == prefixCount + 1 + Crockford.digitsIn128Bits else { return nil }
      for index in 0..<prefixCount where bytes[index] != Kind.idPrefix.utf8Start[index] {
        return nil
      }
      guard bytes[prefixCount] == UInt8(ascii: "_") else { return nil }
      return Crockford.decode(bytes[(prefixCount + 1)...])
    }
    guard let parsed else { return nil }
    rawValue = parsed
  }

  /// The form that travels: "thr_" and 26 characters.
  public var text: String {
    let prefixCount = Kind.idPrefix.utf8CodeUnitCount
    return String(unsafeUninitializedCapacity: prefixCount + 1 + Crockford.digitsIn128Bits) { out in
      for index in 0..<prefixCount { out[index] = Kind.idPrefix.utf8Start[index] }
      out[prefixCount] = UInt8(ascii: "_")
      Crockford.encode(
        rawValue, into: UnsafeMutableBufferPointer(rebasing: out[(prefixCount + 1)...]))
      return out.count
    }
  }
}

extension ID: CustomStringConvertible {
  public var description: String { text }
}

/// Crockford's base 32 in lower case: no i, l, o, u.
enum Crockford {
  static let digitsIn128Bits = 26
  private static let alphabet: [UInt8] = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
  private static let invalid: UInt8 = 255
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: invalid, count: 256)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  static func decode(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt128? {
    var result: UInt128 = 0
    for (position, digit) in digits.enumerated() {
      let value = values[Int(digit)]
      // 26 digits hold 130 bits: the first may only use three of its five.
      guard value != invalid, position > 0 || value < 8 else { return nil }
      result = result << 5 | UInt128(value)
    }
    return result
  }

  static func encode(_ value: UInt128, into out: UnsafeMutableBufferPointer<UInt8>) {
    var rest = value
    for index in stride(from: out.count - 1, through: 0, by: -1) {
      out[index] = alphabet[Int(truncatingIfNeeded: rest & 31)]
      rest >>= 5
    }
  }
}
