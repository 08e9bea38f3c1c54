internal import Availability
internal import Booking
internal import Intervals
internal import Wire

/// The fields of a client that an update can name.
enum ClientField: String, CaseIterable {
  case name
  case email
  case phone
  case language
  case zoneName = "time_zone"
  case birthDate = "birth_date"
  case smsLeadMinutes = "sms_lead_minutes"
}

extension Translation {
  func updateClient(
    _ message: Seduta_V1_ClientsUpdateRequest, from caller: Caller
  ) throws -> Command {
    var masks = DirectoryReader(fields: FieldReader(zones: zones), now: caller.now)
    let fields: Set<ClientField> = masks.mask(message.updateMask)
    var reader = masks.fields
    let client = message.client
    let id: ClientID? = reader.id(client.id, "client.id")
    let version = reader.seenVersion(client.version, "client.version")
    guard let id else { throw Malformed(faults: reader.faults) }
    var update = ClientUpdate(client: id)
    update.seenVersion = version
    for field in ClientField.allCases where fields.contains(field) {
      switch field {
      case .name: update.name = reader.text(client.name, "client.name", length: 1...200)
      case .email: update.email = reader.email(client.email, "client.email")
      case .phone: update.phone = reader.phone(client.phone, "client.phone")
      case .language: update.language = reader.language(client.language, "client.language")
      case .zoneName: update.zoneName = reader.zoneName(client.timeZone, "client.time_zone")
      case .birthDate:
        update.birthDate = .some(reader.birthDate(client.birthDate, "client.birth_date"))
      case .smsLeadMinutes:
        update.smsLeadMinutes = .some(
          reader.smsLead(client.smsLeadMinutes, "client.sms_lead_minutes"))
      }
    }
    return command(.updateClient(try reader.finish(update)), from: caller, validateOnly: false)
  }
}
