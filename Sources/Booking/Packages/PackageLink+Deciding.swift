internal import Accounting
internal import Availability
internal import Intervals

/// What decisions ask of a link, and make of it.
extension PackageLink {
  /// The link one version on.
  /// - Parameters:
  ///   - old: as it was before this decision, whose changes are one; nil where it was made in it, and stays at its
  ///     first version.
  ///   - change: makes it what it is then; version and time are seen to.
  func stepping(
    from old: PackageLink?, at now: Instant, _ change: (inout PackageLink) -> Void
  ) -> PackageLink {
    var result = self
    change(&result)
    if let old { result.version = old.version + 1 }
    result.changedAt = now
    return result
  }

  /// The link one version on, in a decision that has not changed it yet.
  func stepping(at now: Instant, _ change: (inout PackageLink) -> Void) -> PackageLink {
    stepping(from: self, at: now, change)
  }

  /// What says of an appointment that it is a session of it.
  var membership: PackageMembership {
    let isByProcedure =
      switch posting {
      case .byProcedure: true
      case .total: false
      }
    return PackageMembership(
      link: id, isByProcedure: isByProcedure, commission: commission, details: details)
  }

  /// How its sessions are paid (K-5): by its benefit, or once their procedure is chosen.
  var sessionPlan: PaymentPlan {
    switch posting {
    case .byProcedure: .onSite
    case .total(let sum): sum.isZero ? .free : .package
    }
  }

  /// Whether sessions of it can be booked now. At its expiry it is over, whether or not anyone has written that down.
  func requireActive(at now: Instant) throws(Refused) {
    guard state == .active else { throw Refused(.packageNotActive(id, state)) }
    if let expiresAt, expiresAt <= now { throw Refused(.packageNotActive(id, .expired)) }
  }

  /// K-1: whether a session can begin then.
  func requireValid(for start: Minute) throws(Refused) {
    if let expiresAt, expiresAt <= start.instant {
      throw Refused(.packageExpires(id, at: expiresAt))
    }
  }

  /// K-6: nobody uses more than is left.
  func requireAvailable() throws(Refused) {
    guard balance.available > 0 else {
      throw Refused(.packageUsedUp(id, available: balance.available))
    }
  }

  /// The link that a request names, if the actor may change it and it is as they saw it.
  /// - Parameter field: where the request names it.
  static func known(
    _ id: PackageLinkID, to actor: Actor, seen version: Int64?, facts: Facts
  ) throws(Refused) -> PackageLink {
    guard let link = facts.links[id], actor.manages(link.services, facts) else {
      throw Refused(.notFound(id: id.text, field: "link_id"))
    }
    if let version, version != link.version {
      throw Refused(.staleVersion(id: id.text, seen: version, current: link.version))
    }
    return link
  }

  /// The end of its validity, counted from linking in days of 24 hours.
  static func end(ofDays days: Int32?, from now: Instant) -> Instant? {
    days.map { now.advanced(byMs: Int64($0) * 86_400_000) }
  }
}

extension Actor {
  /// Whether packages of these services are theirs to link and to change: staff's, and those of a therapist who has
  /// one of them.
  func manages(_ services: [ServiceID], _ facts: Facts) -> Bool {
    switch self {
    case .staff, .time, .gateway: true
    case .therapist(let id): services.contains { facts.services[$0]?.therapist == id }
    case .client, .link: false
    }
  }
}

extension NamedSession {
  /// The same session as long as those of a package (K-5).
  func lasting(minutes: Int32) -> NamedSession {
    resized(minutes: minutes, buffers: offer.buffers)
  }
}

extension Appointment {
  /// K-1: a session of a package stays within its validity wherever it is moved.
  func requireValid(at start: Minute, facts: Facts) throws(Refused) {
    guard let package, package.session != .released, let link = facts.links[package.link] else {
      return
    }
    try link.requireValid(for: start)
  }
}

extension PackageSession {
  /// What an attendance makes of a package's session (K-6).
  init(for attendance: Attendance, among statuses: AttendanceStatuses) {
    switch attendance {
    case .attended: self = .attended
    case .unset, .noShow: self = .reserved
    case .custom(let code):
      switch statuses.all.first(where: { $0.code == code })?.effect {
      case .deduct: self = .attended
      case .release: self = .released
      case .some(.none), nil: self = .reserved
      }
    }
  }
}

extension Messages {
  /// About a package as a whole (N-1).
  static func toClient(_ kind: MessageKind, _ link: PackageLink) -> Effect {
    .message(Notice(kind, to: .client(link.client), about: .packageLink(link.id)))
  }
}
