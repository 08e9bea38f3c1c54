internal import Accounting
internal import Availability
internal import Intervals

/// K-7: another link on the same terms, that follows one.
struct Renewal {
  let link: PackageLink
  /// That it came to be, with what pays for its sessions.
  let events: [Event]

  /// - Parameters:
  ///   - benefit: an id for what pays for its sessions, where something does.
  ///   - sessions: at least one, and no more than minor units of its sum.
  init(
    of old: PackageLink, as id: PackageLinkID, benefit: BenefitID, sessions: Int32, at now: Instant
  ) {
    let expiresAt = PackageLink.end(ofDays: old.validityDays, from: now)
    let made = Benefit.of(
      id, benefit, client: old.client, posting: old.posting, sessions: sessions, until: expiresAt,
      at: now)
    link = PackageLink(
      id: id, client: old.client, package: old.package, name: old.name, renews: old.renews,
      posting: old.posting, durationMinutes: old.durationMinutes, validityDays: old.validityDays,
      commission: old.commission, services: old.services, details: old.details, room: old.room,
      smsLeadMinutes: old.smsLeadMinutes, balance: PackageBalance(total: sessions),
      benefit: made?.id, expiresAt: expiresAt, renewalOf: old.id, linkedAt: now, changedAt: now)
    events = [.packageLinked(link)] + (made.map { [.benefitMade($0)] } ?? [])
  }
}

extension Benefit {
  /// What pays for the sessions of a link; nil where nothing does: by procedure, or where it costs nothing.
  static func of(
    _ link: PackageLinkID, _ id: BenefitID, client: ClientID, posting: PackagePosting,
    sessions: Int32, until expiresAt: Instant?, at now: Instant
  ) -> Benefit? {
    switch posting {
    case .byProcedure: nil
    case .total(let sum):
      sum.isZero
        ? nil
        : .of(
          link, id, client: client, services: [], sessions: sessions, value: sum,
          until: expiresAt, at: now)
    }
  }
}

extension PackagePosting {
  /// What is wrong with so many sessions for this; nil where nothing is.
  func fault(ofSessions sessions: Int32, field: String) -> FieldFault? {
    guard Package.sessionCount ~= sessions else {
      let limits = Package.sessionCount
      return FieldFault(
        field: field,
        expected: "expected \(limits.lowerBound) to \(limits.upperBound), got \(sessions)")
    }
    guard case .total(let sum) = self, !sum.isZero, sum.minorUnits < Int64(sessions) else {
      return nil
    }
    return FieldFault(
      field: field,
      expected: "expected at most \(sum.minorUnits), so that each is worth a minor unit, got "
        + "\(sessions)")
  }
}
