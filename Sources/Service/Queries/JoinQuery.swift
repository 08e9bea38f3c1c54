internal import Availability
internal import Booking
internal import Gateways
internal import Intervals
internal import Signing
internal import Storage
internal import Wire

/// A party asks for the way to a session.
struct JoinQuery: Sendable {
  let appointment: AppointmentID
  let party: VideoParty.Role
  let at: Instant
}

extension StoreQueries {
  func join(
    _ query: JoinQuery, of partner: PartnerID, as actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    let appointment = try visible(query.appointment, of: partner, to: actor, reading: snapshot)
    guard let location = try snapshot.location(appointment.location)?.location else {
      throw StoreError.corrupt(
        table: "appointments", id: appointment.id.text, column: "location_id")
    }
    let terms = JoinTerms(
      mode: location.mode,
      beforeMinutes: try policy(for: appointment, of: partner, reading: snapshot)
        .appointments.joinBeforeMinutes,
      hasVideo: video != nil)
    let window: JoinWindow
    switch appointment.joining(terms, at: query.at) {
    case .failure(let refusal): return .refusal(refusal.status(of: appointment.id))
    case .success(let open): window = open
    }
    var response = Seduta_V1_AppointmentsJoinResponse()
    response.openTime = window.opens.timestamp
    response.closeTime = window.closes.timestamp
    switch location.mode {
    case .inPerson:
      response.address = location.address
      response.city = location.city
      response.roomName = location.rooms.first { $0.id == appointment.room }?.name ?? ""
    case .online:
      let session = VideoSession(
        appointment: appointment.id, opens: window.opens, closes: window.closes)
      let party = try party(query.party, of: appointment, reading: snapshot)
      response.url = try video?.link(to: session, for: party).url ?? ""
    }
    return try Seduta_Wire_V1_Reply(response)
  }

  func cancelLink(
    of id: AppointmentID, of partner: PartnerID, as actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    let appointment = try visible(id, of: partner, to: actor, reading: snapshot)
    var response = Seduta_V1_AppointmentsGetCancelLinkResponse()
    response.token = SignedLink(.cancel, of: id, partner: partner).text(secret: linkSecret)
    response.expireTime = appointment.span.start.instant.timestamp
    return try Seduta_Wire_V1_Reply(response)
  }

  /// - Throws: `UnknownID` where there is none, or it is not the actor's.
  func visible(
    _ id: AppointmentID, of partner: PartnerID, to actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Appointment {
    guard let found = try snapshot.appointment(id), found.owner == partner,
      found.appointment.isVisible(to: actor)
    else { throw UnknownID(id: id.text, field: "appointment_id") }
    return found.appointment
  }

  private func policy(
    for appointment: Appointment, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> ResolvedPolicy {
    Policy.resolved(
      service: try snapshot.service(appointment.service)?.service.policy,
      therapist: try snapshot.therapist(appointment.therapist)?.therapist.policy ?? .unset,
      partner: try snapshot.policy(of: partner).policy)
  }

  private func party(
    _ role: VideoParty.Role, of appointment: Appointment, reading snapshot: StoreSnapshot
  ) throws -> VideoParty {
    switch role {
    case .therapist:
      let found = try snapshot.therapist(appointment.therapist)
      return VideoParty(
        role: role, id: appointment.therapist.text,
        displayName: found?.therapist.displayName ?? "")
    case .client:
      // Only who asked for a session may be nobody that is known, and there is none to go to then.
      guard let id = appointment.client, let found = try snapshot.client(id) else {
        throw StoreError.corrupt(
          table: "appointments", id: appointment.id.text, column: "client_id")
      }
      return VideoParty(role: role, id: id.text, displayName: found.client.person.name)
    }
  }
}
