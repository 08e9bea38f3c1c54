public import Availability
internal import Signing
public import Storage

/// A partner's key: "seduta_", 8 characters that name it, "_", and 52 that are secret (E-2).
///
/// 256 random bits. Only the name and a hash are kept, so the text can be shown once.
public struct APIKey: Sendable {
  /// What is shown once.
  public let text: String
  let prefix: String

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
  private static let prefixCount = 8
  private static let secretCount = 52

  /// A new one.
  public init(random: inout some RandomNumberGenerator) {
    func characters(_ count: Int) -> String {
      String((0..<count).map { _ in APIKey.alphabet[Int.random(in: 0..<32, using: &random)] })
    }
    prefix = characters(APIKey.prefixCount)
    text = "seduta_\(prefix)_\(characters(APIKey.secretCount))"
  }

  /// One that came in; nil when it does not have the form of a key.
  init?(_ text: String) {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "seduta", parts[1].utf8.count == APIKey.prefixCount,
      parts[2].utf8.count == APIKey.secretCount
    else { return nil }
    self.text = text
    prefix = String(parts[1])
  }

  var hash: [UInt8] { Digest.sha256(text.utf8) }

  /// As it is kept.
  public func stored(for partner: PartnerID, scopes: Set<Scope>) -> StoredKey {
    StoredKey(
      prefix: prefix, hash: hash, partner: partner, scopes: scopes.map(\.rawValue).sorted())
  }
}

/// What a key may be used for.
public enum Scope: String, CaseIterable, Sendable {
  /// Searching and reading.
  case read
  /// Booking, cancelling, registering clients.
  case book
  /// Keeping the directory.
  case manage
  /// What operators do.
  case admin
}
