public import Accounting
internal import Availability
internal import Intervals

/// K-5: the benefit of a package that is sold by its total value. Its client owes the sum from linking on, whether
/// or not it is paid, and its sessions are what is left of the package.
extension Benefit {
  /// - Parameters:
  ///   - sessions: more than 0.
  ///   - value: at least one minor unit for each session.
  static func of(
    _ link: PackageLinkID, _ id: BenefitID, client: ClientID, services: [ServiceID],
    sessions: Int32, value: Money, until expiresAt: Instant?, at now: Instant
  ) -> Benefit {
    Benefit(
      id: id, client: client, kind: .sessions, origin: .package, services: services, value: value,
      sessions: sessions, valueLeft: value.minorUnits, sessionsLeft: sessions, state: .active,
      expiresAt: expiresAt, link: link, createdAt: now, changedAt: now)
  }

  /// What the next session that is booked costs: of the value left, by largest remainder, so that the last session
  /// takes the rest. 0 where there is none.
  var valueOfNextSession: Int64 {
    let equal = [Int64](repeating: 1, count: Int(max(0, sessionsLeft)))
    return Shares.split(valueLeft, by: equal)?.first ?? 0
  }

  /// K-4: with so many sessions more, or less, for the same sum.
  /// - Returns: nil where one of those left would be worth less than a minor unit, or fewer than none were left.
  func counting(_ sessions: Int32, at now: Instant) -> Benefit? {
    let left = sessionsLeft + sessions
    guard left >= 0, valueLeft >= Int64(left) else { return nil }
    return stepping(at: now) {
      $0.sessions += sessions
      $0.sessionsLeft = left
      if $0.state == .active || $0.state == .usedUp { $0.state = left > 0 ? .active : .usedUp }
    }
  }

  /// Its time is over: what is left lapses. What comes back later is then all that it has.
  func expiring(at now: Instant) -> Benefit {
    stepping(at: now) {
      $0.state = .expired
      $0.valueLeft = 0
      $0.sessionsLeft = 0
    }
  }

  /// Its package is deleted (K-7). The value left stays written down: it is not owed any more.
  func returning(at now: Instant) -> Benefit {
    stepping(at: now) {
      $0.state = .canceled
      $0.sessionsLeft = 0
    }
  }

  /// Of a package's sum, what is not owed since the package was deleted; minor units.
  var returned: Int64 { link != nil && state == .canceled ? valueLeft : 0 }

  /// What its client owes for a package in all: the sum, less what was returned. Minor units.
  var owed: Int64 { value.minorUnits - returned }

  /// Of a package's sum, what is still to be paid.
  /// - Parameter payments: all that moved for the benefit itself.
  public func outstanding(after payments: [Payment]) -> Money {
    Money(
      minorUnits: max(0, owed - payments.keptInAll), currency: value.currency)
  }
}

extension [Payment] {
  /// What came in, less what went back or is about to; minor units.
  var keptInAll: Int64 {
    reduce(0) { sum, payment in
      guard payment.counts else { return sum }
      let amount = payment.amount.minorUnits
      return sum + (payment.direction == .payment ? amount : -amount)
    }
  }
}

extension Facts {
  /// The benefit that pays for a package's sessions, as it is by now; nil where it has none.
  func benefit(of link: PackageLinkID, client: ClientID?) -> Benefit? {
    if let client, let one = accounts[client]?.first(where: { $0.link == link }) { return one }
    return links[link]?.benefit.flatMap { benefits[$0] }
  }
}

extension Appointment {
  /// Whether the benefit of its package pays for it, and nothing else does (K-5).
  var isPaidByPackage: Bool { plan == .package && package?.isByProcedure == false }

  /// Whether its package's session is free for another appointment: then nothing is claimed for it.
  var isReleased: Bool { package?.session == .released }
}
