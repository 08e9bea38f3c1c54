internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct InstantBookingTests {
  private let tomorrowAtTen = inRome("2026-11-24T10:00")

  @Test("a booking stands at once, at the service's price and in the therapist's zone")  // B-1
  func standsAtOnce() throws {
    let practice = Practice()
    let id = appointmentID(1)
    let appointment = try #require(
      practice.decide(booking(tomorrowAtTen, id: id), by: .client(carlo)).booked)
    #expect(
      appointment
        == Appointment(
          id: id, therapist: anna, client: carlo, service: individual, location: office,
          room: blueRoom, span: span(tomorrowAtTen, minutes: 50), zoneName: "Europe/Rome",
          plan: .onSite, price: euro(7_000), bookedAt: practice.now, state: .scheduled,
          paymentStatus: .due, version: 1, changedAt: practice.now, cancelReason: "",
          due: tomorrowAtTen.advanced(byMinutes: -1_440).instant))
  }

  @Test("a booking lists the client, keeps its first transition, and confirms to both")  // B-2, A-1
  func whatHappens() throws {
    let practice = Practice()
    let change = try #require(
      practice.decide(booking(tomorrowAtTen, id: appointmentID(1)), by: .client(carlo)).change)
    let appointment = try #require(Decision.change(change).booked)
    let transition = Transition(
      appointment: appointment.id, version: 1, step: .booked, from: nil, to: .scheduled,
      at: practice.now, by: .client(carlo))
    #expect(
      change.events == [
        .therapyBegun(practice.therapy(anna, carlo)), .appointmentBooked(appointment, transition),
      ])
    #expect(
      change.effects == [
        // N-1
        .message(
          Notice(.bookingConfirmed, to: .client(carlo), about: .appointment(appointment.id))),
        .message(
          Notice(.bookingConfirmed, to: .therapist(anna), about: .appointment(appointment.id))),
      ])
  }

  @Test("nothing is due for a free session, nor for one that costs nothing on site")  // P-1
  func nothingDue() throws {
    var practice = Practice()
    let free = try #require(
      practice.decide(
        booking(inRome("2026-11-24T14:00"), service: firstTalk, location: video)
      ).booked)
    #expect(free.plan == .free)
    #expect(free.price == euro(0))
    #expect(free.paymentStatus == .none)

    practice.facts.services[individual]?.price = euro(0)
    let gratis = try #require(practice.decide(booking(tomorrowAtTen)).booked)
    #expect(gratis.plan == .onSite)
    #expect(gratis.paymentStatus == .none)
  }

  @Test("the price is the service's when it is booked; later ones do not change it")  // B-1
  func priceIsKept() throws {
    var practice = Practice()
    let id = try #require(practice.perform(booking(tomorrowAtTen)).booked).id
    practice.facts.services[individual]?.price = euro(9_000)
    let cancelled = try #require(practice.decide(cancelling(id)).cancelled)
    #expect(cancelled.price == euro(7_000))
  }

  @Test("where no room is named, the first free one in the location's order is taken")  // S-10
  func firstFreeRoom() throws {
    var practice = Practice()
    let first = practice.perform(booking(tomorrowAtTen))
    #expect(first.booked?.room == blueRoom)
    let second = practice.perform(
      booking(tomorrowAtTen, therapist: bruno, service: couple, attendee: .new(newClient(daria))))
    #expect(second.booked?.room == redRoom)
  }

  @Test("a room that is named is taken, though an earlier one is free")  // S-10
  func namedRoom() {
    let decision = Practice().decide(booking(tomorrowAtTen, room: redRoom))
    #expect(decision.booked?.room == redRoom)
  }

  @Test("a session at a location without rooms has none")  // S-10
  func noRoom() throws {
    let talk = try #require(
      Practice().decide(
        booking(inRome("2026-11-24T14:00"), service: firstTalk, location: video)
      ).booked)
    #expect(talk.room == nil)
  }

  @Test("sessions may touch: one begins at the minute at which another ends")  // S-4
  func touching() {
    var practice = Practice()
    for clock in ["10:00", "11:00", "09:00"] {
      let start = inRome("2026-11-24T\(clock)")
      let decision = practice.perform(booking(start, therapist: bruno, service: couple))
      #expect(decision.booked?.span == span(start, minutes: 60))
    }
  }

  @Test("a slot that was freed can be booked again, by anyone")  // B-13
  func freed() throws {
    var practice = Practice()
    let first = try #require(practice.perform(booking(tomorrowAtTen)).booked)
    practice.perform(cancelling(first.id))
    let again = practice.decide(booking(tomorrowAtTen, attendee: .new(newClient(daria))))
    #expect(again.booked?.span == first.span)
    #expect(again.booked?.client == daria)
  }

  @Test("an id that the caller chose is kept; without one the stamp makes it")
  func ids() {
    let practice = Practice()
    let stamp = Stamp(at: practice.now, seed: practice.seed)
    #expect(
      practice.decide(booking(tomorrowAtTen, id: appointmentID(7))).booked?.id == appointmentID(7))
    #expect(practice.decide(booking(tomorrowAtTen)).booked?.id == stamp.id(0))
  }

  private func newClient(_ id: ClientID) -> Registration {
    Practice.registration(id)
  }
}

