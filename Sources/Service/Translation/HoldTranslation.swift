internal import Availability
internal import Booking
internal import Intervals
internal import SwiftProtobuf
internal import Wire

extension Translation {
  func take(
    _ message: Seduta_V1_HoldsTakeRequest, from caller: Caller
  ) throws(Malformed) -> Command {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.id(message.therapistID, "therapist_id")
    let service: ServiceID? = reader.id(message.serviceID, "service_id")
    let location: LocationID? = reader.id(message.locationID, "location_id")
    let room: RoomID? = reader.optionalID(message.roomID, "room_id")
    let start = reader.start(message.startMs, "start_ms")
    let client: ClientID? = reader.optionalID(message.clientID, "client_id")
    let id: HoldID? = reader.optionalID(message.holdID, "hold_id")
    guard let therapist, let service, let location, let start else {
      throw Malformed(faults: reader.faults)
    }
    let wish = HoldWish(
      therapist: therapist, service: service, location: location, room: room, start: start,
      client: client, id: id)
    return try reader.finish(command(.takeHold(wish), from: caller, validateOnly: false))
  }

  func renew(
    _ message: Seduta_V1_HoldsRenewRequest, from caller: Caller
  ) throws(Malformed) -> Command {
    command(.renewHold(try holdID(message.holdID)), from: caller, validateOnly: false)
  }

  func release(
    _ message: Seduta_V1_HoldsReleaseRequest, from caller: Caller
  ) throws(Malformed) -> Command {
    command(.releaseHold(try holdID(message.holdID)), from: caller, validateOnly: false)
  }

  func get(
    _ message: Seduta_V1_HoldsGetRequest, from caller: Caller
  ) throws(Malformed) -> StoreQuery {
    .hold(try holdID(message.holdID), at: caller.now)
  }

  private func holdID(_ text: String) throws(Malformed) -> HoldID {
    var reader = FieldReader(zones: zones)
    let id: HoldID? = reader.id(text, "hold_id")
    return try reader.finish(id)
  }
}

extension Hold {
  var message: Seduta_V1_Hold {
    var message = Seduta_V1_Hold()
    message.id = id.text
    message.therapistID = therapist.text
    message.serviceID = service.text
    message.locationID = location.text
    message.roomID = room?.text ?? ""
    message.clientID = client?.text ?? ""
    message.startTime = span.start.instant.timestamp
    message.endTime = span.end.instant.timestamp
    message.createTime = takenAt.timestamp
    message.expireTime = expiresAt.timestamp
    message.expireTimeMax = expiresAtMax.timestamp
    return message
  }
}
