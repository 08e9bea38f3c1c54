internal import Availability
internal import Booking
internal import Intervals
internal import SwiftProtobuf
internal import Wire

/// Reads the directory's resources. Of an update only the masked fields are read.
struct DirectoryReader {
  var fields: FieldReader
  let now: Instant

  private static let listMax = 50
  private static let roomsMax = 100

  func entry(
    _ path: String, _ mode: DirectoryPut.Mode, _ value: DirectoryEntry?
  ) -> DirectoryPut.Entry? {
    value.map { DirectoryPut.Entry(path: path, value: $0, mode: mode) }
  }

  mutating func update(_ version: Int64, _ path: String) -> DirectoryPut.Mode {
    .update(seenVersion: fields.seenVersion(version, "\(path).version"))
  }

  /// An import finds what it replaces by the id, so every resource must carry one.
  mutating func requireID(_ text: String, _ path: String) {
    if text.isEmpty { fields.fault("\(path).id", "expected an id; it is required in an import") }
  }

  /// The fields that an update names; all of them when it names none.
  mutating func mask<Field: CaseIterable & RawRepresentable<String> & Hashable>(
    _ mask: Google_Protobuf_FieldMask
  ) -> Set<Field> {
    guard !mask.paths.isEmpty else { return Set(Field.allCases) }
    var named: Set<Field> = []
    for (index, path) in mask.paths.enumerated() {
      if let field = Field(rawValue: path) {
        named.insert(field)
      } else {
        let names = Field.allCases.map(\.rawValue).joined(separator: ", ")
        fields.fault("update_mask.paths[\(index)]", "expected one of \(names), got \(quoted(path))")
      }
    }
    return named
  }

  // An update must name what it changes; what is created gets an id where it has none.
  mutating func id<Kind>(_ text: String, _ path: String, isUpdate: Bool) -> ID<Kind>? {
    if text.isEmpty && !isUpdate {
      return ID(at: now.msSinceEpoch, entropy: UInt128.random(in: .min ... .max))
    }
    return fields.id(text, "\(path).id")
  }

  mutating func therapist(
    _ message: Seduta_V1_Therapist, _ path: String, updating: Set<TherapistField>? = nil
  ) -> DirectoryEntry? {
    let wanted = updating ?? Set(TherapistField.allCases)
    let id: TherapistID? = id(message.id, path, isUpdate: updating != nil)
    let name =
      wanted.contains(.displayName)
      ? fields.text(message.displayName, "\(path).display_name", length: 1...200) : ""
    let email =
      wanted.contains(.email) && !message.email.isEmpty
      ? fields.email(message.email, "\(path).email") : nil
    let zoneName =
      wanted.contains(.zoneName) ? fields.zoneName(message.timeZone, "\(path).time_zone") : ""
    let languages =
      wanted.contains(.languages) ? self.languages(message.languages, "\(path).languages") : []
    let specialities =
      wanted.contains(.specialities)
      ? fields.labels(
        message.specialities, "\(path).specialities", count: 0...DirectoryReader.listMax) : []
    let insurers =
      wanted.contains(.insurers)
      ? fields.labels(message.insurers, "\(path).insurers", count: 0...DirectoryReader.listMax) : []
    let locations: [LocationID] =
      wanted.contains(.locations)
      ? fields.ids(
        message.locationIds, "\(path).location_ids", countMax: DirectoryReader.listMax) : []
    let stepMinutes =
      wanted.contains(.gridMinutes) ? step(message.gridMinutes, "\(path).grid_minutes") : nil
    let grid = Grid(
      stepMinutes: stepMinutes ?? Grid.standard.stepMinutes,
      fullHoursOnly: wanted.contains(.fullHoursOnly) && message.fullHoursOnly)
    let policy =
      wanted.contains(.policy)
      ? fields.policy(message.policy, "\(path).policy", of: .therapist) : .unset
    guard let id, let name, let zoneName, let grid, let policy else { return nil }
    return .therapist(
      Therapist(
        id: id, displayName: name, email: email, zoneName: zoneName, languages: languages,
        specialities: specialities, insurers: insurers, locations: locations, grid: grid,
        policy: policy, version: 1),
      wanted)
  }

  private mutating func languages(_ values: [String], _ field: String) -> [String] {
    let languages = fields.labels(
      values, field, count: 1...DirectoryReader.listMax, kind: .code)
    for (index, language) in languages.enumerated() {
      _ = fields.language(language, "\(field)[\(index)]")
    }
    return languages
  }

  /// Nil where none is set, or a wrong one.
  private mutating func step(_ minutes: Int32, _ field: String) -> Int32? {
    guard minutes != 0 else { return nil }
    guard Grid.allSteps.contains(minutes) else {
      let steps = Grid.allSteps.map(String.init).joined(separator: ", ")
      fields.fault(field, "expected 0 or one of \(steps), got \(minutes)")
      return nil
    }
    return minutes
  }

