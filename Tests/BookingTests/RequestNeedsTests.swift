internal import Availability
internal import Booking
internal import Testing

/// What the desks of requests have to know before they decide.
struct RequestNeedsTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  private func needs(_ wish: Wanted) -> Needs {
    Engine.needs(for: Command(partner: partner, actor: desk, wish: wish))
  }

  @Test("asking needs what booking does; of a person, also whom they may match")  // B-4, B-5
  func asks() {
    #expect(
      needs(asking(start, id: id, hold: holdID(1)))
        == needs(booking(start, id: id, hold: holdID(1))))
    let registration = registering(person())
    var expected = needs(booking(start, attendee: .new(registration)))
    expected.matches = [.person(PersonSought(person()), with: anna, booking: individual)]
    #expect(needs(asking(start, asker: .new(registration))) == expected)
  }

  @Test("answering needs the request whole; accepting, whom it may be of, or the one who is named")
  // B-5
  func answers() {
    var expected = Needs()
    expected.appointmentsWhole = [id]
    for wish in [declining(id), withdrawing(id), accepting(id, for: .new)] {
      #expect(needs(wish) == expected)
    }
    expected.clients = [carlo]
    #expect(needs(accepting(id, for: .named(carlo))) == expected)
    expected.clients = []
    expected.matches = [.request(id)]
    #expect(needs(accepting(id)) == expected)
  }
}
