internal import Accounting
internal import Availability
internal import Intervals

/// K-4, K-7: a link is changed. Appointments that were made stay as they are.
enum EditingLink {
  static func needs(_ edit: LinkEdit) -> Needs {
    var needs = Needs()
    needs.links.insert(edit.link)
    if case .some(.some(let room)) = edit.room { needs.rooms.insert(room) }
    return needs
  }

  static func decide(
    _ edit: LinkEdit, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let link = try PackageLink.known(
        edit.link, to: command.actor, seen: edit.seenVersion, facts: facts)
      try link.requireActive(at: stamp.at)
      if case .some(.some(let room)) = edit.room, facts.roomOwners[room] == nil {
        throw Refused(.notFound(id: room.text, field: "room_id"))
      }
      if case .some(.some(let end)) = edit.expiresAt, end <= stamp.at {
        throw Refused(
          .invalid([FieldFault(field: "expire_time", expected: "expected a time in the future")]))
      }
      let edited = link.edited(by: edit)
      if let count = edit.sessions { try link.requireCount(count) }
      let changed = edited.stamped(from: link, at: stamp.at)
      var events: [Event] = [.packageLinkChanged(changed, from: link)]
      if let benefit = link.benefit.flatMap({ facts.benefits[$0] }) {
        let other = try benefit.edited(
          sessions: edited.balance.total - link.balance.total, until: edited.expiresAt,
          at: stamp.at)
        if other != benefit { events.append(.benefitChanged(other, from: benefit)) }
      }
      guard edited != link else {
        return .change(Change(events: [], answer: .packageLink(link)))
      }
      return .change(Change(events: events, answer: .packageLink(changed)))
    } catch {
      return .refuse(error.refusal)
    }
  }
}

extension PackageLink {
  fileprivate func edited(by edit: LinkEdit) -> PackageLink {
    var link = self
    if let sessions = edit.sessions { link.balance.total = sessions }
    if let renews = edit.renews { link.renews = renews }
    if let expiresAt = edit.expiresAt { link.expiresAt = expiresAt }
    if let insurer = edit.insurer { link.details.insurer = insurer }
    if let number = edit.authorisationNumber { link.details.authorisationNumber = number }
    if let phone = edit.phone { link.details.phone = phone }
    if let notes = edit.notes { link.details.notes = notes }
    if let room = edit.room { link.room = room }
    if let minutes = edit.smsLeadMinutes { link.smsLeadMinutes = minutes }
    return link
  }

  fileprivate func stamped(from old: PackageLink, at now: Instant) -> PackageLink {
    stepping(from: old, at: now) { _ in }
  }

  /// K-4: no fewer than are used already.
  fileprivate func requireCount(_ count: Int32) throws(Refused) {
    let used = balance.total - balance.available
    let limits = max(1, used)...Package.sessionCount.upperBound
    guard limits ~= count else {
      throw Refused(
        .invalid([
          FieldFault(
            field: "sessions",
            expected: "expected \(limits.lowerBound) to \(limits.upperBound), since \(used) are "
              + "used, got \(count)")
        ]))
    }
  }
}

extension Benefit {
  /// What pays for a link's sessions, once that has so many more, or less, for the same sum.
  fileprivate func edited(
    sessions change: Int32, until end: Instant?, at now: Instant
  ) throws(Refused) -> Benefit {
    guard change != 0 || end != expiresAt else { return self }
    // With no session left for it, what is left of the sum would never be earned; with too many, some would cost
    // nothing.
    guard let counted = counting(change, at: now), counted.sessionsLeft > 0 || valueLeft == 0 else {
      let used = sessions - sessionsLeft
      throw Refused(
        .invalid([
          FieldFault(
            field: "sessions",
            expected: valueLeft == 0
              ? "expected \(used): nothing is left of the sum for more"
              : "expected \(used + 1) to \(Int64(used) + valueLeft), so that what is left of the "
                + "sum is for the sessions that are left")
        ]))
    }
    var edited = counted
    edited.expiresAt = end
    return edited
  }
}
