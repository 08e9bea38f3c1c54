internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// A package that was given to a client, with all sessions that were ever booked of it.
final class Bond {
  var link: PackageLink
  var cases: [Case] = []

  init(_ link: PackageLink) {
    self.link = link
  }

  /// Those that are its sessions still: others have become appointments of their own.
  var sessions: [Appointment] {
    cases.map(\.appointment).filter { $0.package?.link == link.id }
  }
}

extension World {
  mutating func take(_ link: PackageLink) throws(Violation) {
    try require(bonds[link.id] == nil, "an id is given once", link.id.text)
    let bond = Bond(link)
    bonds[link.id] = bond
    bondOrder.append(bond)
    patrons[link.client]?.bonds.append(bond)
  }

  func take(_ link: PackageLink, from old: PackageLink) throws(Violation) {
    guard let bond = bonds[link.id] else {
      throw Violation(law: "a change is of what is there", subject: link.id.text, detail: "")
    }
    try require(
      bond.link == old && link.version == old.version + 1, "versions grow by one", link.id.text,
      "\(bond.link.version), from \(old.version) to \(link.version)")
    bond.link = link
  }

  /// As `Needs.links` says.
  func tell(_ id: PackageLinkID, _ facts: inout Facts, _ accounts: inout Set<ClientID>) {
    guard let link = bonds[id]?.link else { return }
    facts.links[id] = link
    facts.clients[link.client] = patrons[link.client]?.client
    accounts.insert(link.client)
    for service in link.services { tell(service, &facts) }
    if let benefit = link.benefit { tell(benefit, &facts) }
  }

  /// The therapies of a link's client with all who may treat them.
  func tellTherapies(of link: PackageLink, _ facts: inout Facts) {
    for service in link.services.compactMap({ services[$0] }) {
      let pair = CarePair(service.therapist, link.client)
      facts.therapies[pair] = therapies[pair]
    }
  }
}

extension Town {
  /// The partner's own: one that deducts, one that releases, one that does neither.
  static let statuses = AttendanceStatuses(
    [
      AttendanceStatus(code: "HALF", name: "Half of it", effect: .deduct),
      AttendanceStatus(code: "FREED", name: "Freed", effect: .release),
      AttendanceStatus(code: "LATE", name: "Late", effect: .none),
    ], version: 1)

  /// Of each therapist, one by procedure and one by total value; each other of them of the next one's services, too.
  static func packages(of offered: [HealthcareService], _ dice: inout Dice) -> [Package] {
    let plans: [PaymentPlan] = [.onSite, .captureBefore, .prepaid]
    let therapists = Set(offered.map(\.therapist)).sorted()
    return therapists.enumerated().flatMap { index, therapist -> [Package] in
      let others = index.isMultiple(of: 2) ? [therapists[(index + 1) % therapists.count]] : []
      let served = offered.filter {
        ([therapist] + others).contains($0.therapist) && plans.contains($0.plan)
      }
      return [true, false].map { isByProcedure in
        let sessions = Int32(dice.roll(1...8))
        let sum = dice.chance(100) ? 0 : dice.roll(Int64(sessions)...90_000)
        let number = therapist.rawValue * 100 + (isByProcedure ? 1 : 2)
        return Package(
          id: PackageID(rawValue: number), name: "P\(number)", sessions: sessions,
          renews: dice.chance(400),
          posting: isByProcedure
            ? .byProcedure : .total(Money(minorUnits: sum, currency: served[0].price.currency)),
          durationMinutes: 50, validityDays: dice.pick([nil, 15, 40, 90]),
          commission: dice.pick([nil, .share(basisPoints: 2_500), .fixed(minorUnits: 333)]),
          services: served.map(\.id).sorted(), createdAt: firstDay)
      }
    }
  }
}
