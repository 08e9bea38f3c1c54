internal import Accounting
public import Availability
public import Booking
public import Intervals
internal import Workload

/// Population W, which performance is measured on, as what a practice's books would say.
///
/// It is made therapist by therapist: nothing but the one asked about is ever in memory. Ids are those
/// that population W gives, so that a load can name what is there without asking.
public struct MeasuredPopulation: Sendable {
  /// Whose it is.
  public let partner: PartnerID

  private let population: PopulationW
  private let posts: [Post]

  /// A zone of the population, and the city that is taken for it.
  private struct Post: Sendable {
    let zone: Zone
    let city: City
  }

  /// - Parameters:
  ///   - firstDay: on which sessions are booked; nothing begins before it.
  ///   - zone: the rules of an IANA zone, for at least half a year from `firstDay` on.
  /// - Returns: nil when one of the zones is not known.
  public init?(
    therapistCount: Int, seed: UInt64, firstDay: CivilDate, zone: (String) -> Zone?
  ) {
    population = PopulationW(
      therapistCount: therapistCount, seed: seed, firstDay: firstDay.daysSinceEpoch)
    partner = MeasuredPopulation.id(.partner, 0)
    let known = PopulationW.zoneNames.compactMap { name in
      City.all.first { $0.zoneName == name }.flatMap { city in
        zone(name).map { Post(zone: $0, city: city) }
      }
    }
    guard known.count == PopulationW.zoneNames.count else { return nil }
    posts = known
  }

  public var therapistCount: Int { population.therapistCount }

  /// When a therapist's part is put in: as their first day begins.
  public func at(ofTherapist number: Int) -> Instant {
    let midnight = LocalMinute(sinceEpoch: population.firstDay * 1_440)
    return post(of: number).zone.edge(midnight).instant
  }

  /// On behalf of the practice's staff.
  public var actor: Actor { .staff(name: "population W") }

  /// All that happened until a therapist's books were as they are.
  public func events(ofTherapist number: Int) -> [Event] {
    let clients = clients(ofTherapist: number)
    var events = directory(ofTherapist: number) + clients.map(Event.clientRegistered)
    var unlisted = Set(clients.map(\.id))
    for appointment in bookings(ofTherapist: number) {
      if let client = appointment.client, unlisted.remove(client) != nil {
        // Each client of the population has one therapist: the therapy has the client's number.
        events.append(
          .therapyBegun(
            Therapy(
              id: TherapyID(rawValue: client.rawValue),
              pair: CarePair(appointment.therapist, client), begunAt: appointment.bookedAt)))
      }
      let transition = Transition(
        appointment: appointment.id, version: 1, step: .booked, from: nil, to: appointment.state,
        at: appointment.bookedAt, by: actor)
      events.append(.appointmentBooked(appointment, transition))
    }
    return events
  }

  /// A therapist's location, profile, service and hours.
  public func directory(ofTherapist number: Int) -> [Event] {
    let city = post(of: number).city
    let id: TherapistID = MeasuredPopulation.id(.therapist, number)
    let location = location(ofTherapist: number)
    let therapist = Therapist(
      id: id, displayName: city.names.titled(city.name(ofPerson: number)), zoneName: city.zoneName,
      languages: [population.language(of: number)],
      specialities: [population.speciality(of: number)], insurers: [], locations: [location.id],
      grid: .standard, version: 1)
    let windows = PopulationW.workingWeekdays.flatMap { weekday in
      PopulationW.windows.compactMap { hours in
        Weekday(rawValue: weekday).flatMap {
          WeeklyWindow(
            weekday: $0, opensMinute: hours.lowerBound, closesMinute: hours.upperBound,
            location: location.id)
        }
      }
    }
    return [
      .locationPut(location), .therapistPut(therapist), .servicePut(service(ofTherapist: number)),
      .schedulePut(Schedule(therapist: id, windows: windows, version: 1)),
    ]
  }

