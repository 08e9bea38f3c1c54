internal import Accounting
internal import Booking

/// A line of the list below a letter's lead.
enum Row {
  case when, previously, place, person, service, price, amount, payBy, fee, refund, reason
  case message, alternatives, package, available, packagePrice, validUntil

  /// Which lines a letter has, in order; each only where its fact is there.
  static func rows(of kind: MessageKind) -> [Row] {
    switch kind {
    case .bookingConfirmed, .requestAccepted:
      [.when, .place, .person, .service, .price, .payBy]
    case .requestReceived: [.when, .place, .person, .service, .message]
    case .appointmentChanged: [.when, .previously, .place, .person, .service, .reason]
    case .reminder: [.when, .place, .person, .service]
    case .requestDeclined: [.when, .person, .reason, .alternatives]
    case .appointmentCancelled: [.when, .person, .reason, .fee, .refund, .alternatives]
    case .paymentCancelled: [.when, .person, .amount, .alternatives]
    case .paymentFailed: [.amount, .payBy, .when, .person]
    case .paid: [.amount, .when, .person, .service]
    case .refunded, .refundFailed: [.refund, .when, .person, .reason]
    case .packageLinked, .packageRenewed: [.package, .available, .packagePrice, .validUntil]
    }
  }
}

extension Scene {
  /// - Returns: nil where there is nothing to say.
  func entry(_ row: Row, to audience: Audience) -> MailLayout.Entry? {
    let labels = tongue.words.labels
    let (label, lines): (String, [String?]) =
      switch row {
      case .when: starts.isEmpty ? (labels.when, [when]) : (labels.dates, starts)
      case .previously: (labels.previously, [facts.session?.previous.map(told)])
      case .place: (labels.place, placeLines)
      case .person: person(for: audience)
      case .service: (labels.service, [facts.session?.service])
      case .price: (labels.price, [facts.amount.map(sums.text)])
      case .amount: (labels.amount, [facts.amount.map(sums.text)])
      case .payBy: (labels.payBy, [facts.payBy.flatMap(told)])
      case .fee: (labels.fee, [facts.settlement?.fee.flatMap(positive)])
      case .refund: (labels.refund, [facts.settlement?.refund.flatMap(positive)])
      case .reason: (labels.reason, noteLines)
      case .message: (labels.message, noteLines)
      case .alternatives:
        (labels.alternatives, audience == .client ? facts.alternatives.map(told) : [])
      case .package: (labels.package, [facts.package?.name])
      case .available: (labels.available, [balance])
      case .packagePrice: (labels.price, [facts.package?.price.map(sums.text)])
      case .validUntil: (labels.validUntil, [validUntil])
      }
    let said = lines.compactMap { $0.map(Prose.unbroken) }.filter { !$0.isEmpty }
    return said.isEmpty
      ? nil : MailLayout.Entry(label: label, lines: said, fitsOneLine: row == .place)
  }

  private var placeLines: [String] {
    guard let session = facts.session else { return [] }
    if session.place == .online { return [tongue.words.online] }
    return address + [room ?? ""]
  }

  private func person(for audience: Audience) -> (String, [String?]) {
    switch audience {
    case .client: (tongue.words.labels.therapist, [facts.session?.therapist])
    case .therapist: (tongue.words.labels.client, [facts.session?.client])
    }
  }

  private var noteLines: [String] {
    facts.note.split(whereSeparator: \.isNewline).map(String.init)
  }

  private var balance: String? {
    facts.package.map { package in
      tongue.words.balance.filled([
        "available": String(package.available), "sessions": String(package.sessions),
      ])
    }
  }
}
