internal import Accounting
internal import Availability
internal import Booking
internal import Wire

extension Money {
  var message: Seduta_V1_Money {
    var message = Seduta_V1_Money()
    message.minorUnits = minorUnits
    message.currency = currency.code
    return message
  }

  /// Stands where an update leaves the price alone: XXX is ISO 4217's code for no currency.
  static let nothing = Currency("XXX").map { Money(minorUnits: 0, currency: $0) }
}

extension SessionMode {
  var message: Seduta_V1_SessionMode {
    switch self {
    case .online: .online
    case .inPerson: .inPerson
    }
  }
}

extension PaymentPlan {
  var message: Seduta_V1_PaymentPlan {
    switch self {
    case .prepaid: .prepaid
    case .captureBefore: .captureBefore
    case .package: .package
    case .free: .free
    case .onSite: .onSite
    }
  }
}

extension Therapist {
  var message: Seduta_V1_Therapist {
    var message = Seduta_V1_Therapist()
    message.id = id.text
    message.displayName = displayName
    message.email = email?.text ?? ""
    message.timeZone = zoneName
    message.languages = languages
    message.specialities = specialities
    message.insurers = insurers
    message.locationIds = locations.map(\.text)
    message.gridMinutes = grid.stepMinutes
    message.fullHoursOnly = grid.fullHoursOnly
    message.version = version
    if policy != .unset { message.policy = policy.message }
    return message
  }

  /// As an actor may see it: where messages to them go is told to staff and to themself only.
  func message(for actor: Actor) -> Seduta_V1_Therapist {
    var message = message
    switch actor {
    case .staff, .therapist(id), .time, .gateway: break
    case .therapist, .client, .link: message.email = ""
    }
    return message
  }
}

extension Location {
  var message: Seduta_V1_Location {
    var message = Seduta_V1_Location()
    message.id = id.text
    message.name = name
    message.mode = mode.message
    message.address = address
    message.city = city
    message.rooms = rooms.map { room in
      var message = Seduta_V1_Room()
      message.id = room.id.text
      message.name = room.name
      return message
    }
    message.version = version
    return message
  }
}

extension HealthcareService {
  var message: Seduta_V1_Service {
    var message = Seduta_V1_Service()
    message.id = id.text
    message.therapistID = therapist.text
    message.name = name
    message.kind = kind
    message.durationMinutes = durationMinutes
    message.price = price.message
    message.mode = mode.message
    message.locationIds = locations.map(\.text)
    message.paymentPlan = plan.message
    message.gridMinutes = gridStepMinutes ?? 0
    message.fullHoursOnly = fullHoursOnly
    message.version = version
    message.bufferBeforeMinutes = buffers.beforeMinutes
    message.bufferAfterMinutes = buffers.afterMinutes
    if policy != .unset { message.policy = policy.message }
    return message
  }
}
