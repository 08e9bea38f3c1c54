internal import Availability

/// Changes of the partner's policy.
enum PolicyDesk {
  static func needs() -> Needs {
    var needs = Needs()
    needs.partnerPolicy = true
    return needs
  }

  static func decide(_ put: PolicyPut, of partner: PartnerID, facts: Facts) -> Decision {
    let current = facts.partnerPolicy.version
    if let seen = put.seenVersion, seen != current {
      return .refuse(.staleVersion(id: partner.text, seen: seen, current: current))
    }
    let changed = PartnerPolicy(policy: put.policy, version: current + 1)
    return .change(Change(events: [.policyPut(changed)], answer: .policy(changed)))
  }
}
