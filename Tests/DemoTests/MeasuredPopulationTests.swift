internal import Availability
internal import Booking
internal import Demo
internal import Intervals
internal import Testing

@Suite struct MeasuredPopulationTests {
  private func population(_ firstDay: String) throws -> MeasuredPopulation {
    let day = try #require(CivilDate(firstDay))
    return try #require(
      MeasuredPopulation(therapistCount: 10, seed: 7, firstDay: day, zone: Zones.named))
  }

  @Test(
    "the engine would book the same, one after another, and refuse nothing",  // S-1, S-2, S-4
    arguments: ["2026-11-24", "2026-08-31", "2026-10-08"])
  func accepted(firstDay: String) throws {
    let population = try population(firstDay)
    for number in 0..<population.therapistCount {
      var practice = Practice(at: population.at(ofTherapist: number))
      let directory = population.directory(ofTherapist: number).compactMap(\.entry)
      practice.perform(.putDirectory(DirectoryPut(entries: directory, isImport: true)))
      practice.open()
      for client in population.clients(ofTherapist: number) {
        practice.perform(.registerClient(client.registration, joining: nil))
      }
      let bookings = population.bookings(ofTherapist: number)
      for appointment in bookings { practice.perform(.book(appointment.wish)) }
      #expect(practice.refusals == [])
      #expect(practice.appointments == bookings)
      #expect((500...600).contains(bookings.count))
    }
  }

  @Test("the books begin with the directory, and no one is booked before they are listed")
  func events() throws {
    let population = try population("2026-11-24")
    let events = population.events(ofTherapist: 3)
    #expect(Array(events.prefix(4)) == population.directory(ofTherapist: 3))
    var listed: Set<ClientID> = []
    var booked: [Appointment] = []
    for event in events {
      switch event {
      case .therapyBegun(let therapy): #expect(listed.insert(therapy.pair.client).inserted)
      case .appointmentBooked(let appointment, let transition):
        #expect(listed.contains(try #require(appointment.client)))
        #expect(transition.appointment == appointment.id)
        booked.append(appointment)
      default: break
      }
    }
    #expect(booked == population.bookings(ofTherapist: 3))
  }

  @Test("without the zones of population W there is none")
  func unknownZones() throws {
    let day = try #require(CivilDate("2026-11-24"))
    let population = MeasuredPopulation(therapistCount: 1, seed: 1, firstDay: day) { _ in nil }
    #expect(population == nil)
  }
}

extension Event {
  /// As an import would put it.
  fileprivate var entry: DirectoryPut.Entry? {
    let value: DirectoryEntry? =
      switch self {
      case .locationPut(let location): .location(location, Set(LocationField.allCases))
      case .therapistPut(let therapist): .therapist(therapist, Set(TherapistField.allCases))
      case .servicePut(let service): .service(service, Set(HealthcareServiceField.allCases))
      case .schedulePut(let schedule): .schedule(schedule)
      default: nil
      }
    return value.map { DirectoryPut.Entry(path: "entries", value: $0, mode: .replace) }
  }
}

extension Client {
  fileprivate var registration: Registration {
    Registration(id: id, person: person, terms: terms, dataProcessing: dataProcessing)
  }
}

extension Appointment {
  fileprivate var wish: BookingWish {
    BookingWish(
      therapist: therapist, service: service, location: location, room: nil, start: span.start,
      attendee: .registered(client!), id: id)
  }
}
