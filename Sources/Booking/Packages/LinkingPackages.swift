internal import Accounting
internal import Availability
internal import Intervals

/// K-2 to K-5: a package is given to a client, with dates or without.
enum LinkingPackages {
  static func needs(_ wish: LinkWish) -> Needs {
    var needs = Needs()
    needs.packages.insert(wish.package)
    needs.clients.insert(wish.client)
    if let id = wish.id { needs.links.insert(id) }
    if let room = wish.room { needs.rooms.insert(room) }
    for line in wish.lines.lines {
      if let therapist = line.therapist {
        needs.therapies.insert(CarePair(therapist, wish.client))
      }
    }
    NamedLine.need(for: wish.lines, in: &needs)
    if let payment = wish.payment { PayingLink.need(payment, in: &needs) }
    return needs
  }

  static func decide(
    _ wish: LinkWish, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let (package, client) = try parts(of: wish, by: command.actor, facts: facts)
      return .change(
        try link(package, to: client, wish, as: command, facts: facts, stamp: stamp))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func parts(
    of wish: LinkWish, by actor: Actor, facts: Facts
  ) throws(Refused) -> (package: Package, client: Client) {
    guard let package = facts.packages[wish.package], actor.manages(package.services, facts) else {
      throw Refused(.notFound(id: wish.package.text, field: "package_id"))
    }
    guard let client = facts.clients[wish.client] else {
      throw Refused(.notFound(id: wish.client.text, field: "client_id"))
    }
    if let room = wish.room, facts.roomOwners[room] == nil {
      throw Refused(.notFound(id: room.text, field: "room_id"))
    }
    if let id = wish.id, facts.links[id] != nil || facts.takenElsewhere.contains(id.text) {
      throw Refused(.idTaken(id: id.text, field: "link_id"))
    }
    guard !package.isArchived else {
      throw Refused(
        .invalid([
          FieldFault(field: "package_id", expected: "expected a package that is not archived")
        ]))
    }
    if let fault = package.posting.fault(
      ofSessions: wish.sessions ?? package.sessions, field: "sessions")
    {
      throw Refused(.invalid([fault]))
    }
    return (package, client)
  }

  private static func link(
    _ package: Package, to client: Client, _ wish: LinkWish, as command: Command, facts: Facts,
    stamp: Stamp
  ) throws(Refused) -> Change {
    let (link, benefit) = PackageLink.made(of: package, for: client, wish, stamp: stamp)
    var events: [Event] = [.packageLinked(link)] + (benefit.map { [.benefitMade($0)] } ?? [])
    var facts = facts
    facts.links[link.id] = link
    facts.learn(events)
    let draft = try PackageDraft(wish.lines, of: link, as: command, facts: facts, stamp: stamp)
    var outcome = LinkOutcome(
      link: link, appointments: draft.appointments, lines: draft.reports,
      outstanding: benefit?.value, intent: nil)
    guard draft.isBookable else {
      guard command.validateOnly else { throw Refused(.packageLinesUnbookable(draft.reports)) }
      return Change(events: [], answer: .packageLinked(outcome))
    }
    var effects = wish.isQuiet ? [] : [Messages.toClient(.packageLinked, link)]
    if let payment = wish.payment {
      let paid = try pay(payment, for: benefit, of: link, facts: facts, stamp: stamp)
      events += paid.events
      effects += paid.effects
      outcome = LinkOutcome(
        link: link, appointments: draft.appointments, lines: draft.reports,
        outstanding: benefit?.outstanding(after: paid.payment.map { [$0] } ?? []),
        intent: paid.intent)
    }
    return Change(
      events: events + draft.events, effects: effects + draft.effects,
      answer: .packageLinked(outcome))
  }

  private static func pay(
    _ payment: LinkPayment, for benefit: Benefit?, of link: PackageLink, facts: Facts,
    stamp: Stamp
  ) throws(Refused) -> PayingLink.Paid {
    guard let benefit else { throw Refused(.nothingDueForPackage(link.id)) }
    return try PayingLink.pay(
      payment, for: benefit, of: link.id, note: "", facts: facts, stamp: stamp)
  }
}

extension PackageLink {
  /// A template as it is given to a client, and what pays for its sessions.
  fileprivate static func made(
    of package: Package, for client: Client, _ wish: LinkWish, stamp: Stamp
  ) -> (link: PackageLink, benefit: Benefit?) {
    let id = wish.id ?? stamp.id(Ordinal.packageLink)
    let sessions = wish.sessions ?? package.sessions
    let expiresAt = PackageLink.end(ofDays: package.validityDays, from: stamp.at)
    let benefit = Benefit.of(
      id, stamp.id(Ordinal.benefit), client: client.id, posting: package.posting,
      sessions: sessions, until: expiresAt, at: stamp.at)
    var details = wish.details
    if details.phone.isEmpty { details.phone = client.person.phone.text }
    let link = PackageLink(
      id: id, client: client.id, package: package.id, name: package.name,
      renews: wish.renews ?? package.renews, posting: package.posting,
      durationMinutes: package.durationMinutes, validityDays: package.validityDays,
      commission: package.commission, services: package.services, details: details,
      room: wish.room, smsLeadMinutes: wish.smsLeadMinutes ?? client.person.smsLeadMinutes,
      balance: PackageBalance(total: sessions), benefit: benefit?.id, expiresAt: expiresAt,
      linkedAt: stamp.at, changedAt: stamp.at)
    return (link, benefit)
  }
}
