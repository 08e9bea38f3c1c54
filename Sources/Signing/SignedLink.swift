public import Availability

/// The token of a link that does one thing to one appointment without a login, such as cancelling it
///
///
/// "lnk_" and base64url of partner, appointment and a signature. It is the same each time, and neither
/// ends nor wears out by itself: whether the link still serves is told by the appointment.
public struct SignedLink: Hashable, Sendable {
  /// What a link is for. A token of one purpose does not serve another.
  public enum Purpose: String, CaseIterable, Sendable {
    case cancel
  }

  public let purpose: Purpose
  public let partner: PartnerID
  public let appointment: AppointmentID

  /// How long each token is.
  public static let textByteCount = 68
  private static let prefix = "lnk_"
  private static let idByteCount = 16
  /// 128 of the 256 bits: nobody guesses them, and the link stays short.
  private static let signatureByteCount = 16

  public init(_ purpose: Purpose, of appointment: AppointmentID, partner: PartnerID) {
    self.purpose = purpose
    self.partner = partner
    self.appointment = appointment
  }

  /// Nil unless the text was made for this purpose, with this secret.
  public init?(_ purpose: Purpose, text: String, secret: [UInt8]) {
    let idsByteCount = 2 * SignedLink.idByteCount
    guard text.hasPrefix(SignedLink.prefix),
      let bytes = Base64URL.bytes(String(text.dropFirst(SignedLink.prefix.count))),
      bytes.count == idsByteCount + SignedLink.signatureByteCount
    else { return nil }
    self.purpose = purpose
    partner = ID(rawValue: UInt128(bigEndian: bytes[..<SignedLink.idByteCount]))
    appointment = ID(rawValue: UInt128(bigEndian: bytes[SignedLink.idByteCount..<idsByteCount]))
    guard Digest.areEqual(Array(bytes[idsByteCount...]), signature(secret: secret)) else {
      return nil
    }
  }

  /// As it travels in the link.
  public func text(secret: [UInt8]) -> String {
    SignedLink.prefix + Base64URL.text(ids + signature(secret: secret))
  }

  private var ids: [UInt8] { partner.rawValue.bigEndianBytes + appointment.rawValue.bigEndianBytes }

  private func signature(secret: [UInt8]) -> [UInt8] {
    // No purpose has a NUL in its name, so no two contents read the same.
    let content = Array("link \(purpose.rawValue)\0".utf8) + ids
    return Array(Digest.hmac(content, secret: secret).prefix(SignedLink.signatureByteCount))
  }
}

extension UInt128 {
  fileprivate init(bigEndian bytes: some Collection<UInt8>) {
    self = bytes.reduce(0) { $0 << 8 | UInt128($1) }
  }

  fileprivate var bigEndianBytes: [UInt8] {
    (0..<16).reversed().map { UInt8(truncatingIfNeeded: self >> UInt128(8 * $0)) }
  }
}
