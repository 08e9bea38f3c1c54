internal import Availability
internal import Intervals

/// K-7: a link is renewed, by hand.
enum RenewingLink {
  static func needs(_ wish: LinkRenewal) -> Needs {
    var needs = Needs()
    needs.links.insert(wish.link)
    if let id = wish.id { needs.links.insert(id) }
    return needs
  }

  static func decide(
    _ wish: LinkRenewal, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let link = try PackageLink.known(
        wish.link, to: command.actor, seen: wish.seenVersion, facts: facts)
      guard link.state != .deleted else { throw Refused(.packageNotActive(link.id, link.state)) }
      let sessions = wish.sessions ?? link.balance.total
      if let fault = link.posting.fault(ofSessions: sessions, field: "sessions") {
        throw Refused(.invalid([fault]))
      }
      if let id = wish.id, facts.links[id] != nil || facts.takenElsewhere.contains(id.text) {
        throw Refused(.idTaken(id: id.text, field: "new_link_id"))
      }
      let renewal = Renewal(
        of: link, as: wish.id ?? stamp.id(Ordinal.packageLink),
        benefit: stamp.id(Ordinal.benefit), sessions: sessions, at: stamp.at)
      let renewed = link.stepping(at: stamp.at) { $0.renewedBy = renewal.link.id }
      return .change(
        Change(
          events: [.packageLinkChanged(renewed, from: link)] + renewal.events,
          effects: wish.isQuiet ? [] : [Messages.toClient(.packageRenewed, renewal.link)],
          answer: .packageLink(renewal.link)))
    } catch {
      return .refuse(error.refusal)
    }
  }
}
