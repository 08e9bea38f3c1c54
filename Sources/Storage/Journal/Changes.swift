public import Availability
public import Booking
public import Intervals

extension StoreTransaction {
  /// Makes a change durable: its rows, an event for each thing that happened, and the messages that
  /// it promises, all in this transaction.
  public func apply(
    _ change: Change, of partner: PartnerID, by actor: Actor, at instant: Instant
  ) throws {
    var position = try lastPosition(of: partner)
    for event in change.events {
      guard let subject = try write(event, of: partner) else { continue }
      position += 1
      try database.execute(
        """
        INSERT INTO events
          (partner_id, position, at_ms, kind, subject_id, subject_version, related_id, actor_role,
          actor)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        [
          .text(partner.text), .int(position), .int(instant.msSinceEpoch), .text(subject.kind),
          .text(subject.id), .int(subject.version), subject.related.map(SQLValue.text) ?? .null,
          .text(actor.roleColumn), .text(actor.label),
        ])
    }
    for (ordinal, effect) in change.effects.enumerated() {
      try promise(effect, of: partner, position: position, ordinal: ordinal, at: instant)
    }
  }

  private func lastPosition(of partner: PartnerID) throws -> Int64 {
    try database.first(
      "SELECT coalesce(max(position), 0) FROM events WHERE partner_id = $1", [.text(partner.text)]
    ) { $0.int(0) } ?? 0
  }

  private struct Subject {
    let kind: String
    let id: String
    let version: Int64
    /// What else it is about, where one id does not say it.
    var related: String?
  }

  /// - Returns: what the event is about; nil when it changed nothing.
  private func write(_ event: Event, of partner: PartnerID) throws -> Subject? {
    switch event {
    case .clientRegistered(let client):
      try insert(client, of: partner)
      return Subject(kind: "CLIENT_REGISTERED", id: client.id.text, version: client.version)
    case .clientListed(let therapist, let client):
      guard try list(client, with: therapist) else { return nil }
      return Subject(
        kind: "CLIENT_LISTED", id: client.text, version: 1, related: therapist.text)
    case .appointmentBooked(let appointment, let transition):
      try insert(appointment, of: partner)
      try insert(transition)
      return Subject(
        kind: "APPOINTMENT_BOOKED", id: appointment.id.text, version: appointment.version)
    case .appointmentCancelled(let appointment, let transition):
      try update(appointment)
      try insert(transition)
      return Subject(
        kind: "APPOINTMENT_CANCELLED", id: appointment.id.text, version: appointment.version)
    case .locationPut(let location):
      try put(location, of: partner)
      return Subject(kind: "LOCATION_PUT", id: location.id.text, version: location.version)
    case .therapistPut(let therapist):
      try put(therapist, of: partner)
      return Subject(kind: "THERAPIST_PUT", id: therapist.id.text, version: therapist.version)
    case .servicePut(let service):
      try put(service, of: partner)
      return Subject(kind: "SERVICE_PUT", id: service.id.text, version: service.version)
    case .schedulePut(let schedule):
      try put(schedule)
      return Subject(
        kind: "SCHEDULE_PUT", id: schedule.therapist.text, version: schedule.version)
    }
  }

  private func promise(
    _ effect: Effect, of partner: PartnerID, position: Int64, ordinal: Int, at instant: Instant
  ) throws {
    switch effect {
    case .message(let kind, let recipient, let appointment):
      let recipientID =
        switch recipient {
        case .therapist(let id): id.text
        case .client(let id): id.text
        }
      try database.execute(
        """
        INSERT INTO outbox
          (partner_id, event_position, ordinal, kind, recipient_id, subject_id, at_ms, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'PENDING')
        """,
        [
          .text(partner.text), .int(position), .int(Int64(ordinal)), .text(kind.rawValue),
          .text(recipientID), .text(appointment.text), .int(instant.msSinceEpoch),
        ])
    }
  }
}
