internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// How a partner's messages go out, and its own texts (N-3, N-5).
struct NotificationDeskTests {
  private static let old = NotificationSettings(
    senderName: "Aurora", replyTo: nil, payURL: "https://example.org/{appointment_id}",
    cancelURL: "", joinURL: "", sendsEmail: true, sendsSMS: false, version: 4)

  private static func decide(
    _ wish: Wanted, _ prepare: (inout Facts) -> Void = { _ in }
  ) -> Decision {
    var facts = Facts(index: AvailabilityIndex())
    facts.notificationSettings = old
    prepare(&facts)
    return Engine.decide(
      Command(partner: partner, actor: desk, wish: wish, validateOnly: false), facts: facts,
      stamp: Stamp(at: Instant(msSinceEpoch: 1_800_000_000_000), seed: 1))
  }

  private static func settings(
    _ fields: Set<NotificationField>, seen: Int64? = nil
  ) -> Decision {
    decide(
      .putNotificationSettings(
        NotificationSettingsPut(settings: .unset, fields: fields, seenVersion: seen)))
  }

  @Test(
    "a change takes what it names, and leaves the rest",
    arguments: NotificationField.allCases
  )  // N-5
  func named(_ field: NotificationField) throws {
    guard case .change(let change) = Self.settings([field]),
      case .notificationSettingsPut(let new)? = change.events.first
    else {
      Issue.record("refused")
      return
    }
    #expect(new.version == 5)
    #expect(new.senderName == (field == .senderName ? "" : "Aurora"))
    #expect(new.payURL == (field == .payURL ? "" : Self.old.payURL))
    #expect(new.sendsSMS == (field == .sendsSMS))
    #expect(new.sendsEmail)
    #expect(change.answer == .notificationSettings(new))
  }

  @Test("a stale version is refused")  // B-14
  func stale() {
    #expect(
      Self.settings([.senderName], seen: 3)
        == .refuse(.staleVersion(id: partner.text, seen: 3, current: 4)))
  }

  @Test("a text's version grows with each change, taking it away among them")  // N-3, B-14
  func texts() throws {
    let key = MessageTemplateKey(
      kind: .reminder, audience: .client, channel: .sms,
      language: try #require(LanguageTag("it")))
    let text = MessageTemplate(subject: "", text: "{{sender}}", html: "")
    func put(_ text: MessageTemplate?, seen: Int64?, _ version: Int64?) -> Decision {
      Self.decide(
        .putMessageTemplate(MessageTemplatePut(key: key, template: text, seenVersion: seen))
      ) { $0.messageTemplates[key] = version }
    }
    #expect(
      put(text, seen: nil, nil)
        == .change(
          Change(
            events: [.messageTemplatePut(key, text, version: 1)],
            answer: .messageTemplate(key, text, version: 1))))
    #expect(
      put(nil, seen: 1, 1)
        == .change(
          Change(
            events: [.messageTemplatePut(key, nil, version: 2)],
            answer: .messageTemplate(key, nil, version: 2))))
    #expect(put(text, seen: 1, 2) == .refuse(.staleVersion(id: "REMINDER", seen: 1, current: 2)))
  }
}
