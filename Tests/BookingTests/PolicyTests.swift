internal import Availability
internal import Booking
internal import Testing

/// Who decides what (policy): the service, then the therapist, then the partner, then the default.
struct PolicyTests {
  private func policy(_ made: Policy?) throws -> Policy { try #require(made) }

  @Test("where nothing is set, the defaults of the rules hold")  // S-2, S-4, S-12
  func defaults() {
    let resolved = Policy.resolved(service: .unset, therapist: .unset, partner: .unset)
    #expect(resolved.booking.horizons == HorizonPolicy(staffMonths: 6, clientMonths: 1))
    #expect(resolved.booking.minimumNoticeMinutes == 0)
    #expect(resolved.caps == .none)
    #expect(resolved.holdMinutes == 10 && resolved.holdTotalMinutes == 60)
  }

  @Test("each setting is taken by itself from the first who has it")  // S-2, S-4, S-12
  func order() throws {
    let service = try policy(Policy(clientHorizonMonths: 2))
    let therapist = try policy(
      Policy(clientHorizonMonths: 3, minimumNoticeMinutes: 90, dailyCap: .most(5)))
    let partner = try policy(
      Policy(
        staffHorizonMonths: 12, clientHorizonMonths: 4, minimumNoticeMinutes: 60,
        dailyCap: .most(8), weeklyCap: .most(20), holdMinutes: 15, holdTotalMinutes: 30))
    let resolved = Policy.resolved(service: service, therapist: therapist, partner: partner)
    #expect(resolved.booking.horizons == HorizonPolicy(staffMonths: 12, clientMonths: 2))
    #expect(resolved.booking.minimumNoticeMinutes == 90)
    #expect(resolved.caps == SessionCaps(daily: 5, weekly: 20))
    #expect(resolved.holdMinutes == 15 && resolved.holdTotalMinutes == 30)
  }

  @Test("no notice and no limit are settings too, and hide what comes after them")  // S-4
  func unlimited() throws {
    let therapist = try policy(
      Policy(minimumNoticeMinutes: 0, dailyCap: .unlimited, weeklyCap: .unlimited))
    let partner = try policy(
      Policy(minimumNoticeMinutes: 60, dailyCap: .most(1), weeklyCap: .most(2)))
    let resolved = Policy.resolved(service: .unset, therapist: therapist, partner: partner)
    #expect(resolved.booking.minimumNoticeMinutes == 0)
    #expect(resolved.caps == .none)
  }

  @Test("a hold never lasts longer than it may in all")  // S-12
  func holdTotal() throws {
    let service = try policy(Policy(holdTotalMinutes: 5))
    let resolved = Policy.resolved(service: service, therapist: .unset, partner: .unset)
    #expect(resolved.holdMinutes == 5 && resolved.holdTotalMinutes == 5)
  }

  @Test("a setting outside its limits makes no policy")
  func limits() {
    for months in [Int32(0), -1, 25, .min, .max] {
      #expect(Policy(staffHorizonMonths: months) == nil)
      #expect(Policy(clientHorizonMonths: months) == nil)
    }
    for months in [Int32(1), 24] {
      #expect(Policy(staffHorizonMonths: months, clientHorizonMonths: months) != nil)
    }
    #expect(Policy(minimumNoticeMinutes: -1) == nil && Policy(minimumNoticeMinutes: 44_641) == nil)
    #expect(Policy(minimumNoticeMinutes: 0) != nil && Policy(minimumNoticeMinutes: 44_640) != nil)
    for sessions in [Int32(0), -1, 1_001] {
      #expect(Policy(dailyCap: .most(sessions)) == nil)
      #expect(Policy(weeklyCap: .most(sessions)) == nil)
    }
    for sessions in [Int32(1), 1_000] {
      #expect(Policy(dailyCap: .most(sessions), weeklyCap: .most(sessions)) != nil)
    }
    #expect(Policy(holdMinutes: 0) == nil && Policy(holdMinutes: 61) == nil)
    #expect(Policy(holdTotalMinutes: 0) == nil && Policy(holdTotalMinutes: 1_441) == nil)
    #expect(Policy(holdMinutes: 60, holdTotalMinutes: 1_440) != nil)
    #expect(Policy() == Policy.unset)
  }
}

/// A partner's policy reaches what the index keeps of a therapist.
struct ProfilePolicyTests {
  private let settings: [Policy?] = [
    Policy(), Policy(clientHorizonMonths: 3), Policy(minimumNoticeMinutes: 0),
    Policy(minimumNoticeMinutes: 60, dailyCap: .most(2)), Policy(weeklyCap: .unlimited),
  ]

  @Test("resolved anew it is what it would be if made anew, whoever sets what")  // S-2, S-4
  func asMadeAnew() throws {
    let policies = try settings.map { try #require($0) }
    for (own, ofService) in policies.flatMap({ own in policies.map { (own, $0) } }) {
      var therapist = Practice.therapist(anna, at: [office])
      therapist.policy = own
      var service = Practice.individualSession
      service.policy = ofService
      func made(under partnerPolicy: Policy) -> TherapistProfile {
        therapist.profile(
          of: partner, in: rome, schedule: nil, services: [service], places: [],
          partnerPolicy: partnerPolicy)
      }
      for (old, new) in policies.flatMap({ old in policies.map { (old, $0) } }) {
        let expected = made(under: new)
        let before = made(under: old)
        let changed = before.under(partner: new, own: own) { _ in ofService }
        #expect((changed ?? before).caps == expected.caps)
        #expect((changed ?? before).offers == expected.offers)
        let isSame = before.caps == expected.caps && before.offers == expected.offers
        #expect((changed == nil) == isSame)
      }
    }
  }
}
