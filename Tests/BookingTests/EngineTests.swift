internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct NeedsTests {
  private func needs(_ wish: Wanted) -> Needs {
    Engine.needs(for: Command(partner: partner, actor: desk, wish: wish))
  }

  @Test("a booking needs the therapist's calendar, the service, the client and a chosen id")
  func ofBooking() {
    var expected = Needs()
    expected.calendars = [anna]
    expected.services = [individual]
    expected.clients = [carlo]
    expected.therapies = [CarePair(anna, carlo)]
    let start = inRome("2026-11-24T10:00")
    #expect(needs(booking(start)) == expected)
    expected.appointments = [appointmentID(1)]
    #expect(needs(booking(start, id: appointmentID(1))) == expected)
    expected.clients = []
    expected.therapies = []
    expected.appointments = []
    #expect(
      needs(booking(start, attendee: .new(Practice.registration()))) == expected)
    expected.clients = [daria]
    #expect(
      needs(booking(start, attendee: .new(Practice.registration(daria)))) == expected)
  }

  @Test("a cancelling needs its appointment with all that belongs to it")
  func ofCancelling() {
    var expected = Needs()
    expected.appointmentsWhole = [appointmentID(1)]
    #expect(needs(cancelling(appointmentID(1))) == expected)
  }

  @Test("a registration needs the chosen id and whom it joins")
  func ofRegistering() {
    var expected = Needs()
    #expect(needs(.registerClient(Practice.registration(), joining: nil)) == expected)
    expected.clients = [daria]
    expected.therapists = [anna]
    #expect(needs(.registerClient(Practice.registration(daria), joining: anna)) == expected)
  }

  @Test("a put needs what it writes, and what that refers to")
  func ofPut() {
    func needs(_ entry: DirectoryEntry) -> Needs {
      self.needs(.putDirectory(Practice.importing([entry])))
    }
    var location = Needs()
    location.locations = [office]
    location.rooms = [blueRoom, redRoom]
    #expect(needs(.location(Practice.officeWithRooms, [])) == location)

    var therapist = Needs()
    therapist.therapists = [anna]
    therapist.therapistsWhole = [anna]
    therapist.locations = [office, video]
    #expect(needs(.therapist(Practice.therapist(anna, at: [office, video]), [])) == therapist)

    var service = Needs()
    service.servicesWhole = [individual]
    service.therapists = [anna]
    service.locations = [office]
    #expect(needs(.service(Practice.individualSession, [])) == service)

    var schedule = Needs()
    schedule.therapists = [bruno]
    schedule.therapistsWhole = [bruno]
    #expect(needs(.schedule(Practice.everyDay(bruno, [(9, 13, office)]))) == schedule)
  }

  @Test("a change of hours needs the therapist's diary and calendar")  // S-13
  func ofScheduleChange() {
    var expected = Needs()
    expected.therapists = [anna]
    expected.diaries = [anna]
    expected.calendars = [anna]
    #expect(needs(changing(.removeExceptions([exceptionID(1)]))) == expected)
  }

  @Test("the partner's policy needs what it replaces")
  func ofPolicy() {
    var expected = Needs()
    expected.partnerPolicy = true
    #expect(needs(.putPolicy(PolicyPut(policy: .unset, seenVersion: nil))) == expected)
  }
}

struct EnginePurityTests {
  private let start = inRome("2026-11-24T10:00")

  private var wishes: [Wanted] {
    [
      booking(start), booking(start, attendee: .new(Practice.registration())),
      booking(inRome("2026-11-22T03:10")), cancelling(appointmentID(1)),
      .registerClient(Practice.registration(), joining: anna),
      .putDirectory(Practice.importing([.therapist(Practice.therapist(anna, at: []), [])])),
      changing(.addExceptions([closed(1, "2026-11-24")])),
      .putPolicy(PolicyPut(policy: .unset, seenVersion: nil)),
      .updateTherapy(
        TherapyUpdate(therapy: TherapyID(rawValue: 1), seenVersion: nil, selfBooking: true)),
    ]
  }

  @Test("the same command, facts and stamp give the same decision")
  func repeats() {
    let practice = Practice()
    for wish in wishes {
      #expect(practice.decide(wish) == practice.decide(wish))
    }
  }

  @Test("the order in which facts were learnt decides nothing")
  func factsInAnyOrder() {
    var practice = Practice()
    // Many services that all need the location that goes: the first refusal is by id.
    for number in 0..<40 {
      let id = ServiceID(rawValue: 500 + UInt128(number))
      practice.facts.services[id] = Practice.service(id, of: anna, kind: "extra", minutes: 50)
    }
    var reversed = practice
    reversed.facts.services = [:]
    for id in practice.facts.services.keys.sorted().reversed() {
      reversed.facts.services[id] = practice.facts.services[id]
    }
    for wish in wishes { #expect(practice.decide(wish) == reversed.decide(wish)) }
    #expect(
      practice.decide(wishes[5]).refusal
        == .inUse(id: office.text, by: individual.text, field: "entries[0].location_ids"))
  }

  @Test("a seed changes ids, and nothing else")
  func seedOnlyMakesIDs() throws {
    var practice = Practice()
    let one = try #require(practice.decide(booking(start)).booked)
    practice.seed += 1
    let other = try #require(practice.decide(booking(start)).booked)
    #expect(one.id != other.id)
    #expect(one.occupation.span == other.occupation.span)
    #expect(one.room == other.room)
    #expect(one.price == other.price)
  }

  @Test("validating decides as doing does")  // S-5
  func validating() {
    let practice = Practice()
    for wish in wishes {
      let dryRun = Engine.decide(
        Command(partner: partner, actor: desk, wish: wish, validateOnly: true),
        facts: practice.known, stamp: Stamp(at: practice.now, seed: practice.seed))
      #expect(dryRun == practice.decide(wish))
    }
  }
}
