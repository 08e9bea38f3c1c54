/// What a template can name. `docs/templates.md` says what each is.
enum Variable: String, CaseIterable {
  case sender, reader, language
  case when, shortWhen = "short_when", previousWhen = "previous_when"
  case series, starts, alternatives
  case online, inPerson = "in_person", address, room
  case therapist, client, service
  case amount, fee, refund, payBy = "pay_by", shortPayBy = "short_pay_by"
  case byClient = "by_client", byTherapist = "by_therapist", byPractice = "by_practice"
  case byItself = "by_itself"
  case note
  case cancelURL = "cancel_url", payURL = "pay_url", joinURL = "join_url"
  case package, packageSessions = "package_sessions", packageAvailable = "package_available"
  case packagePrice = "package_price", validUntil = "valid_until", renews

  enum Form { case text, flag, list }

  var form: Form {
    switch self {
    case .sender, .reader, .language, .when, .shortWhen, .previousWhen, .room, .therapist, .client,
      .service, .amount, .fee, .refund, .payBy, .shortPayBy, .note, .cancelURL, .payURL, .joinURL,
      .package,
      .packageSessions, .packageAvailable, .packagePrice, .validUntil:
      .text
    case .online, .inPerson, .byClient, .byTherapist, .byPractice, .byItself, .series, .renews:
      .flag
    case .starts, .alternatives, .address: .list
    }
  }

  /// Not for a subject or an SMS, which others can read on a locked screen.
  var isPrivate: Bool {
    switch self {
    case .address, .room, .therapist, .client, .service, .note, .package, .packageSessions,
      .packageAvailable, .packagePrice:
      true
    case .sender, .reader, .language, .when, .shortWhen, .previousWhen, .starts, .alternatives,
      .online, .inPerson, .amount, .fee, .refund, .payBy, .shortPayBy, .byClient, .byTherapist,
      .byPractice,
      .byItself, .series,
      .cancelURL, .payURL, .joinURL, .validUntil, .renews:
      false
    }
  }
}
