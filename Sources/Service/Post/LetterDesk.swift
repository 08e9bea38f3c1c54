internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Letters
internal import Signing
internal import Storage

/// Gathers what one message tells.
struct LetterDesk {
  let snapshot: StoreSnapshot
  let zones: ZoneCatalogue
  let linkSecret: [UInt8]
  let partner: PartnerID
  let message: PromisedMessage
  let kind: MessageKind
  let audience: Audience
  let settings: NotificationSettings
  let now: Instant

  private static let gone = "superseded: what it is about is gone"

  /// - Returns: why the message is of no use any more; nil where it is told.
  func tell(_ facts: inout LetterFacts) throws -> String? {
    if let id = AppointmentID(message.subject) { return try tell(id, &facts) }
    if let id = SeriesID(message.subject) { return try tell(id, &facts) }
    if let id = BenefitID(message.subject) { return try tell(id, &facts) }
    if let id = PackageLinkID(message.subject) { return try tell(id, &facts) }
    throw StoreError.corrupt(
      table: "outbox", id: "\(message.position)-\(message.ordinal)", column: "subject_id")
  }

  // MARK: - An appointment

  private func tell(_ id: AppointmentID, _ facts: inout LetterFacts) throws -> String? {
    guard let found = try snapshot.appointment(id), found.owner == partner else {
      return LetterDesk.gone
    }
    let appointment = found.appointment
    let steps = try snapshot.transitions(of: id)
    if let why = appointment.outdates(
      kind, by: message.channel, moves: steps.filter { $0.movedFrom != nil }.map(\.at),
      promisedAt: message.at, at: now)
    {
      return why
    }
    var session = try sessionFacts(of: appointment)
    if kind == .appointmentChanged,
      let moved = steps.last(where: { $0.at == message.at })?.movedFrom
    {
      session.previous = Span(from: moved, lastingMinutes: appointment.span.lengthMinutes)
    }
    facts.session = session
    facts.doneBy = steps.last { $0.at == message.at }.map { LetterFacts.Doer($0.by) } ?? .unstated
    if kind == .requestReceived, audience == .therapist, facts.note.isEmpty {
      facts.note = appointment.request?.note ?? ""
    }
    try tellMoney(of: appointment, &facts)
    facts.links = links(to: appointment, isOnline: session.place == .online)
    return nil
  }

  private func sessionFacts(of appointment: Appointment) throws -> SessionFacts {
    func missing(_ column: String) -> StoreError {
      .corrupt(table: "appointments", id: appointment.id.text, column: column)
    }
    guard let location = try snapshot.location(appointment.location)?.location else {
      throw missing("location_id")
    }
    guard let therapist = try snapshot.therapist(appointment.therapist)?.therapist else {
      throw missing("therapist_id")
    }
    guard let service = try snapshot.service(appointment.service)?.service else {
      throw missing("service_id")
    }
    let client = try appointment.client.flatMap { try snapshot.client($0)?.client.person.name }
    return SessionFacts(
      span: appointment.span, zone: zones.orUTC(appointment.zoneName),
      place: location.told(room: appointment.room), therapist: therapist.displayName,
      client: client ?? appointment.request?.registration?.person.name ?? "",
      service: service.name)
  }

  private func tellMoney(of appointment: Appointment, _ facts: inout LetterFacts) throws {
    let purpose = PaymentPurpose.appointment(appointment.id)
    switch kind {
    case .bookingConfirmed, .requestAccepted, .requestReceived:
      facts.amount = appointment.price.isZero ? nil : appointment.price
      facts.payBy = appointment.payable > 0 ? appointment.paymentDeadline : nil
    case .paymentFailed:
      facts.amount = appointment.money(appointment.payable)
      facts.payBy = appointment.paymentDeadline
    case .paymentCancelled: facts.amount = appointment.price
    case .paid:
      facts.amount =
        try moved(for: purpose, .payment) ?? appointment.money(appointment.paid)
    case .refunded, .refundFailed:
      facts.settlement = LetterFacts.Settlement(refund: try refund(for: purpose))
    case .appointmentCancelled:
      facts.settlement = LetterFacts.Settlement(
        fee: appointment.fee > 0 ? appointment.money(appointment.fee) : nil,
        refund: appointment.refunded > 0 ? appointment.money(appointment.refunded) : nil)
    case .requestDeclined, .appointmentChanged, .reminder, .packageLinked, .packageRenewed: break
    }
  }

