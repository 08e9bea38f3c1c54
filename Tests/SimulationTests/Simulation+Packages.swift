internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What people do with packages.
extension Simulation {
  /// A session of one that the client has; nothing where they have none.
  /// - Returns: whether there was one to try.
  func bookOfPackage(_ client: ClientID) throws -> Bool {
    let bonds = (world.patrons[client]?.bonds ?? []).filter {
      // Now and then also where nothing is left: that is refused.
      $0.link.state == .active && ($0.link.balance.available > 0 || dice.chance(30))
    }
    guard !bonds.isEmpty else { return false }
    let link = dice.pick(bonds).link
    guard let service = world.services[dice.pick(link.services)] else { return false }
    func wish(_ start: Minute) -> Wanted {
      .book(
        BookingWish(
          therapist: service.therapist, service: service.id, location: Town.location.id, room: nil,
          start: start, attendee: .registered(client), id: nil, link: link.id))
    }
    let actor: Actor = dice.chance(600) ? .client(client) : Simulation.desk
    var decision = try perform(wish(someStart()), by: actor)
    if case .refuse(.unbookable(_, _, let alternatives)) = decision, let start = alternatives.first
    {
      decision = try perform(wish(start), by: actor)
    }
    if case .change = decision {
      booked += 1
      bookedOfPackages += 1
    }
    return true
  }

  func getPackage(for client: ClientID) throws {
    guard let patron = world.patrons[client], isFaulty else { return }
    let package = dice.pick(world.town.packagesOf[patron.currency])
    var wish = LinkWish(package: package.id, client: client)
    if dice.chance(200) { wish.sessions = Int32(dice.roll(1...10)) }
    if dice.chance(250) { wish.lines = someLines(of: package) }
    if case .total(let sum) = package.posting, !sum.isZero, dice.chance(400) {
      wish.payment =
        dice.chance(500)
        ? .byHand(method: "cash", amount: nil)
        : .through(gateway: ModelGateway.name, source(of: client))
    }
    let decision = try perform(.linkPackage(wish), by: Simulation.desk)
    if case .change(let change) = decision, case .packageLinked(let outcome) = change.answer {
      booked += outcome.appointments.count
      bookedOfPackages += outcome.appointments.count
      payInBrowser(outcome.intent)
    }
    agenda.add(.deed(.getPackage(client)), at: now.advanced(byMs: dice.roll(15...60) * Ms.day))
  }

  /// Some days in the next weeks, at one hour, with the first service.
  private func someLines(of package: Package) -> PackageLines {
    var lines = PackageLines()
    let first = someStart()
    let days = [0, dice.roll(1...7), dice.roll(8...12)].prefix(Int(dice.roll(1...3)))
    lines.lines = days.enumerated().map { index, day in
      let start = Minute(sinceEpoch: first.sinceEpoch + Int32(day) * 1_440)
      let local = LocalMinute(sinceEpoch: start.sinceEpoch)
      var line = PackageLines.Line(date: local.date)
      guard index == 0 else { return line }
      line.minuteOfDay = local.minuteOfDay
      line.service = package.services[0]
      line.therapist = world.services[package.services[0]]?.therapist
      line.location = Town.location.id
      return line
    }
    return lines
  }

  /// All that is open, or a part.
  func payPackage(_ id: PackageLinkID) throws {
    guard let link = world.bonds[id]?.link,
      let purse = link.benefit.flatMap({ world.purses[$0] })
    else { return }
    let open = purse.benefit.outstanding(after: purse.payments)
    let isPart = dice.chance(300) && open.minorUnits > 1
    let payment: LinkPayment =
      dice.chance(500)
      ? .byHand(
        method: "cash",
        amount: isPart
          ? Money(minorUnits: dice.roll(1...open.minorUnits), currency: open.currency) : nil)
      : .through(gateway: ModelGateway.name, source(of: link.client))
    let decision = try perform(
      .payLink(LinkPaymentWish(link: id, payment: payment, note: "")), by: Simulation.desk)
    if case .change(let change) = decision, case .packageLinkPaid(_, _, let intent) = change.answer
    {
      payInBrowser(intent)
    }
    if isPart { agenda.add(.deed(.payPackage(id)), at: now.advanced(byMs: 3 * Ms.day)) }
  }

  private func payInBrowser(_ intent: PaymentIntent?) {
    guard let intent, intent.source == nil, dice.chance(850) else { return }
    agenda.add(
      .gateway(.payInBrowser(intent.id)), at: now.advanced(byMs: dice.roll(0...Ms.hour)))
  }

  /// It is edited, renewed, given back in part, or deleted.
  func changePackage(_ id: PackageLinkID) throws {
    guard let link = world.bonds[id]?.link else { return }
    switch dice.roll(0...9) {
    case 0...3:
      var edit = LinkEdit(link: id)
      edit.sessions = link.balance.total + Int32(dice.roll(-3...4))
      if dice.chance(300) { edit.renews = !link.renews }
      try perform(.editLink(edit), by: Simulation.desk)
    case 4: try perform(.renewLink(LinkRenewal(link: id)), by: Simulation.desk)
    case 5...6:
      guard let benefit = link.benefit else { return }
      let wish = RefundWish(
        purpose: .benefit(benefit), seenVersion: nil, amount: nil, reason: "goodwill")
      try perform(.refund(wish), by: Simulation.desk)
    default:
      let wish = LinkDeletion(link: id, future: dice.pick([.keepUnlinked, .cancel]))
      try perform(.deleteLink(wish), by: Simulation.desk)
    }
  }

  func expirePackage(_ id: PackageLinkID) throws {
    guard let link = world.bonds[id]?.link, let due = link.due, due <= now else { return }
    if !isFaulty, link.renews {
      // Else it would never come to an end.
      var edit = LinkEdit(link: id)
      edit.renews = false
      edit.expiresAt = .some(now.advanced(byMs: Ms.day))
      guard case .refuse = try perform(.editLink(edit), by: Simulation.desk) else { return }
    }
    try perform(.expireLink(id), by: .time)
  }

  func chooseProcedure(_ id: AppointmentID) throws {
    guard let one = world.cases[id]?.appointment, let package = one.package,
      let link = world.bonds[package.link]?.link
    else { return }
    let offered = link.services.filter { world.services[$0]?.therapist == one.therapist }
    let procedure = dice.chance(100) ? nil : dice.pick(offered)
    try perform(
      .chooseProcedure(ProcedureWish(appointment: id, seenVersion: nil, procedure: procedure)),
      by: dice.chance(500) ? .therapist(one.therapist) : Simulation.desk)
  }

  /// What follows when one was linked, or renewed.
  func react(toNew link: PackageLink) {
    react(to: link)
    if link.benefit != nil, dice.chance(600) {
      agenda.add(
        .deed(.payPackage(link.id)), at: now.advanced(byMs: dice.roll(0...30 * Ms.day)))
    }
    if dice.chance(250) {
      agenda.add(
        .deed(.changePackage(link.id)), at: now.advanced(byMs: dice.roll(0...25 * Ms.day)))
    }
  }

  func react(to link: PackageLink) {
    if let due = link.due { agenda.add(.expireLink(link.id), at: due) }
  }
}
