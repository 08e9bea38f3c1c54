internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// K-6: what holds for a package after every change of it, or of a session of it.
extension Simulation {
  func auditBond(_ id: PackageLinkID) throws(Violation) {
    guard let bond = world.bonds[id] else { return }
    let (link, balance) = (bond.link, bond.link.balance)
    let parts = [
      balance.available, balance.reserved, balance.attended, balance.expired, balance.returned,
    ]
    try require(
      parts.allSatisfy { $0 >= 0 } && parts.reduce(0, +) == balance.total,
      "credits are conserved", id.text, "\(parts) of \(balance.total)")
    let sessions = bond.sessions
    func count(_ session: PackageSession) -> Int32 {
      Int32(sessions.filter { $0.package?.session == session }.count)
    }
    try require(
      balance.reserved == count(.reserved) && balance.attended == count(.attended),
      "a balance is what its sessions say", id.text,
      "\(balance.reserved) and \(balance.attended), not \(count(.reserved)) and \(count(.attended))"
    )
    try require(
      link.state == .active || balance.available == 0, "what is over has nothing left", id.text)
    guard let benefit = link.benefit.flatMap({ world.purses[$0]?.benefit }) else { return }
    try require(
      link.state != .active || benefit.sessionsLeft == balance.available,
      "a package's benefit has what is available", id.text,
      "\(benefit.sessionsLeft), not \(balance.available)")
    try require(
      benefit.valueLeft >= Int64(benefit.sessionsLeft), "each session left is worth something",
      id.text, "\(benefit.valueLeft) of \(benefit.sessionsLeft)")
  }

  /// A session of a package by total value is paid once, by that, and by nothing else.
  func auditMembership(_ one: Case) throws(Violation) {
    let appointment = one.appointment
    guard let package = appointment.package, !package.isByProcedure else { return }
    let benefit = world.bonds[package.link]?.link.benefit
    var net: Int64 = 0
    for payment in one.payments {
      let amount = payment.amount.minorUnits
      net += payment.direction == .payment ? amount : -amount
      guard payment.direction == .payment else { continue }
      try require(
        benefit.map { payment.source == .benefit($0) } == true,
        "a package's session is paid by its benefit alone", appointment.id.text)
    }
    try require(
      net == appointment.claim, "a package's session is paid once, and whole",
      appointment.id.text, "\(net) of \(appointment.claim)")
  }
}