  /// What a client can do. A therapist has other ways.
  private func links(to appointment: Appointment, isOnline: Bool) -> LetterFacts.Links {
    guard appointment.state.isActive else { return LetterFacts.Links() }
    func filled(_ url: String, _ name: String, _ value: String) -> String? {
      url.isEmpty ? nil : url.replacing("{\(name)}", with: value)
    }
    let join =
      isOnline && appointment.state != .requested
      ? filled(settings.joinURL, "appointment_id", appointment.id.text) : nil
    guard audience == .client else { return LetterFacts.Links(join: join) }
    let token = SignedLink(.cancel, of: appointment.id, partner: partner).text(secret: linkSecret)
    let isToPay = appointment.payable > 0 && appointment.paymentDeadline != nil
    return LetterFacts.Links(
      cancel: filled(settings.cancelURL, "token", token),
      pay: isToPay ? filled(settings.payURL, "appointment_id", appointment.id.text) : nil,
      join: join)
  }

  // MARK: - A series

  private func tell(_ id: SeriesID, _ facts: inout LetterFacts) throws -> String? {
    guard let found = try snapshot.series(id), found.owner == partner else {
      return LetterDesk.gone
    }
    let isCancelled = kind == .appointmentCancelled
    let told = try snapshot.appointments(of: id)
      .filter {
        $0.span.start.instant > message.at && (isCancelled ? $0.isCancelled : $0.state.isActive)
      }
      .sorted { $0.span.start < $1.span.start }
    guard let first = told.first else { return "superseded: none of it stands any more" }
    var session = try sessionFacts(of: first)
    session.starts = told.count > 1 ? told.map(\.span.start) : []
    facts.session = session
    facts.doneBy =
      try snapshot.transitions(of: first.id).last { $0.at == message.at }
      .map { LetterFacts.Doer($0.by) } ?? .unstated
    if kind == .bookingConfirmed { facts.amount = first.price.isZero ? nil : first.price }
    return nil
  }

  // MARK: - What is in a client's account

  private func tell(_ id: BenefitID, _ facts: inout LetterFacts) throws -> String? {
    guard let found = try snapshot.benefit(id), found.owner == partner else {
      return LetterDesk.gone
    }
    let purpose = PaymentPurpose.benefit(id)
    switch kind {
    case .refunded, .refundFailed:
      facts.settlement = LetterFacts.Settlement(refund: try refund(for: purpose))
    case .bookingConfirmed, .requestReceived, .requestAccepted, .requestDeclined,
      .appointmentChanged, .appointmentCancelled, .paymentCancelled, .paid, .paymentFailed,
      .reminder, .packageLinked, .packageRenewed:
      facts.amount = try moved(for: purpose, .payment) ?? found.benefit.value
    }
    return nil
  }

  private func tell(_ id: PackageLinkID, _ facts: inout LetterFacts) throws -> String? {
    guard let found = try snapshot.packageLink(id), found.owner == partner,
      found.link.state != .deleted
    else { return LetterDesk.gone }
    let link = found.link
    facts.package = PackageFacts(
      name: link.name, sessions: Int(link.balance.total),
      available: Int(link.balance.available),
      price: try link.benefit.flatMap { try snapshot.benefit($0)?.benefit.value },
      expiresAt: link.expiresAt, renews: link.renews)
    return nil
  }

  // MARK: - Money that moved

  /// What moved with what the message tells.
  private func moved(
    for purpose: PaymentPurpose, _ direction: Payment.Direction
  ) throws -> Money? {
    let all = try snapshot.payments(for: purpose).filter {
      $0.direction == direction && $0.at == message.at
    }
    guard let first = all.first else { return nil }
    return Money(
      minorUnits: all.reduce(0) { $0 + $1.amount.minorUnits }, currency: first.amount.currency)
  }

  /// One that a gateway carried began before it was told of.
  private func refund(for purpose: PaymentPurpose) throws -> Money? {
    let state: MovementState = kind == .refundFailed ? .failed : .succeeded
    return try moved(for: purpose, .refund)
      ?? snapshot.payments(for: purpose).last { $0.direction == .refund && $0.state == state }?
      .amount
  }
}

extension Location {
  fileprivate func told(room id: RoomID?) -> SessionFacts.Place {
    switch mode {
    case .online: .online
    case .inPerson:
      .inPerson(
        address: [address, city].filter { !$0.isEmpty },
        room: rooms.first { $0.id == id }?.name ?? "")
    }
  }
}

extension Appointment {
  fileprivate var isCancelled: Bool {
    state == .cancelledByClient || state == .cancelledByTherapist
  }
}

extension LetterFacts.Doer {
  fileprivate init(_ actor: Actor) {
    switch actor {
    case .client, .link: self = .client
    case .therapist: self = .therapist
    case .staff: self = .practice
    case .time, .gateway: self = .unstated
    }
  }
}
