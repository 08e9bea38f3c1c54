internal import Availability
internal import Booking
internal import SwiftProtobuf
internal import Wire

extension Translation {
  private static let importMax = 10_000

  /// What a writing call of the directory puts.
  func directoryPut(
    _ method: Method, _ message: some SwiftProtobufContiguousBytes, from caller: Caller
  ) throws -> DirectoryPut {
    var reader = DirectoryReader(fields: FieldReader(zones: zones), now: caller.now)
    let entry: DirectoryPut.Entry?
    switch method {
    case .directoryCreateTherapist:
      let request = try Seduta_V1_DirectoryCreateTherapistRequest(serializedBytes: message)
      entry = reader.entry("therapist", .create, reader.therapist(request.therapist, "therapist"))
    case .directoryCreateLocation:
      let request = try Seduta_V1_DirectoryCreateLocationRequest(serializedBytes: message)
      entry = reader.entry("location", .create, reader.location(request.location, "location"))
    case .directoryCreateService:
      let request = try Seduta_V1_DirectoryCreateServiceRequest(serializedBytes: message)
      entry = reader.entry("service", .create, reader.service(request.service, "service"))
    case .directoryUpdateTherapist:
      let request = try Seduta_V1_DirectoryUpdateTherapistRequest(serializedBytes: message)
      let mask: Set<TherapistField> = reader.mask(request.updateMask)
      entry = reader.entry(
        "therapist", reader.update(request.therapist.version, "therapist"),
        reader.therapist(request.therapist, "therapist", updating: mask))
    case .directoryUpdateLocation:
      let request = try Seduta_V1_DirectoryUpdateLocationRequest(serializedBytes: message)
      let mask: Set<LocationField> = reader.mask(request.updateMask)
      entry = reader.entry(
        "location", reader.update(request.location.version, "location"),
        reader.location(request.location, "location", updating: mask))
    case .directoryUpdateService:
      let request = try Seduta_V1_DirectoryUpdateServiceRequest(serializedBytes: message)
      let mask: Set<HealthcareServiceField> = reader.mask(request.updateMask)
      entry = reader.entry(
        "service", reader.update(request.service.version, "service"),
        reader.service(request.service, "service", updating: mask))
    case .directoryImport:
      let request = try Seduta_V1_DirectoryImportRequest(serializedBytes: message)
      return try imported(request, &reader)
    default:
      preconditionFailure("\(method.rawValue) puts nothing into the directory")
    }
    return DirectoryPut(entries: [try reader.fields.finish(entry)], isImport: false)
  }

  private func imported(
    _ request: Seduta_V1_DirectoryImportRequest, _ reader: inout DirectoryReader
  ) throws -> DirectoryPut {
    let count =
      request.locations.count + request.therapists.count + request.services.count
      + request.schedules.count
    guard (1...Translation.importMax).contains(count) else {
      throw Malformed(faults: [
        FieldFault(
          field: "locations",
          expected: "expected 1 to \(Translation.importMax) resources in all, got \(count)")
      ])
    }
    var entries: [DirectoryPut.Entry?] = []
    for (index, message) in request.locations.enumerated() {
      let path = "locations[\(index)]"
      reader.requireID(message.id, path)
      entries.append(reader.entry(path, .replace, reader.location(message, path)))
    }
    for (index, message) in request.therapists.enumerated() {
      let path = "therapists[\(index)]"
      reader.requireID(message.id, path)
      entries.append(reader.entry(path, .replace, reader.therapist(message, path)))
    }
    for (index, message) in request.services.enumerated() {
      let path = "services[\(index)]"
      reader.requireID(message.id, path)
      entries.append(reader.entry(path, .replace, reader.service(message, path)))
    }
    for (index, message) in request.schedules.enumerated() {
      let path = "schedules[\(index)]"
      entries.append(
        reader.entry(
          path, .replace, reader.schedule(message, path).map(DirectoryEntry.schedule)))
    }
    return try reader.fields.finish(
      DirectoryPut(entries: entries.compactMap { $0 }, isImport: true))
  }

  /// What a reading call of the directory asks for.
  func directoryQuery(
    _ method: Method, _ message: some SwiftProtobufContiguousBytes
  ) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    switch method {
    case .directoryGetTherapist:
      let request = try Seduta_V1_DirectoryGetTherapistRequest(serializedBytes: message)
      return .therapist(try required(request.therapistID, "therapist_id", &reader))
    case .directoryGetLocation:
      let request = try Seduta_V1_DirectoryGetLocationRequest(serializedBytes: message)
      return .location(try required(request.locationID, "location_id", &reader))
    case .directoryGetService:
      let request = try Seduta_V1_DirectoryGetServiceRequest(serializedBytes: message)
      return .service(try required(request.serviceID, "service_id", &reader))
    case .directoryGetSchedule:
      let request = try Seduta_V1_DirectoryGetScheduleRequest(serializedBytes: message)
      return .schedule(try required(request.therapistID, "therapist_id", &reader))
    case .directoryListTherapists:
      let request = try Seduta_V1_DirectoryListTherapistsRequest(serializedBytes: message)
      return .therapists(
        try finishedPage(request, request.pageSize, request.pageToken, &reader) {
          $0.pageToken = ""
          $0.pageSize = 0
        })
    case .directoryListLocations:
      let request = try Seduta_V1_DirectoryListLocationsRequest(serializedBytes: message)
      return .locations(
        try finishedPage(request, request.pageSize, request.pageToken, &reader) {
          $0.pageToken = ""
          $0.pageSize = 0
        })
    case .directoryListServices:
      let request = try Seduta_V1_DirectoryListServicesRequest(serializedBytes: message)
      let therapist: TherapistID? = reader.optionalID(request.therapistID, "therapist_id")
      return .services(
        of: therapist,
        try finishedPage(request, request.pageSize, request.pageToken, &reader) {
          $0.pageToken = ""
          $0.pageSize = 0
        })
    case .directoryListSchedules:
      let request = try Seduta_V1_DirectoryListSchedulesRequest(serializedBytes: message)
      return .schedules(
        try finishedPage(request, request.pageSize, request.pageToken, &reader) {
          $0.pageToken = ""
          $0.pageSize = 0
        })
    case .directoryGetPolicy:
      _ = try Seduta_V1_DirectoryGetPolicyRequest(serializedBytes: message)
      return .policy
    default:
      preconditionFailure("\(method.rawValue) reads nothing of the directory")
    }
  }

  private func required<Kind>(
    _ text: String, _ field: String, _ reader: inout FieldReader
  ) throws(Malformed) -> ID<Kind> {
    let id: ID<Kind>? = reader.id(text, field)
    return try reader.finish(id)
  }

  private func finishedPage<Request: Message, Kind>(
    _ request: Request, _ size: Int32, _ token: String, _ reader: inout FieldReader,
    unbind: (inout Request) -> Void
  ) throws -> Page<Kind> {
    let page: Page<Kind>? = try page(request, size, token, &reader, unbind: unbind)
    return try reader.finish(page)
  }
}