  mutating func location(
    _ message: Seduta_V1_Location, _ path: String, updating: Set<LocationField>? = nil
  ) -> DirectoryEntry? {
    let wanted = updating ?? Set(LocationField.allCases)
    let id: LocationID? = id(message.id, path, isUpdate: updating != nil)
    let name =
      wanted.contains(.name) ? fields.text(message.name, "\(path).name", length: 1...200) : ""
    let mode = wanted.contains(.mode) ? fields.mode(message.mode, "\(path).mode") : .online
    let address =
      wanted.contains(.address)
      ? fields.text(message.address, "\(path).address", length: 0...300) : ""
    let city =
      wanted.contains(.city) ? fields.text(message.city, "\(path).city", length: 0...100) : ""
    let rooms = wanted.contains(.rooms) ? self.rooms(message.rooms, "\(path).rooms") : []
    guard let id, let name, let mode, let address, let city else { return nil }
    return .location(
      Location(
        id: id, name: name, mode: mode, address: address, city: city, rooms: rooms, version: 1),
      wanted)
  }

  private mutating func rooms(_ messages: [Seduta_V1_Room], _ field: String) -> [Room] {
    guard messages.count <= DirectoryReader.roomsMax else {
      fields.fault(field, "expected at most \(DirectoryReader.roomsMax), got \(messages.count)")
      return []
    }
    var seen: Set<RoomID> = []
    return messages.enumerated().compactMap { index, message in
      let path = "\(field)[\(index)]"
      let id: RoomID? = id(message.id, path, isUpdate: false)
      let name = fields.text(message.name, "\(path).name", length: 1...200)
      guard let id, let name else { return nil }
      if !seen.insert(id).inserted {
        fields.fault("\(path).id", "expected each room once, got \(id) again")
      }
      return Room(id: id, name: name)
    }
  }

  mutating func service(
    _ message: Seduta_V1_Service, _ path: String, updating: Set<HealthcareServiceField>? = nil
  ) -> DirectoryEntry? {
    var wanted = updating ?? Set(HealthcareServiceField.allCases)
    // An update need not repeat whose it is.
    if updating != nil && message.therapistID.isEmpty { wanted.remove(.therapist) }
    let id: ServiceID? = id(message.id, path, isUpdate: updating != nil)
    let therapist: TherapistID? =
      wanted.contains(.therapist)
      ? fields.id(message.therapistID, "\(path).therapist_id") : TherapistID(rawValue: 0)
    let name =
      wanted.contains(.name) ? fields.text(message.name, "\(path).name", length: 1...200) : ""
    let kind =
      wanted.contains(.kind) ? fields.text(message.kind, "\(path).kind", length: 1...64) : ""
    let duration =
      wanted.contains(.durationMinutes)
      ? fields.number(message.durationMinutes, "\(path).duration_minutes", in: 5...720) : 5
    let price =
      wanted.contains(.price)
      ? fields.price(message.price, "\(path).price") : .nothing
    let mode = wanted.contains(.mode) ? fields.mode(message.mode, "\(path).mode") : .online
    let locations: [LocationID] =
      wanted.contains(.locations)
      ? serviceLocations(message.locationIds, "\(path).location_ids") : []
    let plan =
      wanted.contains(.plan) ? self.plan(message.paymentPlan, "\(path).payment_plan") : .free
    let step =
      wanted.contains(.gridMinutes) ? self.step(message.gridMinutes, "\(path).grid_minutes") : nil
    let before =
      wanted.contains(.bufferBeforeMinutes)
      ? buffer(message.bufferBeforeMinutes, "\(path).buffer_before_minutes") : 0
    let after =
      wanted.contains(.bufferAfterMinutes)
      ? buffer(message.bufferAfterMinutes, "\(path).buffer_after_minutes") : 0
    let policy =
      wanted.contains(.policy)
      ? fields.policy(message.policy, "\(path).policy", of: .service) : .unset
    guard let id, let therapist, let name, let kind, let duration, let price, let mode, let plan,
      let before, let after, let policy
    else { return nil }
    return .service(
      HealthcareService(
        id: id, therapist: therapist, name: name, kind: kind, durationMinutes: duration,
        price: price, mode: mode, locations: locations, plan: plan, gridStepMinutes: step,
        fullHoursOnly: wanted.contains(.fullHoursOnly) && message.fullHoursOnly,
        buffers: Buffers(beforeMinutes: before, afterMinutes: after), policy: policy, version: 1),
      wanted)
  }

  private mutating func buffer(_ minutes: Int32, _ field: String) -> Int32? {
    fields.number(minutes, field, in: HealthcareService.bufferMinutes)
  }

  private mutating func serviceLocations(_ texts: [String], _ field: String) -> [LocationID] {
    if texts.isEmpty { fields.fault(field, "expected at least one; it is required") }
    return fields.ids(texts, field, countMax: DirectoryReader.listMax)
  }

  private mutating func plan(_ plan: Seduta_V1_PaymentPlan, _ field: String) -> PaymentPlan? {
    switch plan {
    case .free: return .free
    case .onSite: return .onSite
    case .prepaid: return .prepaid
    case .captureBefore: return .captureBefore
    case .package: return .package
    case .unspecified, .UNRECOGNIZED:
      fields.fault(
        field,
        "expected PAYMENT_PLAN_FREE, _ON_SITE, _PREPAID, _CAPTURE_BEFORE or _PACKAGE")
      return nil
    }
  }
}
