public import Intervals

/// On whose behalf a call is made.
public enum Role: Hashable, Sendable {
  case staff, therapist, client
}

/// When, and on whose behalf, the rules are asked.
public struct Moment: Hashable, Sendable {
  public let now: Instant
  public let role: Role

  public init(now: Instant, role: Role) {
    self.now = now
    self.role = role
  }

  /// What the wall clock shows now.
  public func today(in zone: Zone) -> CivilDate {
    zone.date(at: Minute(reckonableAtOrBefore: now))
  }

  /// The last day on which a session may start; it is included (S-2).
  func lastDay(under horizons: HorizonPolicy, in zone: Zone) -> CivilDate {
    horizons.lastDay(for: role, today: today(in: zone))
  }

  /// Starts are before this.
  func horizonEnd(under horizons: HorizonPolicy, in zone: Zone) -> Minute {
    let lastDay = lastDay(under: horizons, in: zone)
    return zone.edge(LocalMinute(date: lastDay, minuteOfDay: LocalMinute.perDay))
  }

  /// The first start that has not passed.
  var firstStart: Minute {
    let begun = Minute(reckonableAtOrBefore: now)
    return begun.instant < now ? begun.advanced(byMinutes: 1) : begun
  }

  /// The first start of which a policy's notice is given in time.
  func firstStart(under policy: BookingPolicy) -> Minute {
    firstStart.advanced(byMinutes: policy.minimumNoticeMinutes)
  }
}
