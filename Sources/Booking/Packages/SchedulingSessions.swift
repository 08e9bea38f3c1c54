internal import Accounting
internal import Availability
internal import Intervals

/// K-3: more sessions of a link are booked.
///
/// Follow-ups (B-7) are not asked about: whoever gave the package has decided on several sessions.
enum SchedulingSessions {
  static func needs(_ wish: PackageScheduleWish) -> Needs {
    var needs = Needs()
    needs.links.insert(wish.link)
    NamedLine.need(for: wish.lines, in: &needs)
    return needs
  }

  static func decide(
    _ wish: PackageScheduleWish, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let link = try PackageLink.known(
        wish.link, to: command.actor, seen: wish.seenVersion, facts: facts)
      try link.requireActive(at: stamp.at)
      let draft = try PackageDraft(
        wish.lines, of: link, as: command, facts: facts, stamp: stamp)
      guard draft.isBookable || command.validateOnly else {
        throw Refused(.packageLinesUnbookable(draft.reports))
      }
      let isTold = !wish.isQuiet && !draft.appointments.isEmpty
      return .change(
        Change(
          events: draft.events,
          effects: (isTold ? [Messages.toClient(.packageLinked, link)] : []) + draft.effects,
          answer: .packageLinked(
            LinkOutcome(
              link: link, appointments: draft.appointments, lines: draft.reports,
              outstanding: facts.outstanding(for: link), intent: nil))))
    } catch {
      return .refuse(error.refusal)
    }
  }
}

extension Facts {
  /// What is still to be paid of a link's sum; nil where nothing was posted at linking.
  func outstanding(for link: PackageLink) -> Money? {
    link.benefit.flatMap { benefits[$0] }.map {
      $0.outstanding(after: benefitPayments[$0.id] ?? [])
    }
  }
}
