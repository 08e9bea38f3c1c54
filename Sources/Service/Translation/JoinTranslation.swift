internal import Availability
internal import Booking
internal import Gateways
internal import Intervals
internal import Signing
internal import Wire

extension Translation {
  func join(
    _ message: Seduta_V1_AppointmentsJoinRequest, from caller: Caller
  ) throws(Malformed) -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let appointment: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let party = reader.party(message.party, of: caller.actor)
    var query: JoinQuery?
    if let appointment, let party {
      query = JoinQuery(appointment: appointment, party: party, at: caller.now)
    }
    return .join(try reader.finish(query))
  }

  func getCancelLink(
    _ message: Seduta_V1_AppointmentsGetCancelLinkRequest
  ) throws(Malformed) -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let appointment: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    return .cancelLink(of: try reader.finish(appointment))
  }
}

extension FieldReader {
  /// Whoever has the link of an appointment, by the link's token.
  /// - Throws: `UnknownID` for a token that nobody made, and for another partner's.
  mutating func linkHolder(
    _ token: String, of partner: PartnerID, secret: [UInt8]
  ) throws(UnknownID) -> Actor? {
    guard token.utf8.count == SignedLink.textByteCount else {
      fault("actor.id", "expected the token of a link, of \(SignedLink.textByteCount) characters")
      return nil
    }
    guard let link = SignedLink(.cancel, text: token, secret: secret), link.partner == partner
    else { throw UnknownID(id: token, field: "actor.id") }
    return .link(link.appointment)
  }

  /// Whose way is asked for: staff name a party, a party asks for itself.
  fileprivate mutating func party(
    _ role: Seduta_Wire_V1_ActorRole, of actor: Actor
  ) -> VideoParty.Role? {
    switch (actor, role) {
    case (.staff, .therapist), (.therapist, .unspecified), (.therapist, .therapist):
      return .therapist
    case (.staff, .client), (.client, .unspecified), (.client, .client): return .client
    case (.staff, _):
      fault(
        "party", "expected ACTOR_ROLE_THERAPIST or ACTOR_ROLE_CLIENT; it is required of staff")
      return nil
    case (.therapist, _), (.client, _), (.link, _), (.time, _), (.gateway, _):
      fault("party", "expected none: a therapist and a client ask for themselves")
      return nil
    }
  }
}

extension JoinRefusal {
  /// As the wire says it.
  func status(of id: AppointmentID) -> Seduta_Wire_V1_Status {
    switch self {
    case .state(let state):
      .precondition(
        "APPOINTMENT_STATE", subject: id.text,
        "\(id) is \(state.rawValue): there is no session to go to.",
        metadata: ["state": state.rawValue])
    case .noVideo:
      .precondition(
        "VIDEO_NOT_CONFIGURED", subject: id.text,
        "\(id) is online, and this server was not told where: it needs the setting video.",
        metadata: [:])
    case .notOpen(let opens):
      .precondition(
        "JOIN_NOT_OPEN", subject: id.text, "\(id) cannot be joined yet.",
        metadata: ["open_ms": "\(opens.msSinceEpoch)"])
    case .closed(let closes):
      .precondition(
        "JOIN_CLOSED", subject: id.text, "\(id) is over and cannot be joined any more.",
        metadata: ["close_ms": "\(closes.msSinceEpoch)"])
    }
  }
}
