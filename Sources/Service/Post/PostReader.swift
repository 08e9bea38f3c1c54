internal import Availability
internal import Booking
internal import Intervals
internal import Letters
internal import Storage

/// Finds out what a message comes to, from the store as it is when the message is sent.
struct PostReader: Sendable {
  let zones: ZoneCatalogue
  /// Signs links.
  let linkSecret: [UInt8]
  let hasMail: Bool
  let hasSMS: Bool

  /// - Throws: what the store throws.
  func parcel(
    for due: DueMessage, at now: Instant, in snapshot: StoreSnapshot
  ) throws -> Parcel {
    let message = due.message
    guard !PostPatience.isStale(promised: message.at, at: now) else {
      return .skipped(why: "stale: promised three days ago")
    }
    let settings = try snapshot.notificationSettings(of: due.partner)
    if let why = closed(message.channel, settings) { return .skipped(why: why) }
    guard let kind = MessageKind(rawValue: message.kind) else {
      throw StoreError.corrupt(table: "outbox", id: due.messageID, column: "kind")
    }
    guard let reader = try snapshot.addressee(message.recipient, of: due.partner) else {
      return .skipped(why: "unreachable: there is no such reader")
    }
    guard let address = reader.address(by: message.channel) else {
      return .skipped(why: "unreachable: no address")
    }
    let name = try snapshot.name(of: due.partner) ?? ""
    let desk = LetterDesk(
      snapshot: snapshot, zones: zones, linkSecret: linkSecret, partner: due.partner,
      message: message, kind: kind, audience: reader.audience, settings: settings, now: now)
    var facts = LetterFacts(
      sender: settings.senderName.isEmpty ? name : settings.senderName,
      reader: LetterFacts.Reader(
        name: reader.name, language: reader.language, zone: zones.orUTC(reader.zoneName)))
    facts.note = message.note
    if let why = try desk.tell(&facts) { return .skipped(why: why) }
    return .draft(
      Parcel.Draft(
        kind: kind, audience: reader.audience, channel: message.channel, facts: facts,
        address: address,
        templates: try snapshot.messageTemplates(of: due.partner).map {
          LetterTemplate($0.template, for: $0.key)
        },
        replyTo: settings.replyTo))
  }

  /// Why nothing goes by a way; nil where it does.
  private func closed(_ channel: Channel, _ settings: NotificationSettings) -> String? {
    switch channel {
    case .email where !hasMail: "no mail transport"
    case .email where !settings.sendsEmail: "the partner sends no e-mail"
    case .sms where !hasSMS: "no SMS transport"
    case .sms where !settings.sendsSMS: "the partner sends no SMS"
    case .email, .sms: nil
    }
  }
}

/// Who reads a message.
struct Addressee {
  let name: String
  let email: EmailAddress?
  let phone: PhoneNumber?
  let language: LanguageTag
  let zoneName: String
  let audience: Audience

  /// Nil where they cannot be reached by it.
  func address(by channel: Channel) -> String? {
    switch channel {
    case .email: email?.text
    case .sms: phone?.text
    }
  }
}

extension Addressee {
  init(_ person: Person) {
    name = person.name
    email = person.email
    phone = person.phone
    language = person.language
    zoneName = person.zoneName
    audience = .client
  }

  /// They read what they speak first.
  init(_ therapist: Therapist) {
    guard
      let language = therapist.languages.lazy.compactMap(LanguageTag.init).first
        ?? LanguageTag("en")
    else { preconditionFailure("\"en\" is a language tag") }
    name = therapist.displayName
    email = therapist.email
    phone = nil
    self.language = language
    zoneName = therapist.zoneName
    audience = .therapist
  }
}

extension StoreSnapshot {
  /// Nil where there is none such of the partner's.
  fileprivate func addressee(_ id: String, of partner: PartnerID) throws -> Addressee? {
    if let id = ClientID(id) {
      guard let found = try client(id), found.owner == partner else { return nil }
      return Addressee(found.client.person)
    }
    if let id = TherapistID(id) {
      guard let found = try therapist(id), found.owner == partner else { return nil }
      return Addressee(found.therapist)
    }
    guard let id = AppointmentID(id), let found = try appointment(id), found.owner == partner
    else { return nil }
    // Whoever asked may be a client by now.
    if let id = found.appointment.client, let known = try client(id) {
      return Addressee(known.client.person)
    }
    return found.appointment.request?.registration.map { Addressee($0.person) }
  }
}

extension ZoneCatalogue {
  /// A zone that this machine does not know any more is told in UTC.
  func orUTC(_ name: String) -> Zone {
    guard let zone = zone(name) ?? zone("UTC") else { preconditionFailure("UTC is a zone") }
    return zone
  }
}
