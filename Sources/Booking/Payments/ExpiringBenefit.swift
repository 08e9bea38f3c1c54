internal import Availability
internal import Intervals

/// P-5: a benefit's time is over: what is left of it lapses.
///
/// Asked about one whose time is not over, it changes nothing.
enum ExpiringBenefit {
  static func needs(_ id: BenefitID) -> Needs {
    var needs = Needs()
    needs.benefits.insert(id)
    return needs
  }

  static func decide(_ id: BenefitID, facts: Facts, stamp: Stamp) -> Decision {
    guard let benefit = facts.benefits[id] else {
      return .refuse(.notFound(id: id.text, field: "benefit_id"))
    }
    guard let due = benefit.due, due <= stamp.at else {
      return .change(Change(events: [], answer: .benefit(benefit, intent: nil)))
    }
    let expired = benefit.expiring(at: stamp.at)
    return .change(
      Change(
        events: [.benefitChanged(expired, from: benefit)],
        answer: .benefit(expired, intent: nil)))
  }
}
