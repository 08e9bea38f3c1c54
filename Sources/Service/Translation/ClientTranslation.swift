internal import Availability
internal import Booking
internal import Intervals
internal import SwiftProtobuf
internal import Wire

extension Translation {
  func register(
    _ message: Seduta_V1_ClientsRegisterRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let registration = registration(message.client, "client", &reader)
    let therapist: TherapistID? = reader.optionalID(message.therapistID, "therapist_id")
    let wish = registration.map { Wanted.registerClient($0, joining: therapist) }
    return command(try reader.finish(wish), from: caller, validateOnly: false)
  }

  /// - Parameter path: where the registration stands in the request.
  func registration(
    _ message: Seduta_V1_ClientRegistration, _ path: String, _ reader: inout FieldReader
  ) -> Registration? {
    let id: ClientID? = reader.optionalID(message.clientID, "\(path).client_id")
    let name = reader.text(message.name, "\(path).name", length: 1...200)
    let email = reader.email(message.email, "\(path).email")
    let phone = reader.phone(message.phone, "\(path).phone")
    let language = reader.language(message.language, "\(path).language")
    let zoneName = reader.zoneName(message.timeZone, "\(path).time_zone")
    let birthDate = reader.birthDate(message.birthDate, "\(path).birth_date")
    let smsLead = reader.smsLead(message.smsLeadMinutes, "\(path).sms_lead_minutes")
    let terms = consent(
      message.hasTerms ? message.terms : nil, "\(path).terms", &reader)
    let dataProcessing = consent(
      message.hasDataProcessing ? message.dataProcessing : nil, "\(path).data_processing", &reader)
    guard let name, let email, let phone, let language, let zoneName, let terms, let dataProcessing
    else { return nil }
    return Registration(
      id: id,
      person: Person(
        name: name, email: email, phone: phone, language: language, zoneName: zoneName,
        birthDate: birthDate, smsLeadMinutes: smsLead),
      terms: terms, dataProcessing: dataProcessing)
  }

  private func consent(
    _ message: Seduta_V1_Consent?, _ path: String, _ reader: inout FieldReader
  ) -> Consent? {
    guard let message else {
      reader.fault(path, "expected version and time of the client's consent; it is required")
      return nil
    }
    let version = reader.text(message.version, "\(path).version", length: 1...64, kind: .code)
    guard message.hasAcceptTime else {
      reader.fault("\(path).accept_time", "expected when the client agreed; it is required")
      return nil
    }
    let at = reader.instant(Instant(message.acceptTime).msSinceEpoch, "\(path).accept_time")
    guard let version, let at else { return nil }
    return Consent(version: version, acceptedAt: at)
  }

  func get(_ message: Seduta_V1_ClientsGetRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let id: ClientID? = reader.id(message.clientID, "client_id")
    return .client(try reader.finish(id))
  }

  func list(_ message: Seduta_V1_ClientsListRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.optionalID(message.therapistID, "therapist_id")
    let page: Page<ClientKind>? = try page(message, message.pageSize, message.pageToken, &reader) {
      $0.pageToken = ""
      $0.pageSize = 0
    }
    return .clients(of: therapist, try reader.finish(page))
  }

  /// A page of a list that is ordered by id.
  /// - Parameter unbind: takes token and page size out of the request: the next token is bound to
  ///   the rest.
  func page<Request: Message, Kind>(
    _ request: Request, _ size: Int32, _ token: String, _ reader: inout FieldReader,
    unbind: (inout Request) -> Void
  ) throws -> Page<Kind>? {
    var unbound = request
    unbind(&unbound)
    // Two lists may have the same fields: the message's name tells their tokens apart.
    let binding = try Array(Request.protoMessageName.utf8) + unbound.serializedBytes()
    let limit = reader.pageSize(size, "page_size", standard: Translation.pageSize)
    let after = reader.cursor(token, of: binding, ID<Kind>.init)
    return Page(after: after, limit: limit, binding: binding)
  }
}

extension Client {
  var message: Seduta_V1_Client {
    var message = Seduta_V1_Client()
    message.id = id.text
    message.name = person.name
    message.email = person.email.text
    message.phone = person.phone.text
    message.language = person.language.text
    message.timeZone = person.zoneName
    message.terms = terms.message
    message.dataProcessing = dataProcessing.message
    message.birthDate = person.birthDate?.description ?? ""
    message.smsLeadMinutes = person.smsLeadMinutes ?? 0
    message.version = version
    message.createTime = registeredAt.timestamp
    return message
  }
}

extension Registration {
  var message: Seduta_V1_ClientRegistration {
    var message = Seduta_V1_ClientRegistration()
    message.clientID = id?.text ?? ""
    message.name = person.name
    message.email = person.email.text
    message.phone = person.phone.text
    message.language = person.language.text
    message.timeZone = person.zoneName
    message.birthDate = person.birthDate?.description ?? ""
    message.smsLeadMinutes = person.smsLeadMinutes ?? 0
    message.terms = terms.message
    message.dataProcessing = dataProcessing.message
    return message
  }
}

extension FieldReader {
  mutating func email(_ text: String, _ field: String) -> EmailAddress? {
    parsed(text, field, "an e-mail address", EmailAddress.init)
  }

  mutating func phone(_ text: String, _ field: String) -> PhoneNumber? {
    parsed(
      text, field, "a telephone number in E.164, such as \"+390612345678\"", PhoneNumber.init)
  }

  /// Nil where it is empty, or a wrong one.
  mutating func birthDate(_ text: String, _ field: String) -> CivilDate? {
    guard !text.isEmpty else { return nil }
    return parsed(text, field, "a date of birth in ISO 8601, such as \"1987-03-29\"") { text in
      CivilDate(text).flatMap { FieldReader.birthDates.contains($0) ? $0 : nil }
    }
  }

  private static let birthDates =
    CivilDate(daysSinceEpoch: -43_829)...CivilDate(daysSinceEpoch: 47_482)
}

extension Consent {
  fileprivate var message: Seduta_V1_Consent {
    var message = Seduta_V1_Consent()
    message.version = version
    message.acceptTime = acceptedAt.timestamp
    return message
  }
}

extension Instant {
  var timestamp: Google_Protobuf_Timestamp {
    let (seconds, ms) = msSinceEpoch.quotientAndRemainder(dividingBy: 1_000)
    // Timestamp counts nanoseconds forward, before 1970 too.
    let isBefore = ms < 0
    return Google_Protobuf_Timestamp(
      seconds: isBefore ? seconds - 1 : seconds,
      nanos: Int32((isBefore ? ms + 1_000 : ms) * 1_000_000))
  }

  /// To the millisecond; out of any range for a timestamp that is out of its own.
  init(_ timestamp: Google_Protobuf_Timestamp) {
    let (ms, overflow) = timestamp.seconds.multipliedReportingOverflow(by: 1_000)
    guard !overflow, (0..<1_000_000_000).contains(timestamp.nanos) else {
      self.init(msSinceEpoch: .max)
      return
    }
    let (sum, over) = ms.addingReportingOverflow(Int64(timestamp.nanos / 1_000_000))
    self.init(msSinceEpoch: over ? .max : sum)
  }
}
