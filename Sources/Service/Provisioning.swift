public import Availability
internal import Intervals
public import Storage

/// Makes partners and their keys.
public enum Provisioning {
  /// In an empty database: makes the first partner, with a key that may do everything.
  /// - Returns: nil when there is a partner already.
  public static func makeFirstKey(
    in store: Store, partnerName: String, clock: WallClock = .system
  ) throws -> (partner: PartnerID, key: APIKey)? {
    guard try store.read({ try $0.partners() }).isEmpty else { return nil }
    return try makePartner(
      named: partnerName, scopes: Set(Scope.allCases), in: store, clock: clock)
  }

  /// A new partner with a first key.
  public static func makePartner(
    named name: String, scopes: Set<Scope>, in store: Store, clock: WallClock = .system
  ) throws -> (partner: PartnerID, key: APIKey) {
    let now = clock.now()
    let partner = PartnerID(
      at: now.msSinceEpoch, entropy: UInt128.random(in: .min ... .max))
    var random = SystemRandomNumberGenerator()
    let key = APIKey(random: &random)
    // Together: a partner without a key could never be reached.
    try store.write { transaction in
      try transaction.insertPartner(partner, name: name, at: now)
      try transaction.insert(key.stored(for: partner, scopes: scopes), at: now)
    }
    return (partner, key)
  }

  /// Another key of a partner that exists.
  public static func makeKey(
    for partner: PartnerID, scopes: Set<Scope>, in store: Store, clock: WallClock = .system
  ) throws -> APIKey {
    var random = SystemRandomNumberGenerator()
    let key = APIKey(random: &random)
    try store.write { transaction in
      try transaction.insert(key.stored(for: partner, scopes: scopes), at: clock.now())
    }
    return key
  }
}
