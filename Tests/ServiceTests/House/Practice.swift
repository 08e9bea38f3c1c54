internal import Availability
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// A therapist who is open, with what is needed to book them. All ids come from one number.
struct Practice: Sendable {
  let number: Int
  var zoneName = "Europe/Rome"
  /// ISO 8601 weekdays.
  var weekdays: [Int32] = Array(1...7)
  /// Minutes after local midnight.
  var opensMinute: Int32 = 0
  var closesMinute: Int32 = 1_440
  var durationMinutes: Int32 = 60
  /// Before and after each session.
  var bufferMinutes: Int32 = 0
  /// Rooms of the practice's office; nil means that it works online.
  var roomCount: Int?
  /// Whose office it is: practices may share one.
  var officeNumber: Int?

  init(_ number: Int = 1) {
    self.number = number
  }

  private func raw(_ offset: Int) -> UInt128 { UInt128(number * 1_000 + offset) }
  private var officeRaw: UInt128 { UInt128((officeNumber ?? number) * 1_000) }

  var therapistID: String { TherapistID(rawValue: raw(1)).text }
  var serviceID: String { ServiceID(rawValue: raw(2)).text }
  var locationID: String { LocationID(rawValue: officeRaw + 3).text }
  func roomID(_ index: Int) -> String { RoomID(rawValue: officeRaw + 10 + UInt128(index)).text }

  var location: Seduta_V1_Location {
    var location = Seduta_V1_Location()
    location.id = locationID
    location.name = "Place \(number)"
    location.mode = .online
    if let roomCount {
      location.mode = .inPerson
      location.address = "Via Roma 1"
      location.city = "Roma"
      location.rooms = (0..<roomCount).map { index in
        var room = Seduta_V1_Room()
        room.id = roomID(index)
        room.name = "Room \(index)"
        return room
      }
    }
    return location
  }

  var therapist: Seduta_V1_Therapist {
    var therapist = Seduta_V1_Therapist()
    therapist.id = therapistID
    therapist.displayName = "Therapist \(number)"
    therapist.timeZone = zoneName
    therapist.languages = ["it"]
    therapist.locationIds = [locationID]
    return therapist
  }

  var service: Seduta_V1_Service {
    var service = Seduta_V1_Service()
    service.id = serviceID
    service.therapistID = therapistID
    service.name = "Session"
    service.kind = "individual"
    service.durationMinutes = durationMinutes
    service.bufferBeforeMinutes = bufferMinutes
    service.bufferAfterMinutes = bufferMinutes
    service.price.currency = "EUR"
    service.price.minorUnits = 7_000
    service.mode = location.mode
    service.locationIds = [locationID]
    service.paymentPlan = .onSite
    return service
  }

  var schedule: Seduta_V1_Schedule {
    var schedule = Seduta_V1_Schedule()
    schedule.therapistID = therapistID
    schedule.windows = weekdays.map { weekday in
      var window = Seduta_V1_WeeklyWindow()
      window.weekday = weekday
      window.opensMinute = opensMinute
      window.closesMinute = closesMinute
      window.locationID = locationID
      return window
    }
    return schedule
  }

  /// Makes all of it known to the server.
  func open(by client: SedutaClient) async throws {
    try await Practice.open([self], by: client)
  }

  static func open(_ practices: [Practice], by client: SedutaClient) async throws {
    var request = Seduta_V1_DirectoryImportRequest()
    var seen: Set<String> = []
    request.locations = practices.map(\.location).filter { seen.insert($0.id).inserted }
    request.therapists = practices.map(\.therapist)
    request.services = practices.map(\.service)
    request.schedules = practices.map(\.schedule)
    _ = try await client.directory.import(request)
  }

  /// For someone who was not there before.
  func booking(at startMs: Int64, consentMs: Int64 = 1) -> Seduta_V1_AppointmentsBookRequest {
    var request = Seduta_V1_AppointmentsBookRequest()
    request.therapistID = therapistID
    request.serviceID = serviceID
    request.locationID = locationID
    request.startMs = startMs
    request.newClient = Practice.person(consentMs: consentMs)
    return request
  }

  func hold(at startMs: Int64) -> Seduta_V1_HoldsTakeRequest {
    var request = Seduta_V1_HoldsTakeRequest()
    request.therapistID = therapistID
    request.serviceID = serviceID
    request.locationID = locationID
    request.startMs = startMs
    return request
  }

  func check(at startMs: Int64) -> Seduta_V1_SlotsCheckRequest {
    var request = Seduta_V1_SlotsCheckRequest()
    request.therapistID = therapistID
    request.serviceID = serviceID
    request.locationID = locationID
    request.startMs = startMs
    return request
  }

  func search(untilMs: Int64, fromMs: Int64 = 0) -> Seduta_V1_SlotsSearchRequest {
    var request = Seduta_V1_SlotsSearchRequest()
    request.fromMs = fromMs
    request.untilMs = untilMs
    request.filter.therapistIds = [therapistID]
    return request
  }

  static func person(consentMs: Int64 = 1) -> Seduta_V1_ClientRegistration {
    var person = Seduta_V1_ClientRegistration()
    person.name = "Ada Rossi"
    person.email = "ada@example.org"
    person.phone = "+390612345678"
    person.language = "it"
    person.timeZone = "Europe/Rome"
    person.terms.version = "1"
    person.terms.acceptTime = .init(ms: consentMs)
    person.dataProcessing = person.terms
    return person
  }
}

extension Google_Protobuf_Timestamp {
  init(ms: Int64) {
    self.init(seconds: ms / 1_000, nanos: Int32(ms % 1_000) * 1_000_000)
  }
}

extension Seduta_Wire_V1_Call {
  /// A call with a key of its own where it writes.
  init(_ id: UInt64, _ method: Wire.Method, _ request: some Message) throws {
    self.init()
    callID = id
    self.method = method.rawValue
    if method.writes { idempotencyKey = "key-\(id)" }
    message = try request.serializedData()
  }
}
