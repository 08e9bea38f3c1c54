internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct NotificationRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func key(
    _ language: String = "it", _ channel: Channel = .email, _ audience: Audience = .client
  ) throws -> MessageTemplateKey {
    MessageTemplateKey(
      kind: .reminder, audience: audience, channel: channel,
      language: try #require(LanguageTag(language)))
  }

  private func load(_ owner: PartnerID = partner, _ need: (inout Needs) -> Void) throws -> Facts {
    var needs = Needs()
    need(&needs)
    var facts = Facts(index: AvailabilityIndex())
    try store.read { try $0.load(needs, of: owner, at: noon, into: &facts) }
    return facts
  }

  @Test("a partner's settings are as they were set last, and unset before")  // N-5
  func settings() throws {
    func read(_ owner: PartnerID = partner) throws -> NotificationSettings {
      try store.read { try $0.notificationSettings(of: owner) }
    }
    #expect(try read() == .unset)
    let set = [
      NotificationSettings(
        senderName: "Studio Łódź", replyTo: EmailAddress("a@b.it"), payURL: "https://a/{id}",
        cancelURL: "https://b", joinURL: "https://c", sendsEmail: true, sendsSMS: false, version: 1),
      NotificationSettings(
        senderName: "", replyTo: nil, payURL: "", cancelURL: "", joinURL: "", sendsEmail: false,
        sendsSMS: true, version: 2),
    ]
    for settings in set {
      try store.apply([.notificationSettingsPut(settings)])
      #expect(try read() == settings)
      #expect(try load { $0.notificationSettings = true }.notificationSettings == settings)
    }
    #expect(try read(otherPartner) == .unset)
    #expect(try load { _ in }.notificationSettings == .unset)
  }

  @Test("a text that was taken away is gone, and its version goes on")  // N-3, B-14
  func templates() throws {
    let text = MessageTemplate(subject: "s", text: "{{t}}", html: "<p>")
    let short = MessageTemplate(subject: "", text: "sms", html: "")
    let (mail, sms) = (try key(), try key("pt-BR", .sms, .therapist))
    try store.apply([
      .messageTemplatePut(mail, text, version: 1), .messageTemplatePut(sms, short, version: 1),
    ])
    try store.apply([.messageTemplatePut(try key(), short, version: 1)], of: otherPartner)
    func all() throws -> [MessageTemplateKey: MessageTemplate] {
      let found = try store.read { try $0.messageTemplates(of: partner) }
      return Dictionary(uniqueKeysWithValues: found.map { ($0.key, $0.template) })
    }
    #expect(try all() == [mail: text, sms: short])
    try store.apply([.messageTemplatePut(mail, nil, version: 2)])
    #expect(try all() == [sms: short])
    let other = try key("pl")
    let facts = try load { $0.messageTemplates = [mail, sms, other] }
    #expect(facts.messageTemplates == [mail: 2, sms: 1])
    try store.apply([.messageTemplatePut(mail, short, version: 3)])
    #expect(try all() == [mail: short, sms: short])
    let versions = try store.read { try $0.messageTemplates(of: partner) }.map(\.version)
    #expect(versions.sorted() == [1, 3])
  }

  @Test("a partner's name is there for who sends")
  func name() throws {
    try store.read { snapshot throws in
      #expect(try snapshot.name(of: otherPartner) == "Two")
      #expect(try snapshot.name(of: PartnerID(rawValue: 9)) == nil)
    }
  }
}
