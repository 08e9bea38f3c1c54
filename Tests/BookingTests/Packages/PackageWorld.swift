internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What a link should be, told from what was done alone.
struct ModelLink: Equatable {
  var total: Int32
  var expired: Int32 = 0
  var returned: Int32 = 0
  var state = PackageLinkState.active
  var renews: Bool
  var isRenewed = false
  var sessions: [AppointmentID: PackageSession] = [:]

  func count(_ session: PackageSession) -> Int32 {
    Int32(sessions.values.count { $0 == session })
  }

  var available: Int32 { total - count(.reserved) - count(.attended) - expired - returned }

  /// What follows once something was done.
  /// - Returns: whether it is renewed by itself.
  mutating func settle() -> Bool {
    if state == .deleted { returned += available }
    if state == .expired, available > 0 { state = .active }
    let isUsedUp = state == .active && available == 0 && count(.reserved) == 0
    guard renews, !isRenewed, isUsedUp || state == .expired else { return false }
    isRenewed = true
    return true
  }
}

/// Packages under a random life beside a model of them.
struct PackageWorld {
  /// What the store would do wrong, for the laws to find.
  enum Fault: CaseIterable {
    case none, balanceLost, benefitLost, bookedTwice
  }

  var practice = Practice()
  var model: [PackageLinkID: ModelLink] = [:]
  private(set) var violations: [String] = []
  private(set) var deeds: [String: Int] = [:]
  private var random: Roll
  private var made: UInt128 = 0
  private let fault: Fault

  init(seed: UInt64, fault: Fault = .none) {
    random = Roll(state: seed)
    self.fault = fault
    practice.offer {
      $0.cancellation = CancellationTerms(
        noticeMinutes: 1_440, inTimePercent: 0, latePercent: 50, feeWhereUnpaid: true)
    }
    practice.perform(ownStatuses)
    for (number, posting) in [
      PackagePosting.byProcedure, .total(euro(1_000)), .total(euro(0)),
    ].enumerated() {
      practice.perform(making(template(posting, id: packageID(UInt128(number)))))
      let days = template(posting, id: packageID(UInt128(number + 3))) { $0.validityDays = 4 }
      practice.perform(making(days))
    }
  }

  mutating func step() {
    switch random.roll(0...13) {
    case 0, 1: link()
    case 2, 3, 4: book()
    case 5: schedule()
    case 6, 7, 8: attend()
    case 9: cancel()
    case 10: move()
    case 11: edit()
    case 12: random.roll(0...2) == 0 ? delete() : renew()
    default: pass()
    }
    check()
  }

  // MARK: What is done

  private mutating func link() {
    let id = nextLink()
    let sessions = Int32(random.roll(1...4))
    var wish = LinkWish(package: packageID(UInt128(random.roll(0...5))), client: carlo)
    wish.id = id
    wish.sessions = sessions
    wish.renews = random.roll(0...2) == 0
    wish.lines.lines = (0..<random.roll(0...2)).map { randomLine(isFirst: $0 == 0) }
    guard let outcome = perform("link", .linkPackage(wish)).linked else { return }
    model[id] = ModelLink(total: sessions, renews: wish.renews ?? false)
    take(outcome, into: id)
  }

  private mutating func schedule() {
    guard let id = randomLink() else { return }
    var lines = PackageLines()
    lines.lines = (0..<random.roll(1...2)).map { randomLine(isFirst: $0 == 0) }
    let wish = PackageScheduleWish(link: id, seenVersion: nil, lines: lines, isQuiet: false)
    guard let outcome = perform("schedule", .schedulePackage(wish)).linked else { return }
    take(outcome, into: id)
  }

  private mutating func take(_ outcome: LinkOutcome, into id: PackageLinkID) {
    for one in outcome.appointments {
      let session: PackageSession =
        switch one.attendance.code {
        case "LATE": .attended
        case "EXCUSED": .released
        default: .reserved
        }
      model[id]?.sessions[one.id] = session
    }
    settle(id)
  }

  private mutating func book() {
    guard let id = randomLink(), let link = model[id] else { return }
    made += 1
    let appointment = appointmentID(made)
    let start = randomStart()
    let decision = perform(
      "book",
      .book(
        BookingWish(
          therapist: anna, service: individual, location: office, room: nil, start: start,
          attendee: .registered(carlo), id: appointment, link: id)))
    guard decision.refusal == nil else { return }
    if link.available < 1 { violations.append("booked beyond what is left") }
    if link.state != .active { violations.append("booked of a link that is over") }
    if let end = practice.facts.links[id]?.expiresAt, end <= start.instant {
      violations.append("booked beyond the validity")
    }
    model[id]?.sessions[appointment] = .reserved
    settle(id)
  }

