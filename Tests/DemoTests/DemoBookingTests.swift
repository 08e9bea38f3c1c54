internal import Availability
internal import Booking
internal import Demo
internal import Intervals
internal import Testing

@Suite struct DemoBookingTests {
  @Test(
    "every booking is accepted, one after another, across changes of the clocks too",  // S-4, S-9
    arguments: ["2026-11-23", "2026-10-08", "2027-03-10", "2027-02-28"])
  func accepted(today: String) throws {
    let population = try population(today, seed: 7)
    let practice = performed(population)
    #expect(practice.refusals == [])
    #expect(practice.appointments.count == population.bookings.count)
    #expect(practice.facts.index.violations() == [])
  }

  @Test("so it is whatever the seed, and as far ahead as staff may book", arguments: 0..<6)  // S-2
  func acceptedFarAhead(seed: UInt64) throws {
    let population = try population("2026-08-31", therapists: 10, seed: seed, weeks: 26)
    let practice = performed(population)
    #expect(practice.refusals == [])
    #expect(practice.appointments.count == population.bookings.count)
    #expect(population.bookings.count > 500)
  }

  @Test("no therapist, room or client has two sessions at once; rooms are named")  // S-10
  func noOverlap() throws {
    let population = try population()
    let sessions = try population.sessions()
    var taken: [String: [Span]] = [:]
    for session in sessions {
      let client = try #require(session.client)
      taken[session.therapist.id.text, default: []].append(session.span)
      taken[client.text, default: []].append(session.span)
      if session.service.mode == .inPerson {
        let room = try #require(session.wish.room)
        taken[room.text, default: []].append(session.span)
      } else {
        #expect(session.wish.room == nil)
      }
    }
    for spans in taken.values {
      let ordered = spans.sorted()
      #expect(zip(ordered, ordered.dropFirst()).allSatisfy { $0.end <= $1.start })
    }
  }

  @Test("about three in five near hours are taken, and fewer the further ahead")
  func share() throws {
    for seed: UInt64 in [1, 2, 3] {
      let population = try population(seed: seed)
      let hours = population.schedules.flatMap { merged($0.windows) }
        .reduce(0) { $0 + $1.sessionCount }
      var booked = Array(repeating: 0, count: 6)
      for session in try population.sessions() {
        booked[session.week(of: population)] += Int(session.span.lengthMinutes + 59) / 60
      }
      let percent = booked.map { $0 * 100 / hours }
      #expect((55...65).contains(percent[0]) && (55...65).contains(percent[1]), "\(percent)")
      #expect(zip(percent, percent.dropFirst()).allSatisfy { $0 >= $1 - 2 }, "\(percent)")
      #expect((20...40).contains(percent[5]), "\(percent)")
    }
  }

  @Test("a third and more of the sessions are weekly: the same hour in most of the weeks")  // S-9
  func weekly() throws {
    // Clocks are put back meanwhile: what stays is the local hour.
    let sessions = try population("2026-10-08").sessions()
    struct Habit: Hashable {
      let client: ClientID?
      let therapist: TherapistID
      let minuteOfWeek: Int32
    }
    let habits = try Dictionary(grouping: sessions) { session in
      let zone = try #require(Zones.named(session.therapist.zoneName))
      let local = zone.local(session.span.start)
      return Habit(
        client: session.client, therapist: session.therapist.id,
        minuteOfWeek: local.sinceEpoch % (7 * 1_440))
    }
    let weekly = habits.values.filter { $0.count >= 4 }.reduce(0) { $0 + $1.count }
    #expect(weekly * 3 > sessions.count)
  }

  @Test("rooms are what is scarce: practices have hours at which all of them are taken")  // S-10
  func bottlenecks() throws {
    let population = try population()
    let sessions = try population.sessions()
    let practices = population.locations.filter { $0.rooms.count > 1 }
    let full = practices.filter { practice in
      let spans = sessions.filter { $0.wish.location == practice.id }.map(\.span)
      return spans.contains { span in
        spans.filter { $0.contains(span.start) }.count == practice.rooms.count
      }
    }
    #expect(full.count * 2 >= practices.count)
  }

  @Test("there is a client to about twelve sessions, and none has two on one day")
  func clients() throws {
    let population = try population()
    let perClient = Double(population.bookings.count) / Double(population.clients.count)
    #expect((9...13).contains(perClient), "\(perClient)")
    let sessions = try population.sessions()
    for (_, own) in Dictionary(grouping: sessions, by: \.client) {
      let days = try own.map { session in
        try #require(Zones.named(session.therapist.zoneName)).date(at: session.span.start)
      }
      #expect(Set(days).count == days.count)
    }
  }

  @Test("clients can be reached nowhere: their addresses and numbers are nobody's")  // B-2
  func contacts() throws {
    let population = try population(therapists: 300)
    let people = population.clients.map(\.person)
    #expect(people.allSatisfy { $0.email.text.hasSuffix(".example.com") })
    #expect(people.allSatisfy { $0.email.text.utf8.allSatisfy { $0 < 0x80 } })
    #expect(Set(people.map(\.email)).count == people.count)
    #expect(Set(people.map(\.phone)).count == people.count)
    let unassigned = ["+3990", "+4810", "+4060", "+4310", "+55110"]
    #expect(people.allSatisfy { person in unassigned.contains { person.phone.text.hasPrefix($0) } })
    #expect(people.allSatisfy { currencies[$0.zoneName] != nil })
    for client in population.clients {
      #expect(client.id != nil)
      #expect(client.terms.acceptedAt < population.at)
      #expect(client.dataProcessing.acceptedAt < population.at)
    }
  }

  @Test("all is put in at midnight UTC of the day, and every session begins after that")  // S-4
  func stamp() throws {
    let population = try population("2026-11-23")
    #expect(population.at.msSinceEpoch == 1_795_392_000_000)
    #expect(population.bookings.allSatisfy { population.at < $0.start.instant })
    let ids = population.bookings.map(\.id)
    #expect(!ids.contains(nil) && Set(ids).count == ids.count)
  }

  private func performed(_ population: DemoPopulation) -> Practice {
    var practice = Practice(at: population.at)
    practice.perform(.putDirectory(population.directory))
    practice.open()
    for client in population.clients { practice.perform(.registerClient(client, joining: nil)) }
    for booking in population.bookings { practice.perform(.book(booking)) }
    return practice
  }
}
