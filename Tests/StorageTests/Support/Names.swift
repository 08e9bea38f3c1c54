internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

let partner = PartnerID(rawValue: 1)
let otherPartner = PartnerID(rawValue: 2)
let office = LocationID(rawValue: 11)
let video = LocationID(rawValue: 12)
let blueRoom = RoomID(rawValue: 21)
let redRoom = RoomID(rawValue: 22)
let anna = TherapistID(rawValue: 31)
let bruno = TherapistID(rawValue: 32)
let carlo = ClientID(rawValue: 41)
let daria = ClientID(rawValue: 42)
let individual = ServiceID(rawValue: 51)
let couple = ServiceID(rawValue: 52)

let desk = Actor.staff(name: "desk")

/// 2026-11-23T12:00Z.
let noon = Instant(msSinceEpoch: 1_795_435_200_000)

/// Minutes after noon.
func minute(_ offset: Int32) -> Minute {
  Minute(exactly: noon)!.advanced(byMinutes: offset)
}

/// From and to, in minutes after noon.
func span(_ from: Int32, _ to: Int32) -> Span {
  Span(from: minute(from), to: minute(to))!
}

func euro(_ cents: Int64) -> Money {
  Money(minorUnits: cents, currency: Currency("EUR")!)
}

func session(
  _ number: UInt128, _ span: Span, therapist: TherapistID = anna, client: ClientID = carlo,
  room: RoomID? = blueRoom, buffers: Buffers = .none, state: AppointmentState = .scheduled,
  version: Int64 = 1, due: Instant? = nil, remindedUntil: Instant? = nil
) -> Appointment {
  Appointment(
    id: AppointmentID(rawValue: 1_000 + number), therapist: therapist, client: client,
    service: therapist == anna ? individual : couple, location: office, room: room, span: span,
    buffers: buffers, zoneName: "Europe/Rome", plan: .onSite, price: euro(7_000), bookedAt: noon,
    state: state,
    paymentStatus: state.occupies ? .due : .none, version: version,
    changedAt: noon.advanced(byMs: version), cancelReason: state.occupies ? "" : "ill", due: due,
    remindedUntil: remindedUntil)
}

/// Taken at noon for 10 minutes.
func held(
  _ number: UInt128, _ span: Span, therapist: TherapistID = anna, client: ClientID? = carlo,
  room: RoomID? = blueRoom, buffers: Buffers = .none, minutes: Int64 = 10
) -> Hold {
  Hold(
    id: HoldID(rawValue: 2_000 + number), therapist: therapist,
    service: therapist == anna ? individual : couple, location: office, room: room, client: client,
    span: span, buffers: buffers, takenAt: noon, expiresAtMax: noon.advanced(byMs: 3_600_000),
    expiresAt: noon.advanced(byMs: minutes * 60_000), state: .held)
}

extension Appointment {
  /// The same, one version on, in the given state.
  func next(_ state: AppointmentState) -> Appointment {
    Appointment(
      id: id, therapist: therapist, client: client, service: service, location: location,
      room: room, span: span, buffers: buffers, zoneName: zoneName, plan: plan, price: price,
      bookedAt: bookedAt,
      state: state, paymentStatus: .none, version: version + 1,
      changedAt: changedAt.advanced(byMs: 1), cancelReason: "ill")
  }

  private var scheduledBefore: Appointment {
    Appointment(
      id: id, therapist: therapist, client: client, service: service, location: location,
      room: room, span: span, buffers: buffers, zoneName: zoneName, plan: plan, price: price,
      bookedAt: bookedAt, state: .scheduled, paymentStatus: .due, version: version - 1,
      changedAt: bookedAt, cancelReason: "")
  }

  /// The event that books it.
  var booked: Event {
    .appointmentBooked(
      self,
      Transition(
        appointment: id, version: version, step: .booked, from: nil, to: state, at: bookedAt,
        by: desk))
  }

  /// The event that makes this of what was scheduled.
  var cancelled: Event { changed(from: scheduledBefore) }

  /// The event that makes this of another version.
  func changed(from old: Appointment) -> Event {
    .appointmentChanged(
      self, from: old,
      Transition(
        appointment: id, version: version, step: .cancelled, from: old.state, to: state,
        at: changedAt, by: .client(client), reason: cancelReason))
  }
}

func therapyID(_ therapist: TherapistID, _ client: ClientID) -> TherapyID {
  TherapyID(rawValue: therapist.rawValue << 64 | client.rawValue)
}

/// The therapist and the client are in therapy with each other from noon on.
func begun(_ therapist: TherapistID, _ client: ClientID) -> Event {
  .therapyBegun(
    Therapy(
      id: therapyID(therapist, client),
      pair: CarePair(therapist, client), begunAt: noon))
}

/// What the tests' partners have before anything is booked.
enum Fixture {
  static let studio = Location(
    id: office, name: "Studio", mode: .inPerson, address: "Via Appia 1", city: "Roma",
    rooms: [Room(id: blueRoom, name: "Blue"), Room(id: redRoom, name: "Red")], version: 1)
  static let online = Location(
    id: video, name: "Video", mode: .online, address: "", city: "", rooms: [], version: 1)

  static func therapist(
    _ id: TherapistID, at locations: [LocationID] = [office], version: Int64 = 1
  ) -> Therapist {
    Therapist(
      id: id, displayName: "Dr. \(id.rawValue)", zoneName: "Europe/Rome",
      languages: ["it", "pt-BR"], specialities: ["anxiety"], insurers: [], locations: locations,
      grid: .standard, version: version)
  }

  static func service(_ id: ServiceID, of therapist: TherapistID) -> HealthcareService {
    HealthcareService(
      id: id, therapist: therapist, name: "Colloquio", kind: "individual", durationMinutes: 50,
      price: euro(7_000), mode: .inPerson, locations: [office], plan: .onSite,
      gridStepMinutes: nil, fullHoursOnly: false, version: 1)
  }

  static func client(_ id: ClientID) -> Client {
    Client(
      id: id,
      person: Person(
        name: "Żaneta O'Neill", email: EmailAddress("z@example.pl")!,
        phone: PhoneNumber("+48221234567")!, language: LanguageTag("pl")!,
        zoneName: "Europe/Warsaw"),
      terms: Consent(version: "t-1", acceptedAt: noon.advanced(byMs: -2)),
      dataProcessing: Consent(version: "d-3", acceptedAt: noon.advanced(byMs: -1)), version: 1,
      registeredAt: noon)
  }

  /// Eight events: both locations, Anna and Bruno with a service each, Carlo and Daria.
  static let events: [Event] = [
    .locationPut(studio), .locationPut(online), .therapistPut(therapist(anna)),
    .therapistPut(therapist(bruno)), .servicePut(service(individual, of: anna)),
    .servicePut(service(couple, of: bruno)), .clientRegistered(client(carlo)),
    .clientRegistered(client(daria)),
  ]
}
