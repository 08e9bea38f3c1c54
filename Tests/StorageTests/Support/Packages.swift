internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

let tenSessions = PackageID(rawValue: 5_001)
let linkID = PackageLinkID(rawValue: 5_101)
let linkBenefitID = BenefitID(rawValue: 5_201)

func template(
  _ id: PackageID = tenSessions, posting: PackagePosting = .byProcedure, renews: Bool = false,
  commission: Commission? = nil, services: [ServiceID] = [individual, couple],
  isArchived: Bool = false, version: Int64 = 1
) -> Package {
  Package(
    id: id, name: "Dez sessões", sessions: 10, renews: renews, posting: posting,
    durationMinutes: 45, validityDays: renews ? 90 : nil, commission: commission,
    services: services, isArchived: isArchived, version: version, createdAt: noon)
}

let visit = VisitDetails(
  insurer: "Unimed", authorisationNumber: "A-1", phone: "+5511987654321", notes: "2nd floor")

func packageLink(
  _ id: PackageLinkID = linkID, of client: ClientID = carlo,
  posting: PackagePosting = .byProcedure, services: [ServiceID] = [individual, couple],
  balance: PackageBalance = PackageBalance(total: 10), benefit: BenefitID? = nil,
  state: PackageLinkState = .active, expiresAt: Instant? = nil, renewedBy: PackageLinkID? = nil,
  renewalOf: PackageLinkID? = nil, details: VisitDetails = visit, room: RoomID? = blueRoom,
  smsLeadMinutes: Int32? = 60, renews: Bool = true, version: Int64 = 1
) -> PackageLink {
  PackageLink(
    id: id, client: client, package: tenSessions, name: "Dez sessões", renews: renews,
    posting: posting, durationMinutes: 45, validityDays: 90,
    commission: .share(basisPoints: 1_250), services: services, details: details, room: room,
    smsLeadMinutes: smsLeadMinutes, balance: balance, benefit: benefit, state: state,
    expiresAt: expiresAt, renewalOf: renewalOf, renewedBy: renewedBy, version: version,
    linkedAt: noon, changedAt: noon.advanced(byMs: version))
}

/// What pays for a link's sessions, of 1,000.00.
func linkBenefit(
  _ id: BenefitID = linkBenefitID, link: PackageLinkID = linkID, sessions: Int32 = 10,
  version: Int64 = 1
) -> Benefit {
  Benefit(
    id: id, client: carlo, kind: .sessions, origin: .package, value: euro(100_000),
    sessions: sessions, valueLeft: 100_000, sessionsLeft: sessions, state: .active, link: link,
    version: version, createdAt: noon, changedAt: noon.advanced(byMs: version))
}

func membership(
  _ link: PackageLinkID = linkID, session: PackageSession = .reserved,
  procedure: ServiceID? = nil, isByProcedure: Bool = true,
  commission: Commission? = .fixed(minorUnits: 500)
) -> PackageMembership {
  PackageMembership(
    link: link, session: session, procedure: procedure, isByProcedure: isByProcedure,
    commission: commission, details: visit)
}

extension Appointment {
  /// The same as a session of a package, or of none.
  func of(
    _ package: PackageMembership?, plan: PaymentPlan = .onSite, price: Money = euro(0),
    smsLeadMinutes: Int32? = nil, version: Int64 = 1
  ) -> Appointment {
    Appointment(
      id: id, therapist: therapist, client: client, service: service, location: location,
      room: room, span: span, buffers: buffers, zoneName: zoneName, plan: plan, price: price,
      bookedAt: bookedAt, state: state, paymentStatus: paymentStatus, version: version,
      changedAt: changedAt, cancelReason: cancelReason, due: due, package: package,
      smsLeadMinutes: smsLeadMinutes, remindedUntil: remindedUntil)
  }
}

extension Scratch {
  /// How SQLite goes about a query whose parameters do not matter.
  func plan(of query: String) throws -> [String] {
    let sql = query.replacing(/\$\d/) { _ in "1" }
    return try rows("EXPLAIN QUERY PLAN \(sql)").map { $0[3] }
  }
}
