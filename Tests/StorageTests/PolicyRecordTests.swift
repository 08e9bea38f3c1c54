internal import Accounting
internal import Availability
internal import Booking
internal import Storage
internal import Testing

/// Policies are read back as they were written, each with whose it is.
struct PolicyRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private let policies: [Policy] = [
    Policy(
      staffHorizonMonths: 24, clientHorizonMonths: 1, minimumNoticeMinutes: 44_640,
      dailyCap: .most(1_000), weeklyCap: .most(1), holdMinutes: 60, holdTotalMinutes: 1_440),
    Policy(minimumNoticeMinutes: 0, dailyCap: .unlimited, weeklyCap: .unlimited),
    Policy(holdMinutes: 5), .unset,
  ].compactMap { $0 }

  @Test("a partner's, with its version; another partner's is another")
  func ofPartner() throws {
    #expect(try store.read { try $0.policy(of: partner) } == .unset)
    for (version, policy) in policies.enumerated() {
      let changed = PartnerPolicy(policy: policy, version: Int64(version) + 1)
      try store.apply([.policyPut(changed)])
      #expect(try store.read { try $0.policy(of: partner) } == changed)
    }
    #expect(try store.read { try $0.policy(of: otherPartner) } == .unset)
  }

  @Test("a therapist's")
  func ofTherapist() throws {
    for policy in policies {
      var therapist = Fixture.therapist(anna)
      therapist.policy = policy
      try store.apply([.therapistPut(therapist)])
      #expect(try store.read { try $0.therapist(anna) }?.therapist == therapist)
    }
    #expect(try store.read { try $0.therapist(bruno) }?.therapist.policy == .unset)
  }

  @Test("a service's, and its buffers")  // S-7
  func ofService() throws {
    for (policy, minutes) in zip(policies, [Int32(0), 1, 240, 30]) {
      var service = Fixture.service(individual, of: anna)
      service.policy = policy
      service.buffers = Buffers(beforeMinutes: minutes, afterMinutes: 240 - minutes)
      try store.apply([.servicePut(service)])
      #expect(try store.read { try $0.service(individual) }?.service == service)
    }
    #expect(try store.read { try $0.service(couple) }?.service.buffers == Buffers.none)
  }

  @Test("what no-shows cost, and commissions, none and not set told apart")  // P-10, A-6
  func money() throws {
    for commission in [nil, Commission.none, .share(basisPoints: 1_250), .fixed(minorUnits: 300)] {
      for percent in [nil, 0, 50, 100] as [Int32?] {
        var settings = AppointmentSettings()
        settings.commission = commission
        settings.cancellation = percent.map {
          CancellationTerms(
            noticeMinutes: 60, inTimePercent: 10, latePercent: 20, feeWhereUnpaid: true,
            noShowPercent: $0)
        }
        let policy = try #require(Policy(appointments: settings))
        try store.apply([.policyPut(PartnerPolicy(policy: policy, version: 1))])
        #expect(try store.read { try $0.policy(of: partner) }.policy == policy)
      }
    }
    // As it was set before there were shares of no-shows.
    try scratch.tamper("UPDATE policies SET no_show_percent = NULL")
    let terms = try store.read { try $0.policy(of: partner) }.policy.appointments.cancellation
    #expect(terms?.noShowPercent == 100)
    #expect(throws: (any Error).self) {
      try scratch.tamper("UPDATE policies SET commission_basis_points = 1")
    }
  }

  @Test("all of a partner's at once, by id, and of no other")
  func ofAll() throws {
    var therapist = Fixture.therapist(anna)
    therapist.policy = policies[0]
    var service = Fixture.service(individual, of: anna)
    service.policy = policies[2]
    try store.apply([
      .therapistPut(therapist), .servicePut(service),
      .policyPut(PartnerPolicy(policy: policies[1], version: 1)),
    ])
    try store.apply([.policyPut(PartnerPolicy(policy: policies[2], version: 1))], of: otherPartner)
    #expect(
      try store.read { try $0.policies(of: partner) }
        == [anna.text: policies[0], individual.text: policies[2], partner.text: policies[1]])
  }

  @Test("who sets nothing has no row, and nobody can be without limits by mistake")
  func rows() throws {
    #expect(try scratch.count("policies") == 0)
    try store.apply([.policyPut(PartnerPolicy(policy: policies[0], version: 1))])
    #expect(try scratch.count("policies") == 1)
    for wrong in ["staff_horizon_months = 25", "daily_cap = 0", "minimum_notice_minutes = -1"] {
      #expect(throws: (any Error).self) { try scratch.tamper("UPDATE policies SET \(wrong)") }
    }
    try store.apply([.policyPut(PartnerPolicy(policy: .unset, version: 2))])
    #expect(try scratch.count("policies") == 0)
  }
}
