internal import Accounting
internal import Availability
internal import Booking
internal import Demo
internal import Intervals
internal import Testing

@Suite struct DemoDeterminismTests {
  @Test("the same plan makes the same population, in every process")
  func samePlan() throws {
    let one = try population()
    let other = try population()
    #expect(one.directory == other.directory)
    #expect(one.clients == other.clients)
    #expect(one.bookings == other.bookings)
    // Dictionaries are seeded per process: only a value from another process shows that none
    // counts. Whoever changes the demo on purpose writes the new one here.
    #expect(digest(one) == 2_614_004_080_761_992_490)
  }

  @Test("another seed, or another day, makes another population")
  func otherPlan() throws {
    let one = digest(try population())
    #expect(digest(try population(seed: 2)) != one)
    #expect(digest(try population("2026-11-24")) != one)
  }

  @Test(
    "seeds that are neighbours have no therapist's name in the same place more often than chance")
  func neighbouringSeeds() throws {
    let one = try population(therapists: 200, seed: 1, weeks: 0).therapists.map(\.displayName)
    let other = try population(therapists: 200, seed: 2, weeks: 0).therapists.map(\.displayName)
    #expect(zip(one, other).filter { $0 == $1 }.count < 5)
  }

  @Test("without therapists there is nothing, and without weeks nothing is booked")
  func nothing() throws {
    let nobody = try population(therapists: 0)
    #expect(nobody.directory.entries.isEmpty && nobody.clients.isEmpty && nobody.bookings.isEmpty)
    let unbooked = try population(weeks: 0)
    #expect(unbooked.therapists.count == 60 && unbooked.bookings.isEmpty)
  }

  @Test("a city whose zone is not known is left out, and the others have its therapists")
  func unknownZone() throws {
    let plan = DemoPlan(seed: 1, today: try #require(CivilDate("2026-11-23")))
    let population = DemoPopulation(plan: plan) { $0 == "Europe/Rome" ? nil : Zones.named($0) }
    #expect(population.therapists.count == 60)
    #expect(!population.therapists.contains { $0.zoneName == "Europe/Rome" })
    #expect(!population.locations.contains { $0.city == "Rome" })
  }

  /// FNV-1a of all that a population says.
  private func digest(_ population: DemoPopulation) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }
    for location in population.locations {
      add("\(location.id) \(location.name) \(location.address) \(location.rooms.map(\.id))")
    }
    for therapist in population.therapists {
      add("\(therapist.id) \(therapist.displayName) \(therapist.languages)")
      add("\(therapist.specialities) \(therapist.insurers) \(therapist.locations)")
      add("\(therapist.grid.stepMinutes) \(therapist.grid.fullHoursOnly)")
    }
    for service in population.services {
      add("\(service.id) \(service.name) \(service.durationMinutes) \(service.price.minorUnits)")
      add("\(service.locations)")
    }
    for schedule in population.schedules {
      for window in schedule.windows {
        add("\(window.weekday) \(window.opensMinute) \(window.closesMinute) \(window.location)")
      }
    }
    for client in population.clients {
      add("\(client.person.name) \(client.person.email.text) \(client.terms.acceptedAt)")
    }
    for booking in population.bookings {
      add("\(booking.therapist) \(booking.service) \(booking.start.sinceEpoch)")
      add("\(booking.attendee)")
    }
    return hash
  }
}
