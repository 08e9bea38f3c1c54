internal import Availability
internal import Booking
internal import Intervals
internal import Wire

extension Translation {
  func get(_ message: Seduta_V1_TherapiesGetRequest, from caller: Caller) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let id: TherapyID? = reader.id(message.therapyID, "therapy_id")
    return .therapy(try reader.finish(id), at: caller.now)
  }

  func list(_ message: Seduta_V1_TherapiesListRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.optionalID(message.therapistID, "therapist_id")
    let client: ClientID? = reader.optionalID(message.clientID, "client_id")
    let page: Page<TherapyKind>? = try page(
      message, message.pageSize, message.pageToken, &reader
    ) {
      $0.pageToken = ""
      $0.pageSize = 0
    }
    return .therapies(of: therapist, with: client, try reader.finish(page))
  }

  func updateTherapy(
    _ message: Seduta_V1_TherapiesUpdateRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: TherapyID? = reader.id(message.therapyID, "therapy_id")
    let version = reader.seenVersion(message.version, "version")
    let update = try reader.finish(
      id.map { TherapyUpdate(therapy: $0, seenVersion: version, selfBooking: message.selfBooking) })
    return command(.updateTherapy(update), from: caller, validateOnly: false)
  }
}

extension Therapy {
  var message: Seduta_V1_Therapy {
    var message = Seduta_V1_Therapy()
    message.id = id.text
    message.therapistID = pair.therapist.text
    message.clientID = pair.client.text
    message.selfBooking = selfBooking
    message.version = version
    message.createTime = begunAt.timestamp
    return message
  }
}

extension TherapySummary {
  var message: Seduta_V1_TherapySummary {
    var message = Seduta_V1_TherapySummary()
    message.upcoming = Int32(clamping: upcoming)
    message.held = Int32(clamping: held)
    message.followUpsOpen = followUpsOpen
    message.paid = paid.map(\.message)
    message.outstanding = outstanding.map(\.message)
    return message
  }
}