  private mutating func attend() {
    let attendances: [(Attendance, PackageSession)] = [
      (.attended, .attended), (.attended, .attended), (.noShow, .reserved), (.unset, .reserved),
      (.custom("LATE"), .attended), (.custom("EXCUSED"), .released), (.custom("NOTED"), .reserved),
    ]
    guard
      let one = randomSession({ $0.state == .inProgress || $0.state == .completed }),
      let id = one.package?.link, let link = model[id]
    else { return }
    let (attendance, session) = attendances[random.roll(0...attendances.count - 1)]
    let decision = perform("attend", attending(one.id, attendance))
    let takesOne = link.sessions[one.id] == .released && session != .released
    if takesOne, link.available < 1, attendance != one.attendance {
      if decision.refusal == nil { violations.append("took one back that was not there") }
      return
    }
    guard decision.refusal == nil, attendance != one.attendance else { return }
    model[id]?.sessions[one.id] = session
    settle(id)
  }

  private mutating func cancel() {
    guard let one = randomSession({ $0.state == .scheduled }), let id = one.package?.link else {
      return
    }
    let actor = random.roll(0...1) == 0 ? desk : .client(carlo)
    guard let fee = perform("cancel", cancelling(one.id), by: actor).settlement?.fee else {
      return
    }
    model[id]?.sessions[one.id] = fee.isZero ? .released : .attended
    settle(id)
  }

  private mutating func move() {
    guard let one = randomSession({ $0.state == .scheduled }) else { return }
    perform("move", rescheduling(one.id, randomStart()))
  }

  private mutating func edit() {
    guard let id = randomLink(), let link = model[id] else { return }
    let total = Int32(random.roll(1...6))
    var edit = LinkEdit(link: id)
    edit.sessions = total
    guard perform("edit", .editLink(edit)).refusal == nil else { return }
    if total < link.total - link.available { violations.append("fewer than are used") }
    model[id]?.total = total
    settle(id)
  }

  private mutating func renew() {
    guard let id = randomLink() else { return }
    var wish = LinkRenewal(link: id)
    wish.id = nextLink()
    guard let renewal = perform("renew", .renewLink(wish)).link else { return }
    model[id]?.isRenewed = true
    model[renewal.id] = ModelLink(total: model[id]?.total ?? 0, renews: renewal.renews)
  }

  private mutating func delete() {
    guard let id = randomLink() else { return }
    let future: LinkDeletion.Future = random.roll(0...1) == 0 ? .cancel : .keepUnlinked
    let sessions = practice.facts.appointments.filter { $0.value.package?.link == id }
    let toCome = sessions.values.filter {
      $0.state.isActive && practice.now < $0.span.start.instant
    }
    let wish = LinkDeletion(link: id, future: future)
    guard perform("delete", .deleteLink(wish)).refusal == nil else { return }
    for one in toCome {
      model[id]?.sessions[one.id] = future == .cancel ? .released : nil
    }
    model[id]?.state = .deleted
    settle(id)
  }

  /// Some hours, and all that they bring.
  private mutating func pass() {
    practice.now = practice.now.advanced(byMs: Int64(random.roll(1...20)) * 3_600_000)
    for one in practice.facts.appointments.values.sorted(by: { $0.id < $1.id })
    where one.due.map({ $0 <= practice.now }) ?? false {
      perform("pass", .passTime(one.id), by: .time)
    }
    for id in model.keys.sorted() {
      guard let due = practice.facts.links[id]?.due, due <= practice.now,
        let available = model[id]?.available
      else { continue }
      perform("expire", .expireLink(id), by: .time)
      model[id]?.state = .expired
      model[id]?.expired += available
      settle(id)
    }
  }

  // MARK: What follows

  @discardableResult
  private mutating func perform(_ deed: String, _ wish: Wanted, by actor: Actor = desk) -> Decision
  {
    let decision = practice.perform(wish, by: actor)
    if decision.refusal == nil { deeds[deed, default: 0] += 1 }
    for event in decision.change?.events ?? [] { plant(in: event) }
    return decision
  }

