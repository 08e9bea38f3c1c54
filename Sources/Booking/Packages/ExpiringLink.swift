internal import Availability
internal import Intervals

/// K-1: a link's validity is over: what is left of it lapses.
///
/// Asked about one whose validity is not over, it changes nothing.
enum ExpiringLink {
  static func needs(_ id: PackageLinkID) -> Needs {
    var needs = Needs()
    needs.links.insert(id)
    return needs
  }

  static func decide(
    _ id: PackageLinkID, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    guard let link = facts.links[id] else {
      return .refuse(.notFound(id: id.text, field: "link_id"))
    }
    guard let due = link.due, due <= stamp.at else {
      return .change(Change(events: [], answer: .packageLink(link)))
    }
    let expired = link.stepping(at: stamp.at) {
      $0.state = .expired
      $0.balance.expired += $0.balance.available
    }
    var events: [Event] = [.packageLinkChanged(expired, from: link)]
    if let benefit = link.benefit.flatMap({ facts.benefits[$0] }) {
      events.append(.benefitChanged(benefit.expiring(at: stamp.at), from: benefit))
    }
    return .change(Change(events: events, answer: .packageLink(expired)))
  }
}
