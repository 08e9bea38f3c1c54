internal import Availability
internal import Booking
internal import Intervals
internal import Signing
internal import Storage
internal import Wire

extension StoreQueries {
  func adminReply(
    to query: AdminQuery, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    switch query {
    case .outbox(let subject, let recipient, let state, let after, let limit, let binding):
      let found = try snapshot.outbox(
        of: partner, about: subject, to: recipient, in: state, after: after, limit: limit + 1)
      var response = Seduta_V1_AdminOutboxResponse()
      response.messages = try fitting(found.prefix(limit).map { message(of: $0, to: partner) })
      let count = response.messages.count
      if found.count > count, let last = found.prefix(count).last {
        let cursor = OutboxCursor(position: last.position, ordinal: last.ordinal)
        response.nextPageToken = PageToken.text(cursor: cursor.text, query: binding)
      }
      return try Seduta_Wire_V1_Reply(response)
    case .audit(let position, let subject, let actor, let limit):
      var response = Seduta_V1_AdminAuditResponse()
      response.events = try fitting(
        snapshot.journal(
          of: partner, after: position, about: subject, by: actor, limit: limit
        ).map(\.message))
      return try Seduta_Wire_V1_Reply(response)
    case .due(let limit, let now):
      var response = Seduta_V1_AdminDueResponse()
      response.items = try snapshot.due(of: partner, limit: limit).map(\.message)
      let before = now.advanced(byMs: -Watch.overdueAfterMs)
      response.overdue =
        try snapshot.overdueCount(of: partner, before: before)
        + snapshot.overdueErrandCount(of: partner, before: before)
      return try Seduta_Wire_V1_Reply(response)
    }
  }

  private func message(
    of promised: PromisedMessage, to partner: PartnerID
  ) -> Seduta_V1_OutboxMessage {
    var message = Seduta_V1_OutboxMessage()
    message.id = "\(promised.position)-\(promised.ordinal)"
    message.kind = promised.kind
    message.recipientID = promised.recipient
    message.subjectID = promised.subject
    message.note = promised.note
    message.createTime = promised.at.timestamp
    message.state = promised.state.rawValue
    message.channel = promised.channel.rawValue
    message.tries = promised.tries
    message.error = promised.error
    if let due = promised.due { message.dueTime = due.timestamp }
    if let sent = promised.sentAt { message.sentTime = sent.timestamp }
    message.reference = promised.reference
    message.cancelToken = cancelToken(in: promised, of: partner)
    return message
  }

  /// A confirmation tells its client how to cancel.
  private func cancelToken(in promised: PromisedMessage, of partner: PartnerID) -> String {
    let confirming = [MessageKind.bookingConfirmed, .requestAccepted].map(\.rawValue)
    guard confirming.contains(promised.kind), ClientID(promised.recipient) != nil,
      let appointment = AppointmentID(promised.subject)
    else { return "" }
    return SignedLink(.cancel, of: appointment, partner: partner).text(secret: linkSecret)
  }
}

extension JournalEntry {
  fileprivate var message: Seduta_V1_AuditEvent {
    var message = Seduta_V1_AuditEvent()
    message.position = position
    message.time = at.timestamp
    message.kind = kind
    message.subjectID = subject
    message.subjectVersion = subjectVersion
    message.relatedID = related ?? ""
    message.actorRole = actorRole
    message.actorID = actor
    return message
  }
}

extension DueAppointment {
  fileprivate var message: Seduta_V1_DueItem {
    var message = Seduta_V1_DueItem()
    message.appointmentID = appointment.text
    message.dueTime = due.timestamp
    message.state = state.rawValue
    return message
  }
}
