internal import Availability

/// Changes of a therapy's settings (B-7).
enum TherapyDesk {
  static func needs(_ update: TherapyUpdate) -> Needs {
    var needs = Needs()
    needs.therapiesByID.insert(update.therapy)
    return needs
  }

  static func decide(_ update: TherapyUpdate, by actor: Actor, facts: Facts) -> Decision {
    guard let therapy = facts.therapiesByID[update.therapy], therapy.isVisible(to: actor) else {
      return .refuse(.notFound(id: update.therapy.text, field: "therapy_id"))
    }
    if let seen = update.seenVersion, seen != therapy.version {
      return .refuse(
        .staleVersion(id: therapy.id.text, seen: seen, current: therapy.version))
    }
    var changed = therapy
    changed.selfBooking = update.selfBooking
    changed.version += 1
    return .change(Change(events: [.therapyChanged(changed)], answer: .therapy(changed)))
  }
}
