internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct RegisteringTests {
  @Test("a registration makes a client at version 1, with both consents as given")  // B-2
  func registers() throws {
    let practice = Practice()
    let terms = Consent(version: "t-2", acceptedAt: practice.now)
    let data = Consent(version: "d-5", acceptedAt: practice.now.advanced(byMs: -1))
    let registration = Practice.registration(daria, terms: terms, dataProcessing: data)
    let change = try #require(
      practice.decide(.registerClient(registration, joining: nil)).change)
    let client = Client(
      id: daria, person: Practice.person, terms: terms, dataProcessing: data, version: 1,
      registeredAt: practice.now)
    #expect(change == Change(events: [.clientRegistered(client)], answer: .client(client)))
  }

  @Test("a client who joins a therapist is on the therapist's list")  // B-2
  func joins() throws {
    let practice = Practice()
    let change = try #require(
      practice.decide(.registerClient(Practice.registration(daria), joining: anna)).change)
    #expect(change.events.last == .therapyBegun(practice.therapy(anna, daria)))
    #expect(change.events.count == 2)
  }

  @Test("joining someone who is not there registers nobody")  // B-2
  func joinsNobody() {
    let decision = Practice().decide(
      .registerClient(Practice.registration(daria), joining: foreigner))
    #expect(decision == .refuse(.notFound(id: foreigner.text, field: "therapist_id")))
  }

  @Test("an id that is taken, here or elsewhere, is refused")
  func takenID() {
    var practice = Practice()
    practice.facts.takenElsewhere = [daria.text]
    for id in [carlo, daria] {
      let decision = practice.decide(.registerClient(Practice.registration(id), joining: nil))
      #expect(decision == .refuse(.idTaken(id: id.text, field: "client.client_id")))
    }
  }

  @Test("consents of the future are refused, all at once")  // B-2
  func futureConsent() {
    let practice = Practice()
    let later = Consent(version: "1", acceptedAt: practice.now.advanced(byMs: 1))
    let registration = Practice.registration(terms: later, dataProcessing: later)
    guard
      case .invalid(let faults) = practice.decide(.registerClient(registration, joining: nil))
        .refusal
    else {
      Issue.record("expected wrong fields")
      return
    }
    #expect(
      faults.map(\.field) == ["client.terms.accept_time", "client.data_processing.accept_time"])
  }

  @Test("a client without an id gets the stamp's")
  func madeID() throws {
    let practice = Practice()
    let decision = practice.decide(.registerClient(Practice.registration(), joining: nil))
    guard case .client(let client) = try #require(decision.change).answer else {
      Issue.record("expected a client")
      return
    }
    #expect(client.id == Stamp(at: practice.now, seed: practice.seed).id(1))
  }
}
