internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct PackageLinkRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.apply([.packagePut(template())])
  }

  private func read(_ id: PackageLinkID = linkID) throws -> PackageLink? {
    try store.read { try $0.packageLink(id) }?.link
  }

  @Test("link, benefit and renewal may be written in any order, but none left out")  // K-7
  func readBack() throws {
    let next = PackageLinkID(rawValue: 5_102)
    let first = packageLink(
      posting: .total(euro(100_000)), benefit: linkBenefitID, expiresAt: at(minutes: 9),
      renewedBy: next)
    let second = packageLink(
      next, details: VisitDetails(), room: nil, smsLeadMinutes: nil, renews: false)
    #expect(throws: (any Error).self) { try store.apply([.packageLinked(first)]) }
    #expect(throws: (any Error).self) {
      try store.apply([.benefitMade(linkBenefit()), .packageLinked(second)])
    }
    try store.apply([.packageLinked(first), .benefitMade(linkBenefit()), .packageLinked(second)])
    #expect(try read() == first && read(next) == second)
    #expect(try store.read { try $0.packageLink(linkID) }?.owner == partner)
    #expect(try store.read { try $0.benefit(linkBenefitID) }?.benefit == linkBenefit())
    let edited = linkBenefit(sessions: 12, version: 2)
    try store.apply([.benefitChanged(edited, from: linkBenefit())])
    #expect(try store.read { try $0.benefit(linkBenefitID) }?.benefit == edited)
  }

  @Test("a change goes over the version before only, and takes all that can change")  // B-14, K-7
  func changing() throws {
    try store.apply([.packageLinked(packageLink())])
    let changed = packageLink(
      balance: PackageBalance(total: 12, reserved: 1, attended: 2, expired: 3, returned: 4),
      state: .expired, expiresAt: at(minutes: 3), renewedBy: linkID,
      details: VisitDetails(notes: "n"), room: nil, smsLeadMinutes: nil, renews: false, version: 2)
    try store.apply([.packageLinkChanged(changed, from: packageLink())])
    #expect(try read() == changed)
    #expect(throws: StoreError.lostUpdate(table: "package_links", id: linkID.text)) {
      try store.apply([.packageLinkChanged(changed, from: packageLink())])
    }
  }

  @Test("no part of a balance is less than nothing, and all are no more than the total")  // K-6
  func conserved() throws {
    let full = packageLink(
      balance: PackageBalance(total: 4, reserved: 1, attended: 1, expired: 1, returned: 1))
    try store.apply([.packageLinked(full)])
    for part in ["reserved", "attended", "expired", "returned"] {
      for value in [-1, 2] {
        #expect(throws: (any Error).self, "\(part) \(value)") {
          try scratch.tamper("UPDATE package_links SET sessions_\(part) = \(value)")
        }
      }
    }
    #expect(throws: (any Error).self) {
      try scratch.tamper("UPDATE package_links SET sessions = 3")
    }
    try scratch.tamper("UPDATE package_links SET sessions_expired = 0")
    #expect(try read()?.balance.available == 1)
  }

  private func list(
    _ owner: PartnerID = partner, limit: Int = 9, _ change: (inout PackageLinkQuery) -> Void
  ) throws -> [PackageLinkID] {
    var query = PackageLinkQuery(limit: limit)
    change(&query)
    return try store.read { try $0.packageLinks(of: owner, matching: query) }.map(\.id)
  }

  @Test("links are listed by id: a client's, a therapist's, both's; in some states")  // K-2, K-7
  func lists() throws {
    let ids = (1...4).map { PackageLinkID(rawValue: 5_100 + $0) }
    try store.apply([
      .packageLinked(packageLink(ids[3])),
      .packageLinked(packageLink(ids[1], of: daria, services: [couple])),
      .packageLinked(packageLink(ids[0], services: [individual])),
      .packageLinked(packageLink(ids[2], state: .deleted)),
    ])
    #expect(try list { _ in } == ids)
    #expect(try list { $0.client = carlo } == [ids[0], ids[2], ids[3]])
    #expect(try list { $0.therapist = anna } == [ids[0], ids[2], ids[3]])
    #expect(try list { $0.therapist = bruno } == [ids[1], ids[2], ids[3]])
    #expect(
      try list {
        $0.therapist = bruno
        $0.client = carlo
        $0.states = [.active, .expired]
      } == [ids[3]])
    for change in [
      { _ in }, { $0.client = carlo }, { $0.therapist = anna },
    ] as [(inout PackageLinkQuery) -> Void] {
      #expect(try list(otherPartner, change) == [])
      #expect(
        try list(limit: 2) {
          change(&$0)
          $0.after = ids[2]
        } == [ids[3]])
    }
  }

  @Test("each list is read through an index, and nothing is sorted")  // K-7
  func plans() throws {
    let cases: [(String, (inout PackageLinkQuery) -> Void)] = [
      ("package_links_by_client", { $0.client = carlo }),
      ("package_links_by_partner", { _ in }),
      ("package_link_services_by_therapist", { $0.therapist = anna }),
    ]
    for (index, change) in cases {
      var query = PackageLinkQuery(limit: 9)
      change(&query)
      let plan = try store.read { try $0.plan(ofLinks: partner, matching: query) }
      #expect(plan.contains { $0.contains(index) }, "\(plan)")
      #expect(!plan.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN") }, "\(plan)")
    }
    for query in [
      StoreSnapshot.dueLinksQuery, StoreSnapshot.nextLinkDueQuery,
      StoreSnapshot.dueLinksOfPartnerQuery, StoreSnapshot.overdueLinksQuery,
    ] {
      let plan = try scratch.plan(of: query)
      #expect(plan.count == 1 && plan[0].contains("package_links_by_due"), "\(plan)")
      #expect(plan[0].hasPrefix("SEARCH"), "\(plan)")
    }
  }

  @Test("whose validity is over comes in order of when, then of id; pages join", arguments: 1...4)
  func due(_ size: Int) throws {  // K-6
    let links = (0..<12).map { (number: Int) -> PackageLink in
      packageLink(
        PackageLinkID(rawValue: 5_300 + UInt128(number * 5 % 12)),
        state: number == 3 ? .expired : .active,
        expiresAt: number == 4 ? nil : at(minutes: Int64(number / 3)))
    }
    try store.apply(links.map(Event.packageLinked))
    let ordered = links.filter { $0.due != nil }.sorted {
      ($0.due ?? noon, $0.id) < ($1.due ?? noon, $1.id)
    }
    let end = at(minutes: 2)
    var found: [DueLink] = []
    for _ in 0...links.count {
      let page = try store.read { try $0.dueLinks(until: end, after: found.last, limit: size) }
      if page.isEmpty { break }
      found += page
    }
    let expected = ordered.filter { $0.due ?? noon <= end }.map(\.id)
    #expect(found.map(\.link) == expected)
    try store.read { snapshot throws in
      #expect(try snapshot.nextLinkDue(after: noon) == at(minutes: 1))
      #expect(try snapshot.nextLinkDue(after: at(minutes: 3)) == nil)
      let three = ordered.prefix(3).map(\.id)
      #expect(try snapshot.dueLinks(of: partner, limit: 3).map(\.link) == three)
      #expect(try snapshot.dueLinks(of: otherPartner, limit: 3) == [])
      #expect(try snapshot.overdueLinkCount(of: partner, before: at(minutes: 1)) == 3)
      #expect(try snapshot.backlog(before: at(minutes: 1)).overdueLinks == 3)
    }
  }
}