  private mutating func plant(in event: Event) {
    guard deeds.values.reduce(0, +) > 20 else { return }
    switch fault {
    case .none: break
    case .balanceLost:
      if case .packageLinkChanged(_, from: let old) = event { practice.facts.links[old.id] = old }
    case .benefitLost:
      if case .benefitChanged(let benefit, from: let old) = event, benefit.link != nil,
        let place = practice.books.benefits.firstIndex(where: { $0.id == old.id })
      {
        practice.books.benefits[place] = old
      }
    case .bookedTwice:
      if case .packageLinkChanged(let new, from: let old) = event,
        new.balance.reserved > old.balance.reserved
      {
        model[new.id]?.sessions[appointmentID(900_000 + made)] = .reserved
      }
    }
  }

  private mutating func settle(_ id: PackageLinkID) {
    guard model[id]?.settle() == true else { return }
    guard let renewal = practice.facts.links[id]?.renewedBy, model[renewal] == nil else {
      violations.append("not renewed")
      return
    }
    model[renewal] = ModelLink(total: model[id]?.total ?? 0, renews: true)
  }

  private mutating func check() {
    if Set(practice.facts.links.keys) != Set(model.keys) { violations.append("links differ") }
    for (id, expected) in model {
      guard let link = practice.facts.links[id] else { continue }
      let balance = link.balance
      let parts = [
        expected.available, expected.count(.reserved), expected.count(.attended), expected.expired,
        expected.returned,
      ]
      if balance.parts != parts { violations.append("balance \(balance.parts), not \(parts)") }
      if balance.parts.contains(where: { $0 < 0 }) { violations.append("below 0") }
      if balance.parts.reduce(0, +) != balance.total || balance.total != expected.total {
        violations.append("not conserved")
      }
      if link.state != expected.state { violations.append("\(link.state)") }
      check(link)
    }
  }

  private mutating func check(_ link: PackageLink) {
    guard let benefit = practice.books.benefits.first(where: { $0.id == link.benefit }) else {
      return
    }
    if link.state == .active, benefit.sessionsLeft != link.balance.available {
      violations.append("a benefit with \(benefit.sessionsLeft), not \(link.balance.available)")
    }
    let used = practice.facts.appointments.values.filter { $0.package?.link == link.id }
    for one in used where one.isPaidByPackage {
      let isWhole = one.package?.session == .reserved || !one.isCancelled
      if one.package?.session == .released
        ? one.kept != 0 : isWhole && one.kept != one.price.minorUnits
      {
        violations.append("\(one.id) is paid \(one.kept) of \(one.price.minorUnits)")
      }
    }
  }

  // MARK: Chance

  private mutating func nextLink() -> PackageLinkID {
    made += 1
    return linkID(made)
  }

  private mutating func randomLink() -> PackageLinkID? {
    // The newest are the most alive.
    let ids = model.keys.sorted().suffix(12)
    return ids.isEmpty ? nil : Array(ids)[random.roll(0...ids.count - 1)]
  }

  private mutating func randomSession(_ fits: (Appointment) -> Bool) -> Appointment? {
    let all = practice.facts.appointments.values.filter { $0.package != nil && fits($0) }
      .sorted { $0.id < $1.id }
    return all.isEmpty ? nil : all[random.roll(0...all.count - 1)]
  }

  /// In Anna's hours, in the days to come.
  private mutating func randomStart() -> Minute {
    let first = inRome("2026-11-23T09:00")
    let passed = (practice.now.msSinceEpoch - first.instant.msSinceEpoch) / 86_400_000
    return first.advanced(
      byMinutes: Int32(max(0, passed) + Int64(random.roll(0...5))) * 1_440
        + Int32(random.roll(0...3)) * 60)
  }

  private mutating func randomLine(isFirst: Bool) -> PackageLines.Line {
    let local = rome.local(randomStart())
    var line = PackageLines.Line(date: local.date)
    line.minuteOfDay = local.minuteOfDay
    line.therapist = anna
    line.status = [nil, nil, "LATE", "EXCUSED", "NOTED"][random.roll(0...4)]
    return line
  }
}

extension Appointment {
  fileprivate var isPaidByPackage: Bool { plan == .package && package?.isByProcedure == false }

  /// Whether a fee may be all that was kept.
  fileprivate var isCancelled: Bool {
    state == .cancelledByClient || state == .cancelledByTherapist
  }
}

/// SplitMix64: the same from the same seed.
private struct Roll {
  var state: UInt64

  mutating func roll(_ range: ClosedRange<Int>) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return range.lowerBound + Int(bits % UInt64(range.count))
  }
}
