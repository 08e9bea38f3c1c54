internal import Availability
internal import Booking
internal import Testing

/// Policies at work when something is booked (S-2, S-4).
struct PolicyBookingTests {
  private var practice = Practice()

  private mutating func set(_ policy: Policy?) throws {
    practice.perform(
      .putPolicy(PolicyPut(policy: try #require(policy), seenVersion: nil)))
  }

  @Test("the partner's horizon counts where nobody else has one")  // S-2
  mutating func horizon() throws {
    let start = inRome("2027-01-20T10:00")
    #expect(practice.decide(booking(start), by: .client(carlo)).booked == nil)
    try set(Policy(clientHorizonMonths: 2))
    #expect(practice.decide(booking(start), by: .client(carlo)).booked != nil)
    var therapist = Practice.therapist(anna, at: [office, video])
    therapist.policy = try #require(Policy(clientHorizonMonths: 1))
    practice.perform(.putDirectory(Practice.importing([.therapist(therapist, [])])))
    #expect(practice.decide(booking(start), by: .client(carlo)).booked == nil)
  }

  @Test("a notice of the service refuses what is too near, and no notice lets it be")  // S-4
  mutating func notice() throws {
    let start = inRome("2026-11-23T10:00")
    try set(Policy(minimumNoticeMinutes: 121))
    #expect(practice.decide(booking(start)).discrepancies.count == 1)
    var service = Practice.individualSession
    service.policy = try #require(Policy(minimumNoticeMinutes: 0))
    practice.perform(.putDirectory(Practice.importing([.service(service, [])])))
    #expect(practice.decide(booking(start)).booked != nil)
  }

  @Test("a change of the partner's policy grows its version, and a stale one is refused")  // B-14
  mutating func versions() throws {
    let policy = try #require(Policy(dailyCap: .most(5)))
    let decision = practice.perform(.putPolicy(PolicyPut(policy: policy, seenVersion: nil)))
    let changed = PartnerPolicy(policy: policy, version: 1)
    #expect(
      decision.change == Change(events: [.policyPut(changed)], answer: .policy(changed)))
    #expect(
      practice.decide(.putPolicy(PolicyPut(policy: .unset, seenVersion: 2))).refusal
        == .staleVersion(id: partner.text, seen: 2, current: 1))
    let next = practice.decide(.putPolicy(PolicyPut(policy: .unset, seenVersion: 1)))
    #expect(next.change?.answer == .policy(PartnerPolicy(policy: .unset, version: 2)))
  }
}
