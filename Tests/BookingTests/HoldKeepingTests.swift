internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct HoldKeepingTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = holdID(1)

  private func holdingPractice(client: ClientID? = nil) -> Practice {
    var practice = Practice()
    practice.facts.clients[daria] = Practice.client(daria)
    practice.perform(holding(start, client: client, id: id))
    return practice
  }

  @Test("renewing moves the deadline to 10 minutes from now, up to an hour in all")  // S-12
  func renewing() throws {
    var practice = holdingPractice()
    let taken = practice.now
    for minutes in [9, 18, 27, 36, 45] as [Int64] {
      practice.wait(9)
      let renewed = try #require(practice.perform(.renewHold(id)).held)
      #expect(renewed.expiresAt == taken.advanced(byMs: (minutes + 10) * 60_000))
    }
    practice.wait(9)
    let last = try #require(practice.perform(.renewHold(id)).held)
    #expect(last.expiresAt == taken.advanced(byMs: 3_600_000))
    #expect(last.expiresAt == last.expiresAtMax)
    #expect(practice.decide(.renewHold(id)).refusal == .holdExhausted(id, at: last.expiresAt))
    practice.now = last.expiresAt
    #expect(practice.decide(.renewHold(id)).refusal == .holdLapsed(id, at: last.expiresAt))
  }

  @Test("what was renewed is in the way until its new deadline")  // S-12
  func renewedHolds() {
    var practice = holdingPractice()
    practice.wait(5)
    practice.perform(.renewHold(id))
    practice.wait(9)
    #expect(practice.decide(booking(start)).discrepancies.map(\.kind) == [4])
    practice.wait(1)
    #expect(practice.decide(booking(start)).booked != nil)
  }

  @Test("a policy that has become shorter takes nothing away")  // S-12
  func shorterPolicy() throws {
    var practice = holdingPractice()
    let before = try #require(practice.facts.holds[id])
    practice.facts.partnerPolicy = PartnerPolicy(
      policy: try #require(Policy(holdMinutes: 2)), version: 1)
    #expect(practice.decide(.renewHold(id)).held?.expiresAt == before.expiresAt)
    practice.wait(9)
    #expect(
      practice.decide(.renewHold(id)).held?.expiresAt == practice.now.advanced(byMs: 120_000))
  }

  @Test("at its deadline a hold is not renewed, whether or not it was cleared away")  // S-12
  func lapsed() throws {
    var practice = holdingPractice()
    let deadline = try #require(practice.facts.holds[id]?.expiresAt)
    practice.now = deadline.advanced(byMs: -1)
    #expect(practice.decide(.renewHold(id)).held != nil)
    practice.now = deadline
    #expect(practice.decide(.renewHold(id)).refusal == .holdLapsed(id, at: deadline))
    practice.perform(booking(start))
    #expect(practice.facts.holds[id]?.state == .lapsed)
    #expect(practice.decide(.renewHold(id)).refusal == .holdLapsed(id, at: deadline))
    // Not even when the clock is put back.
    practice.now = deadline.advanced(byMs: -60_000)
    #expect(practice.decide(.renewHold(id)).refusal == .holdLapsed(id, at: deadline))
  }

  @Test("releasing gives the slot back at once")  // S-12
  func releasing() throws {
    var practice = holdingPractice(client: carlo)
    let hold = try #require(practice.facts.holds[id])
    let released = practice.perform(.releaseHold(id))
    #expect(released.change == Change(events: [.holdReleased(hold)], answer: .holdReleased))
    #expect(practice.decide(booking(start)).booked != nil)
    let again = Refusal.notFound(id: id.text, field: "hold_id")
    #expect(practice.decide(.releaseHold(id)).refusal == again)
    #expect(practice.decide(.renewHold(id)).refusal == again)
  }

  @Test("releasing one that has lapsed is no error, whether or not it was cleared away")  // S-12
  func releasingLapsed() {
    var practice = holdingPractice()
    practice.wait(10)
    let first = practice.perform(.releaseHold(id))
    #expect(first.change == Change(events: [.holdLapsed(id)], answer: .holdReleased))
    let second = practice.decide(.releaseHold(id))
    #expect(second.change == Change(events: [], answer: .holdReleased))
  }

  @Test("one that was booked can be neither renewed nor released")  // S-12
  func booked() {
    var practice = holdingPractice()
    practice.perform(booking(start, hold: id))
    for wish in [Wanted.renewHold(id), .releaseHold(id)] {
      #expect(practice.decide(wish).refusal == .notFound(id: id.text, field: "hold_id"))
    }
  }

  @Test("staff keep all, a therapist their own, a client theirs and those without a client")
  func whose() {  // S-12
    let known: [(ClientID?, Actor, Bool)] = [
      (carlo, desk, true), (nil, desk, true), (carlo, .therapist(anna), true),
      (carlo, .therapist(bruno), false), (nil, .therapist(bruno), false),
      (carlo, .client(carlo), true), (carlo, .client(daria), false), (carlo, .client(nil), false),
      (nil, .client(daria), true), (nil, .client(nil), true),
    ]
    for (client, actor, isKnown) in known {
      let practice = holdingPractice(client: client)
      for wish in [Wanted.renewHold(id), .releaseHold(id)] {
        let refusal = practice.decide(wish, by: actor).refusal
        #expect(
          refusal == (isKnown ? nil : .notFound(id: id.text, field: "hold_id")), "\(actor)")
      }
    }
    #expect(
      Practice().decide(.renewHold(id)).refusal == .notFound(id: id.text, field: "hold_id"))
  }
}