  /// The clients who come to a therapist.
  public func clients(ofTherapist number: Int) -> [Client] {
    let at = at(ofTherapist: number)
    let city = post(of: number).city
    let consent = Consent(version: "2026-01", acceptedAt: at.advanced(byMs: -86_400_000))
    return population.clients(of: number).map { client in
      Client(
        id: MeasuredPopulation.id(.client, client),
        person: city.person(city.name(ofPerson: client), number: client + 1), terms: consent,
        dataProcessing: consent, version: 1, registeredAt: at)
    }
  }

  /// What is booked with a therapist, in order of start: what the engine would decide, too.
  public func bookings(ofTherapist number: Int) -> [Appointment] {
    let zone = post(of: number).zone
    let service = service(ofTherapist: number)
    let location = location(ofTherapist: number)
    let at = at(ofTherapist: number)
    let booked = population.bookings(of: number) { local, _ in
      zone.edge(LocalMinute(sinceEpoch: local)).sinceEpoch
    }
    return booked.compactMap { booking in
      Span(
        from: Minute(sinceEpoch: booking.start), lastingMinutes: PopulationW.sessionMinutes
      ).map { span in
        Appointment(
          id: MeasuredPopulation.id(.appointment, booking.number), therapist: service.therapist,
          client: MeasuredPopulation.id(.client, booking.client), service: service.id,
          location: location.id, room: location.rooms.first?.id, span: span, zoneName: zone.name,
          plan: service.plan, price: service.price, bookedAt: at, state: .scheduled,
          paymentStatus: .due, version: 1, changedAt: at, cancelReason: "",
          due: MeasuredPopulation.firstDue(of: span, after: at))
      }
    }
  }
}

extension MeasuredPopulation {
  /// What time does first to a session that was booked at the beginning: it reminds of it, or begins it.
  private static func firstDue(of span: Span, after at: Instant) -> Instant {
    let leads = Reminder.emailLeadsMs + [Appointment.begunBeforeStartMs]
    let instants = leads.map { span.start.instant.advanced(byMs: -$0) }
    return instants.first { $0 > at } ?? instants[leads.count - 1]
  }

  private func post(of therapist: Int) -> Post { posts[population.zone(of: therapist)] }

  private func location(ofTherapist number: Int) -> Location {
    let city = post(of: number).city
    let quarter = city.quarters[number % city.quarters.count]
    return Location(
      id: MeasuredPopulation.id(.location, number),
      name: "\(city.wording.privateOffice) \(number + 1)", mode: .inPerson,
      address: city.address(quarter.street, number + 1, quarter.postcode),
      city: city.name,
      rooms: [Room(id: MeasuredPopulation.id(.room, number), name: "\(city.wording.room) 1")],
      version: 1)
  }

  private func service(ofTherapist number: Int) -> HealthcareService {
    let city = post(of: number).city
    return HealthcareService(
      id: MeasuredPopulation.id(.service, number),
      therapist: MeasuredPopulation.id(.therapist, number), name: city.wording.individual,
      kind: PopulationW.serviceKind, durationMinutes: PopulationW.sessionMinutes,
      price: city.prices.typical, mode: .inPerson,
      locations: [MeasuredPopulation.id(.location, number)], plan: .onSite, gridStepMinutes: nil,
      fullHoursOnly: false, version: 1)
  }

  private static func id<Kind>(_ kind: PopulationW.Kind, _ number: Int) -> ID<Kind> {
    ID(rawValue: PopulationW.rawID(number))
  }
}

extension City {
  fileprivate func name(ofPerson number: Int) -> NameStock.Name {
    names.name(number: number, isFeminine: number % 3 != 0)
  }
}

extension PriceLevel {
  /// The least that an individual session costs.
  fileprivate var typical: Money {
    Money(minorUnits: Int64(individual.lowerBound) * 100, currency: currency)
  }
}
