internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

extension Scene {
  /// By the names that templates know. What is missing or empty has no entry, so that its section vanishes.
  func values(without left: Set<Variable> = []) -> [String: Any] {
    var values: [String: Any] = [:]
    for variable in Variable.allCases where !left.contains(variable) {
      let value: Any? =
        switch variable.form {
        case .text: text(of: variable).flatMap { $0.isEmpty ? nil : $0 }
        case .flag: flag(of: variable)
        case .list: list(of: variable)
        }
      values[variable.rawValue] = value
    }
    return values
  }

  private func text(of variable: Variable) -> String? {
    switch variable {
    case .sender: facts.sender
    case .reader: facts.reader.name
    case .language: language
    case .when: when
    case .shortWhen: shortWhen
    case .previousWhen: facts.session?.previous.map(told)
    case .room: room
    case .therapist: facts.session?.therapist
    case .client: facts.session?.client
    case .service: facts.session?.service
    case .amount: facts.amount.map(sums.text)
    case .fee: facts.settlement?.fee.flatMap(positive)
    case .refund: facts.settlement?.refund.flatMap(positive)
    case .payBy: facts.payBy.flatMap(told)
    case .shortPayBy: shortPayBy
    case .note: facts.note
    case .cancelURL: facts.links.cancel
    case .payURL: facts.links.pay
    case .joinURL: facts.session?.place == .online ? facts.links.join : nil
    case .package: facts.package?.name
    case .packageSessions: facts.package.map { String($0.sessions) }
    case .packageAvailable: facts.package.map { String($0.available) }
    case .packagePrice: facts.package?.price.map(sums.text)
    case .validUntil: validUntil
    case .starts, .alternatives, .address, .online, .inPerson, .series, .byClient,
      .byTherapist, .byPractice, .byItself, .renews:
      nil
    }
  }

  private var shortWhen: String? {
    facts.session.map {
      times.shortMoment($0.span.start, namingZone: namesZone(at: $0.span.start))
    }
  }

  private var shortPayBy: String? {
    facts.payBy.flatMap(Minute.init(atOrBefore:)).map {
      times.shortMoment($0, namingZone: namesZone(at: $0))
    }
  }

  func positive(_ money: Money) -> String? {
    money.minorUnits > 0 ? sums.text(money) : nil
  }

  private func flag(of variable: Variable) -> Bool {
    switch variable {
    case .online: facts.session?.place == .online
    case .inPerson: facts.session.map { $0.place != .online } ?? false
    case .byClient: facts.doneBy == .client
    case .byTherapist: facts.doneBy == .therapist
    case .byPractice: facts.doneBy == .practice
    case .byItself: facts.doneBy == .unstated
    case .series: !starts.isEmpty
    case .renews: facts.package?.renews ?? false
    case .sender, .reader, .language, .when, .shortWhen, .previousWhen, .starts, .alternatives,
      .address, .room, .therapist, .client, .service, .amount, .fee, .refund, .payBy, .shortPayBy,
      .note,
      .cancelURL, .payURL, .joinURL, .package, .packageSessions, .packageAvailable, .packagePrice,
      .validUntil:
      false
    }
  }

  private func list(of variable: Variable) -> [String] {
    switch variable {
    case .starts: starts
    case .alternatives: facts.alternatives.map(told)
    case .address: address
    case .sender, .reader, .language, .when, .shortWhen, .previousWhen, .online, .inPerson, .room,
      .therapist, .client, .service, .amount, .fee, .refund, .payBy, .shortPayBy, .series,
      .byClient,
      .byTherapist, .byPractice, .byItself, .note, .cancelURL, .payURL, .joinURL, .package,
      .packageSessions,
      .packageAvailable, .packagePrice, .validUntil, .renews:
      []
    }
  }
}