struct FirstBookingTests {
  private let start = inRome("2026-11-24T10:00")

  @Test("the first booking registers the client and books, in one change")  // B-2
  func registersAndBooks() throws {
    let practice = Practice()
    let wish = booking(start, attendee: .new(Practice.registration(daria)))
    let change = try #require(practice.decide(wish, by: .client(nil)).change)
    let appointment = try #require(Decision.change(change).booked)
    let client = Client(
      id: daria, person: Practice.person, terms: Practice.consent,
      dataProcessing: Practice.consent, version: 1, registeredAt: practice.now)
    #expect(appointment.client == daria)
    #expect(change.events.count == 3)
    #expect(
      change.events.prefix(2) == [
        .clientRegistered(client), .therapyBegun(practice.therapy(anna, daria)),
      ])
    #expect(
      change.effects.contains(
        .message(Notice(.bookingConfirmed, to: .client(daria), about: .appointment(appointment.id)))
      ))
  }

  @Test("a client who chose no id gets one, and the appointment another")  // B-2
  func madeIDs() throws {
    let practice = Practice()
    let decision = practice.decide(booking(start, attendee: .new(Practice.registration())))
    let appointment = try #require(decision.booked)
    #expect(appointment.client?.rawValue != appointment.id.rawValue)
    #expect(appointment.client == Stamp(at: practice.now, seed: practice.seed).id(1))
  }

  @Test("nobody is registered when the slot cannot be booked")  // B-2
  func notAtAll() {
    var practice = Practice()
    practice.perform(booking(start))
    let decision = practice.perform(
      booking(start, attendee: .new(Practice.registration(daria))), by: .client(nil))
    #expect(decision.discrepancies.map(\.kind) == [4])
    #expect(practice.facts.clients[daria] == nil)
  }

  @Test("a consent must have been given: now is right, a millisecond later is not")  // B-2
  func consentEdge() {
    let practice = Practice()
    let now = Consent(version: "1", acceptedAt: practice.now)
    let later = Consent(version: "1", acceptedAt: practice.now.advanced(byMs: 1))
    func decide(_ terms: Consent, _ dataProcessing: Consent) -> Decision {
      practice.decide(
        booking(
          start,
          attendee: .new(Practice.registration(terms: terms, dataProcessing: dataProcessing))))
    }
    let expected = "expected a time that has passed"
    let terms = FieldFault(field: "new_client.terms.accept_time", expected: expected)
    let data = FieldFault(field: "new_client.data_processing.accept_time", expected: expected)
    #expect(decide(now, now).booked != nil)
    #expect(decide(later, now).refusal == .invalid([terms]))
    #expect(decide(now, later).refusal == .invalid([data]))
    #expect(decide(later, later).refusal == .invalid([terms, data]))
  }

  @Test("a client's id is taken once, whoever has it")  // B-2
  func takenID() {
    var practice = Practice()
    practice.facts.takenElsewhere = [daria.text]
    for id in [carlo, daria] {
      let decision = practice.decide(booking(start, attendee: .new(Practice.registration(id))))
      #expect(decision.refusal == .idTaken(id: id.text, field: "new_client.client_id"))
    }
  }
}
