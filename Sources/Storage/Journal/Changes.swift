public import Availability
public import Booking
public import Intervals

extension StoreTransaction {
  /// Makes a change durable: its rows, an event for each thing that happened, what the books say of it, and the
  /// messages that it promises, all in this transaction.
  public func apply(
    _ change: Change, of partner: PartnerID, by actor: Actor, at instant: Instant
  ) throws {
    var position = try journal.lastPosition(of: partner, in: database)
    try standAside(change.events)
    for event in change.events {
      guard let subject = try write(event, of: partner, at: instant) else { continue }
      position += 1
      try database.execute(
        """
        INSERT INTO events
          (partner_id, position, at_ms, kind, subject_id, subject_version, related_id, actor_role,
          actor)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        [
          .id(partner), .int(position), .int(instant.msSinceEpoch), .text(subject.kind),
          .identifier(subject.id), .int(subject.version),
          subject.related.map(SQLValue.identifier) ?? .null,
          .text(actor.kind.rawValue), .text(actor.label),
        ])
    }
    journal.note(position, of: partner)
    try write(change.transfers, of: partner, at: instant)
    for (ordinal, effect) in change.effects.enumerated() {
      try promise(effect, of: partner, position: position, ordinal: ordinal, at: instant)
    }
  }

  struct Subject {
    let kind: String
    let id: IDText
    let version: Int64
    /// What else it is about, where one id does not say it.
    let related: IDText?

    init<Kind: JournalSubject>(
      kind: String, id: ID<Kind>, version: Int64, related: IDText? = nil
    ) {
      self.kind = kind
      self.id = IDText(id)
      self.version = version
      self.related = related
    }

    init(_ appointment: Appointment, _ transition: Transition) {
      self.init(
        kind: "APPOINTMENT_\(transition.step.rawValue)", id: appointment.id,
        version: appointment.version)
    }
  }

  /// - Returns: what the event is about; nil when it changed nothing.
  private func write(
    _ event: Event, of partner: PartnerID, at instant: Instant
  ) throws -> Subject? {
    switch event {
    case .clientRegistered(let client):
      try insert(client, of: partner)
      return Subject(kind: "CLIENT_REGISTERED", id: client.id, version: client.version)
    case .therapyBegun(let therapy):
      try insert(therapy, of: partner)
      return Subject(
        kind: "THERAPY_BEGUN", id: therapy.id, version: therapy.version,
        related: IDText(therapy.pair.client))
    case .therapyChanged(let therapy):
      try update(therapy)
      return Subject(
        kind: "THERAPY_CHANGED", id: therapy.id, version: therapy.version,
        related: IDText(therapy.pair.client))
    case .appointmentBooked(let appointment, let transition):
      try insert(appointment, of: partner)
      try insert(transition)
      return Subject(appointment, transition)
    case .appointmentChanged(let appointment, let old, let transition):
      try update(appointment, from: old)
      try insert(transition)
      return Subject(appointment, transition)
    case .seriesMade(let series):
      try insert(series, of: partner)
      return Subject(
        kind: "SERIES_MADE", id: series.id, version: series.version,
        related: series.splitFrom.map(IDText.init))
    case .seriesChanged(let series):
      try update(series)
      return Subject(kind: "SERIES_CHANGED", id: series.id, version: series.version)
    case .holdTaken(let hold):
      try insert(hold, of: partner)
      return Subject(kind: "HOLD_TAKEN", id: hold.id, version: 1)
    case .holdRenewed(let hold):
      try renew(hold)
      return Subject(kind: "HOLD_RENEWED", id: hold.id, version: 1)
    case .holdReleased(let hold):
      try end(hold.id, as: .released)
      return Subject(kind: "HOLD_RELEASED", id: hold.id, version: 1)
    case .holdBooked(let hold, let appointment):
      try end(hold.id, as: .booked)
      return Subject(
        kind: "HOLD_BOOKED", id: hold.id, version: 1, related: IDText(appointment))
    case .holdLapsed(let id):
      try end(id, as: .lapsed)
      // Nothing happened now: it was over at its deadline, which its last event told.
      return nil
    case .locationPut(let location):
      try put(location, of: partner)
      return Subject(kind: "LOCATION_PUT", id: location.id, version: location.version)
    case .therapistPut(let therapist):
      try put(therapist, of: partner)
      return Subject(kind: "THERAPIST_PUT", id: therapist.id, version: therapist.version)
    case .servicePut(let service):
      try put(service, of: partner)
      return Subject(kind: "SERVICE_PUT", id: service.id, version: service.version)
    case .schedulePut(let schedule):
      try put(schedule)
      return Subject(
        kind: "SCHEDULE_PUT", id: schedule.therapist, version: schedule.version)
    case .policyPut(let policy):
      try put(policy, of: partner)
      return Subject(kind: "POLICY_PUT", id: partner, version: policy.version)
    case .moneyMoved(let payment): return try moved(payment, of: partner)
    case .moneyChanged(let payment, let old): return try changed(payment, from: old, of: partner)
    case .paymentIntentMade(let intent): return try made(intent, of: partner)
    case .paymentIntentChanged(let intent, let old):
      return try changed(intent, from: old, of: partner)
    case .paymentMethodMade(let method): return try made(method, of: partner)
    case .paymentMethodChanged(let method): return try changed(method, of: partner)
    case .benefitMade(let benefit): return try made(benefit, of: partner)
    case .benefitChanged(let benefit, let old): return try changed(benefit, from: old)
    case .payoutRecorded(let payout): return try recorded(payout, of: partner)
    case .gatewayEventHeard(let gateway, let id):
      try noteHeard(GatewayEventKey(gateway: gateway, id: id), at: instant)
      // What came of it are events of their own.
      return nil
    case .attendanceStatusesPut(let statuses):
      try put(statuses, of: partner)
      return Subject(
        kind: "ATTENDANCE_STATUSES_PUT", id: partner, version: statuses.version)
    case .clientChanged(let client): return try changed(client)
    case .packagePut(let package): return try written(package, of: partner)
    case .packageLinked(let link): return try linked(link, of: partner)
    case .packageLinkChanged(let link, let old): return try changed(link, from: old)
    case .appointmentReminded(let appointment): return try reminded(appointment)
    case .messageTemplatePut(let key, let template, let version):
      return try written(template, for: key, version: version, of: partner)
    case .notificationSettingsPut(let settings): return try written(settings, of: partner)
    case .webhookEndpointPut(let endpoint): return try written(endpoint, of: partner)
    case .webhookEndpointDeleted(let id): return try deleted(id)
    case .deliveryNoted(let delivery):
      try note(delivery, of: partner)
      // What is sent is no event of the partner's, as is what is told to its endpoints.
      return nil
    case .webhooksNoted(let progress):
      try note(progress, at: instant)
      return nil
    }
  }
}
