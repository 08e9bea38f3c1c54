internal import Availability
internal import Booking
internal import Intervals

extension Practice {
  /// Where clients ask for sessions with Anna at the office, with what a test wants otherwise.
  static func takingRequests(
    autoAccept: Bool? = nil, reasonInMessage: Bool? = nil, plan: PaymentPlan = .onSite
  ) -> Practice {
    var practice = Practice()
    var settings = AppointmentSettings()
    settings.clientBooking = .request
    settings.autoAcceptRequests = autoAccept
    settings.declineReasonInMessage = reasonInMessage
    practice.facts.services[individual]?.policy = Policy(appointments: settings)!
    practice.facts.services[individual]?.plan = plan
    return practice
  }

  /// Registers a client, as this person.
  mutating func enrol(_ id: ClientID, _ person: Person) {
    facts.clients[id] = Client(
      id: id, person: person, terms: Practice.consent, dataProcessing: Practice.consent, version: 1,
      registeredAt: Practice.consent.acceptedAt)
  }
}

/// A person whom nobody knows yet.
func person(
  name: String = "Daria Doni", email: String = "daria@example.it", phone: String = "+393331234567",
  born birthDate: String? = nil
) -> Person {
  Person(
    name: name, email: EmailAddress(email)!, phone: PhoneNumber(phone)!,
    language: LanguageTag("it")!, zoneName: "Europe/Rome",
    birthDate: birthDate.map { CivilDate($0)! })
}

func registering(_ person: Person, terms: Consent = Practice.consent) -> Registration {
  Registration(id: nil, person: person, terms: terms, dataProcessing: Practice.consent)
}

/// A wish to ask Anna for a session at the office, with what a test wants otherwise.
func asking(
  _ start: Minute, service: ServiceID = individual, room: RoomID? = nil,
  asker: BookingWish.Attendee = .registered(carlo), note: String = "", id: AppointmentID? = nil,
  hold: HoldID? = nil
) -> Wanted {
  .ask(
    AskWish(
      session: BookingWish(
        therapist: anna, service: service, location: office, room: room, start: start,
        attendee: asker, id: id, hold: hold),
      note: note))
}

func accepting(
  _ id: AppointmentID, seen version: Int64? = nil, for claimant: AcceptWish.Claimant = .matching
) -> Wanted {
  .accept(AcceptWish(appointment: id, seenVersion: version, claimant: claimant))
}

func declining(
  _ id: AppointmentID, seen version: Int64? = nil, reason: String = "", isQuiet: Bool = false
) -> Wanted {
  .decline(
    DeclineWish(appointment: id, seenVersion: version, reason: reason, isQuiet: isQuiet))
}

func withdrawing(
  _ id: AppointmentID, seen version: Int64? = nil, reason: String = ""
) -> Wanted {
  .withdraw(WithdrawWish(appointment: id, seenVersion: version, reason: reason))
}

extension Decision {
  /// Of a request that was asked, accepted, declined or withdrawn.
  var answered: Appointment? {
    switch change?.answer {
    case .asked(let request, isClientTold: _), .accepted(let request, isNewClient: _),
      .declined(let request),
      .withdrawn(let request):
      request
    default: nil
    }
  }

  /// Of an acceptance.
  var isNewClient: Bool? {
    if case .accepted(_, let isNew) = change?.answer { isNew } else { nil }
  }

  var notices: [Notice] {
    (change?.effects ?? []).map { effect in
      switch effect {
      case .message(let notice): notice
      }
    }
  }
}
