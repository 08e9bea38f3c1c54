internal import Availability

/// N-3, N-5: a partner's own texts, and how its messages go out.
enum NotificationDesk {
  static func needs(_ put: MessageTemplatePut) -> Needs {
    var needs = Needs()
    needs.messageTemplates.insert(put.key)
    return needs
  }

  static func settingsNeeds() -> Needs {
    var needs = Needs()
    needs.notificationSettings = true
    return needs
  }

  static func decide(_ put: MessageTemplatePut, facts: Facts) -> Decision {
    let current = facts.messageTemplates[put.key] ?? 0
    if let seen = put.seenVersion, seen != current {
      return .refuse(
        .staleVersion(id: put.key.kind.rawValue, seen: seen, current: current))
    }
    let version = current + 1
    return .change(
      Change(
        events: [.messageTemplatePut(put.key, put.template, version: version)],
        answer: .messageTemplate(put.key, put.template, version: version)))
  }

  static func decide(
    _ put: NotificationSettingsPut, of partner: PartnerID, facts: Facts
  ) -> Decision {
    let current = facts.notificationSettings.version
    if let seen = put.seenVersion, seen != current {
      return .refuse(.staleVersion(id: partner.text, seen: seen, current: current))
    }
    let settings = put.applied(to: facts.notificationSettings)
    return .change(
      Change(
        events: [.notificationSettingsPut(settings)], answer: .notificationSettings(settings)))
  }
}
