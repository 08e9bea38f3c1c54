internal import Availability
internal import Booking
internal import Testing

struct ClientUpdateTests {
  private func update(_ change: (inout ClientUpdate) -> Void) -> Wanted {
    var update = ClientUpdate(client: carlo)
    change(&update)
    return .updateClient(update)
  }

  @Test("what is named changes, the rest stays; again it is nothing new")  // K-2 N-2 B-14
  func updates() {
    var practice = Practice()
    let wish = update {
      $0.phone = PhoneNumber("+40712345678")
      $0.smsLeadMinutes = .some(120)
      $0.seenVersion = 1
    }
    practice.perform(wish, by: .client(carlo))
    let client = practice.facts.clients[carlo]
    #expect(client?.person.phone.text == "+40712345678")
    #expect(client?.person.smsLeadMinutes == 120)
    #expect(client?.person.name == "Carlo Conti" && client?.version == 2)
    #expect(
      practice.decide(wish).refusal == .staleVersion(id: carlo.text, seen: 1, current: 2))
    #expect(practice.decide(update { $0.name = "Carlo Conti" }).change?.events == [])
    practice.perform(update { $0.smsLeadMinutes = .some(nil) })
    #expect(practice.facts.clients[carlo]?.person.smsLeadMinutes == nil)
  }

  @Test("staff change all, clients themselves, therapists none")  // K-2
  func whose() {
    let wish = update { $0.name = "C. Conti" }
    let unknown = Refusal.notFound(id: carlo.text, field: "client_id")
    #expect(Practice().decide(wish, by: .client(daria)).refusal == unknown)
    #expect(Practice().decide(wish, by: .therapist(anna)).refusal == unknown)
    #expect(Practice().decide(wish).refusal == nil)
  }
}
