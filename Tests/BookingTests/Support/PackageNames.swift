internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

func linkID(_ number: UInt128 = 1) -> PackageLinkID { PackageLinkID(rawValue: 5_000 + number) }

/// That a session is one of Carlo's package.
func member(
  _ session: PackageSession = .reserved, procedure: ServiceID? = nil, isByProcedure: Bool = false,
  commission: Commission? = nil
) -> PackageMembership {
  PackageMembership(
    link: linkID(), session: session, procedure: procedure, isByProcedure: isByProcedure,
    commission: commission, details: VisitDetails())
}

/// The benefit of Carlo's package of four sessions for 200 euros.
func packageBenefit(
  _ number: UInt128 = 1, value: Int64 = 20_000, sessions: Int32 = 4, client: ClientID = carlo
) -> Benefit {
  Benefit(
    id: benefitID(number), client: client, kind: .sessions, origin: .package, value: euro(value),
    sessions: sessions, valueLeft: value, sessionsLeft: sessions, state: .active,
    link: linkID(number), createdAt: inRome("2026-11-23T08:00").instant,
    changedAt: inRome("2026-11-23T08:00").instant)
}

/// Carlo's package, by total value where there is a benefit, and else by procedure.
func packageLink(_ benefit: Benefit?, services: [ServiceID] = [individual]) -> PackageLink {
  PackageLink(
    id: linkID(), client: carlo, package: PackageID(rawValue: 4_900), name: "Four sessions",
    renews: false, posting: benefit.map { .total($0.value) } ?? .byProcedure, durationMinutes: 50,
    validityDays: nil, commission: nil, services: services, details: VisitDetails(), room: nil,
    smsLeadMinutes: nil, balance: PackageBalance(total: benefit?.sessions ?? 4),
    benefit: benefit?.id, expiresAt: nil, linkedAt: inRome("2026-11-23T08:00").instant,
    changedAt: inRome("2026-11-23T08:00").instant)
}
