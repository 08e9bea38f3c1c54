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
public enum HoldKind: Identified { public static let idPrefix: StaticString = "hld" }
public enum TherapyKind: Identified { public static let idPrefix: StaticString = "tpy" }
public enum SeriesKind: Identified { public static let idPrefix: StaticString = "srs" }
public enum PaymentKind: Identified { public static let idPrefix: StaticString = "pay" }
public enum PaymentIntentKind: Identified { public static let idPrefix: StaticString = "pin" }
public enum PaymentMethodKind: Identified { public static let idPrefix: StaticString = "pmt" }
public enum BenefitKind: Identified { public static let idPrefix: StaticString = "ben" }
public enum PayoutKind: Identified { public static let idPrefix: StaticString = "pyo" }
public enum PackageKind: Identified { public static let idPrefix: StaticString = "pkg" }
public enum PackageLinkKind: Identified { public static let idPrefix: StaticString = "pkl" }
public enum WebhookEndpointKind: Identified { public static let idPrefix: StaticString = "whe" }
public enum ScheduleExceptionKind: Identified { public static let idPrefix: StaticString = "exc" }

public typealias PartnerID = ID<PartnerKind>
public typealias TherapistID = ID<TherapistKind>
public typealias LocationID = ID<LocationKind>
public typealias RoomID = ID<RoomKind>
public typealias ServiceID = ID<ServiceKind>
public typealias ClientID = ID<ClientKind>
public typealias AppointmentID = ID<AppointmentKind>
public typealias HoldID = ID<HoldKind>
public typealias TherapyID = ID<TherapyKind>
public typealias SeriesID = ID<SeriesKind>
public typealias PaymentID = ID<PaymentKind>
public typealias PaymentIntentID = ID<PaymentIntentKind>
public typealias PaymentMethodID = ID<PaymentMethodKind>
public typealias BenefitID = ID<BenefitKind>
public typealias PayoutID = ID<PayoutKind>
public typealias PackageID = ID<PackageKind>
public typealias PackageLinkID = ID<PackageLinkKind>
public typealias WebhookEndpointID = ID<WebhookEndpointKind>
public typealias ScheduleExceptionID = ID<ScheduleExceptionKind>

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
    guard let id = text.withUTF8({ ID(utf8: $0) }) else { return nil }
    self = id
  }

  /// The same from a text's bytes.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    let prefixCount = Kind.idPrefix.utf8CodeUnitCount
    guard bytes.count == prefixCount + 1 + Crockford.digitsIn128Bits else { return nil }
    for index in 0..<prefixCount where bytes[index] != Kind.idPrefix.utf8Start[index] {
      return nil
    }
    guard bytes[prefixCount] == UInt8(ascii: "_"),
      let parsed = Crockford.decode(bytes[(prefixCount + 1)...])
    else { return nil }
    rawValue = parsed
  }

  /// The form that travels: "thr_" and 26 characters.
  public var text: String {
    let form = IDText(self)
    return String(unsafeUninitializedCapacity: form.utf8Count) { form.write(into: $0) }
  }
}

/// An id of any kind on its way into text, for where the text is only looked at.
public struct IDText: Sendable {
  private let rawValue: UInt128
  private let prefix: StaticString

  public init<Kind>(_ id: ID<Kind>) {
    rawValue = id.rawValue
    prefix = Kind.idPrefix
  }

  /// The text's bytes, while the body runs.
  public func withUTF8<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: utf8Count) { out in
      _ = write(into: out)
      return body(UnsafeBufferPointer(out))
    }
  }

  fileprivate var utf8Count: Int { prefix.utf8CodeUnitCount + 1 + Crockford.digitsIn128Bits }

  fileprivate func write(into out: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let prefixCount = prefix.utf8CodeUnitCount
    for index in 0..<prefixCount { out[index] = prefix.utf8Start[index] }
    out[prefixCount] = UInt8(ascii: "_")
    Crockford.encode(
      rawValue, into: UnsafeMutableBufferPointer(rebasing: out[(prefixCount + 1)..<utf8Count]))
    return utf8Count
  }
}

extension ID: CustomStringConvertible {
  public var description: String { text }
}

/// Crockford's base 32 in lower case: no i, l, o, u.
enum Crockford {
  static let digitsIn128Bits = 26
  // Twelve digits at a time fit 64 bits, which are reckoned with faster than 128.
  private static let digitsAtOnce = 12
  private static var alphabet: StaticString { "0123456789abcdefghjkmnpqrstvwxyz" }
  private static let invalid: UInt8 = 255
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: invalid, count: 256)
    for value in 0..<alphabet.utf8CodeUnitCount {
      values[Int(alphabet.utf8Start[value])] = UInt8(value)
    }
    return values
  }()

  /// - Parameter digits: 26 of them.
  static func decode(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt128? {
    values.withUnsafeBufferPointer { values in
      var result: UInt128 = 0
      var start = digits.startIndex
      while start < digits.endIndex {
        let end = min(start + digitsAtOnce, digits.endIndex)
        var part: UInt64 = 0
        var all: UInt8 = 0
        for digit in digits[start..<end] {
          let value = values[Int(digit)]
          all |= value
          part = part << 5 | UInt64(value & 31)
        }
        // 26 digits hold 130 bits: the first may only use three of its five.
        let isTooLarge = start == digits.startIndex && part >> 58 != 0
        guard all < 32, !isTooLarge else { return nil }
        result = result << UInt128(5 * (end - start)) | UInt128(part)
        start = end
      }
      return result
    }
  }

  static func encode(_ value: UInt128, into out: UnsafeMutableBufferPointer<UInt8>) {
    let alphabet = alphabet.utf8Start
    var rest = value
    var end = out.count
    while end > 0 {
      let start = max(0, end - digitsAtOnce)
      var part = UInt64(truncatingIfNeeded: rest)
      for index in stride(from: end - 1, through: start, by: -1) {
        out[index] = alphabet[Int(part & 31)]
        part >>= 5
      }
      rest >>= UInt128(5 * digitsAtOnce)
      end = start
    }
  }
}
