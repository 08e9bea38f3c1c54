internal import Availability

/// Changes of the partner's own attendance statuses.
enum AttendanceStatusDesk {
  static func needs() -> Needs {
    var needs = Needs()
    needs.attendanceStatuses = true
    return needs
  }

  static func decide(
    _ put: AttendanceStatusesPut, of partner: PartnerID, facts: Facts
  ) -> Decision {
    let current = facts.attendanceStatuses.version
    if let seen = put.seenVersion, seen != current {
      return .refuse(.staleVersion(id: partner.text, seen: seen, current: current))
    }
    let changed = AttendanceStatuses(put.statuses, version: current + 1)
    return .change(
      Change(events: [.attendanceStatusesPut(changed)], answer: .attendanceStatuses(changed)))
  }
}
