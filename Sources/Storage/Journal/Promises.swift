internal import Availability
internal import Booking
internal import Intervals

/// Messages: promised with what they tell, and what became of them (N-4).
extension StoreTransaction {
  func promise(
    _ effect: Effect, of partner: PartnerID, position: Int64, ordinal: Int, at instant: Instant
  ) throws {
    switch effect {
    case .message(let message):
      let isPending = message.skipped == nil
      try database.execute(
        """
        INSERT INTO outbox (partner_id, event_position, ordinal, kind, recipient_id, subject_id,
          channel, note, at_ms, state, due_ms, error)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """,
        [
          .id(partner), .int(position), .int(Int64(ordinal)), .text(message.kind.rawValue),
          .identifier(message.recipient.idText), .identifier(message.subject.idText),
          .text(message.channel.rawValue), .text(message.note), .int(instant.msSinceEpoch),
          .text((isPending ? MessageState.pending : .skipped).rawValue),
          isPending ? .int(instant.msSinceEpoch) : .null, .text(message.skipped ?? ""),
        ])
    }
  }

  /// Of a message whose fate was known already, it changes nothing: whoever sends tells it at least once.
  func note(_ delivery: DeliveryNote, of partner: PartnerID) throws {
    var state = MessageState.pending
    var (due, error, sentAt, reference) = (Instant?.none, "", Instant?.none, "")
    switch delivery.fate {
    case .sent(let id): (state, sentAt, reference) = (.sent, delivery.at, id)
    case .retry(let at, let why): (due, error) = (at, why)
    case .skipped(let why): (state, error) = (.skipped, why)
    case .givenUp(let why): (state, error) = (.givenUp, why)
    }
    try database.execute(
      """
      UPDATE outbox SET state = $1, tries = $2, due_ms = $3, error = $4, sent_ms = $5,
        reference = $6
      WHERE partner_id = $7 AND event_position = $8 AND ordinal = $9 AND state = 'PENDING'
      """,
      [
        .text(state.rawValue), .int32(delivery.tries), .instant(due), .text(error),
        .instant(sentAt), .text(reference), .id(partner), .int(delivery.position),
        .int(delivery.ordinal),
      ])
  }
}

extension Recipient {
  fileprivate var idText: IDText {
    switch self {
    case .therapist(let id): IDText(id)
    case .client(let id): IDText(id)
    case .requester(let id): IDText(id)
    }
  }
}

extension MessageSubject {
  fileprivate var idText: IDText {
    switch self {
    case .appointment(let id): IDText(id)
    case .series(let id): IDText(id)
    case .benefit(let id): IDText(id)
    case .packageLink(let id): IDText(id)
    }
  }
}
