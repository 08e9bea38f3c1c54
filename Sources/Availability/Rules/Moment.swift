public import Intervals

/// On whose behalf a call is made.
public enum Role: Hashable, Sendable {
  case staff, therapist, client
}

/// How far ahead may be seen and booked, in calendar months from today (S-2).
public struct HorizonPolicy: Hashable, Sendable {
  /// For staff and therapists.
  public let staffMonths: Int
  public let clientMonths: Int

  public init(staffMonths: Int, clientMonths: Int) {
    self.staffMonths = staffMonths
    self.clientMonths = clientMonths
  }

  public static let standard = HorizonPolicy(staffMonths: 6, clientMonths: 1)

  /// The last day on which a session may start; it is included.
  public func lastDay(for role: Role, today: CivilDate) -> CivilDate {
    switch role {
    case .staff, .therapist: today.adding(months: staffMonths)
    case .client: today.adding(months: clientMonths)
    }
  }
}

/// When, and on whose behalf, the rules are asked.
public struct Moment: Hashable, Sendable {
  public let now: Instant
  public let role: Role
  public let horizons: HorizonPolicy

  public init(now: Instant, role: Role, horizons: HorizonPolicy = .standard) {
    self.now = now
    self.role = role
    self.horizons = horizons
  }

  /// What the wall clock shows now.
  public func today(in zone: Zone) -> CivilDate {
    zone.date(at: Minute(reckonableAtOrBefore: now))
  }

  /// The last day on which a session may start; it is included.
  public func lastDay(in zone: Zone) -> CivilDate {
    horizons.lastDay(for: role, today: today(in: zone))
  }

  /// The first start that has not passed.
  var firstStart: Minute {
    let begun = Minute(reckonableAtOrBefore: now)
    return begun.instant < now ? begun.advanced(byMinutes: 1) : begun
  }
}
