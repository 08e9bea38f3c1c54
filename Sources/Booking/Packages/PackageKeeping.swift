internal import Availability
internal import Intervals

/// K-6, K-7: the balances of links follow from what becomes of their appointments, and from nothing else.
enum PackageKeeping {
  /// The change with what becomes of the links: told from its events alone, like the books.
  static func kept(_ change: Change, facts: Facts, stamp: Stamp) -> Change {
    var books = LinkBooks(change.events, facts: facts)
    guard !books.isEmpty else { return change }
    books.settle(at: stamp.at)
    books.renew(stamp)
    return Change(
      events: books.events(among: change.events), effects: change.effects + books.effects,
      answer: change.answer.knowing(books.latest))
  }
}

/// What becomes of links in one change: one event for each, and more where it is renewed.
private struct LinkBooks {
  /// In the order in which the change first speaks of them.
  private var order: [PackageLinkID] = []
  private(set) var latest: [PackageLinkID: PackageLink] = [:]
  /// Those that were there before.
  private var known: [PackageLinkID: PackageLink] = [:]
  private var moves: [PackageLinkID: SessionMoves] = [:]
  private var renewals: [Event] = []
  private(set) var effects: [Effect] = []

  var isEmpty: Bool { order.isEmpty }

  init(_ events: [Event], facts: Facts) {
    for event in events {
      if case .packageLinked(let link) = event {
        note(link.id)
        latest[link.id] = link
      }
      if case .packageLinkChanged(let link, from: let old) = event {
        note(link.id)
        known[link.id] = known[link.id] ?? old
        latest[link.id] = link
      }
    }
    for event in events {
      if case .appointmentBooked(let appointment, _) = event {
        move(from: nil, to: appointment.package, facts: facts)
      }
      if case .appointmentChanged(let appointment, from: let old, _) = event {
        move(from: old.package, to: appointment.package, facts: facts)
      }
    }
  }

  private mutating func note(_ id: PackageLinkID) {
    if !order.contains(id) { order.append(id) }
  }

  private mutating func move(
    from old: PackageMembership?, to new: PackageMembership?, facts: Facts
  ) {
    guard old?.link != new?.link || old?.session != new?.session else { return }
    if let old { move(-1, old, facts: facts) }
    if let new { move(1, new, facts: facts) }
  }

  private mutating func move(_ count: Int32, _ membership: PackageMembership, facts: Facts) {
    let id = membership.link
    if latest[id] == nil {
      guard let link = facts.links[id] else {
        preconditionFailure("\(id.text): a session of a package comes with it")
      }
      note(id)
      known[id] = link
      latest[id] = link
    }
    moves[id, default: SessionMoves()].add(count, as: membership.session)
  }

  /// The balances as they are then.
  mutating func settle(at now: Instant) {
    for id in order {
      guard let link = latest[id], let moved = moves[id] else { continue }
      latest[id] = link.stepping(from: known[id], at: now) { $0.take(moved, at: now) }
    }
    for id in order { latest[id]?.balance.requireConserved(of: id) }
  }

  /// K-7: those that are renewed by themselves, now that they are used up or over.
  mutating func renew(_ stamp: Stamp) {
    for id in order {
      guard let link = latest[id], link.isToRenew else { continue }
      let ordinal = Ordinal.firstOfRenewals + renewals.count
      let renewal = Renewal(
        of: link, as: stamp.id(ordinal), benefit: stamp.id(ordinal), sessions: link.balance.total,
        at: stamp.at)
      latest[id] = link.stepping(from: known[id], at: stamp.at) { $0.renewedBy = renewal.link.id }
      renewals += renewal.events
      effects.append(Messages.toClient(.packageRenewed, renewal.link))
    }
  }

  /// The change's own events, with one for each link that changed: where it had one already, that.
  func events(among events: [Event]) -> [Event] {
    var told: Set<PackageLinkID> = []
    var kept: [Event] = events.compactMap { event in
      if case .packageLinked(let link) = event {
        told.insert(link.id)
        return latest[link.id].map(Event.packageLinked)
      }
      if case .packageLinkChanged(let link, from: _) = event {
        return told.insert(link.id).inserted ? changed(link.id) : nil
      }
      return event
    }
    kept += order.filter { !told.contains($0) }.compactMap(changed)
    return kept + renewals
  }

  private func changed(_ id: PackageLinkID) -> Event? {
    guard let new = latest[id], let old = known[id], new != old else { return nil }
    return .packageLinkChanged(new, from: old)
  }
}

/// How many sessions of a link came to be reserved, or deducted; below 0 where they ceased to be.
struct SessionMoves {
  private(set) var reserved: Int32 = 0
  private(set) var attended: Int32 = 0

  mutating func add(_ count: Int32, as session: PackageSession) {
    switch session {
    case .reserved: reserved += count
    case .attended: attended += count
    case .released: break
    }
  }
}

extension PackageLink {
  /// What its appointments make of it.
  fileprivate mutating func take(_ moves: SessionMoves, at now: Instant) {
    balance.reserved += moves.reserved
    balance.attended += moves.attended
    switch state {
    case .active: break
    case .expired:
      guard balance.available > 0 else { break }
      state = .active
      let usable = now.advanced(byMs: BenefitReturn.usableMs)
      expiresAt = expiresAt.map { max($0, usable) }
    case .deleted: balance.returned += balance.available
    }
  }

  /// Whether it is renewed by itself, and was not yet.
  fileprivate var isToRenew: Bool {
    guard renews, renewedBy == nil else { return false }
    switch state {
    case .active: return balance.available == 0 && balance.reserved == 0
    case .expired: return true
    case .deleted: return false
    }
  }
}

extension PackageBalance {
  /// Total = available + reserved + attended + expired + returned, and none is below 0 (K-6).
  func requireConserved(of link: PackageLinkID) {
    precondition(
      [available, reserved, attended, expired, returned].allSatisfy { $0 >= 0 },
      "\(link.text): no more is used than there is")
  }
}

extension Answer {
  /// The same, with links as they are once the balances are kept.
  fileprivate func knowing(_ links: [PackageLinkID: PackageLink]) -> Answer {
    if case .packageLinked(let outcome) = self {
      return .packageLinked(outcome.with(links[outcome.link.id] ?? outcome.link))
    }
    if case .packageLink(let link) = self { return .packageLink(links[link.id] ?? link) }
    if case .packageLinkDeleted(let link, let appointments) = self {
      return .packageLinkDeleted(links[link.id] ?? link, appointments)
    }
    return self
  }
}
