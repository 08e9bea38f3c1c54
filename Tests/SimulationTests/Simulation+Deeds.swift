internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What people do.
enum Deed {
  case pay(AppointmentID)
  case confirm(PaymentIntentID)
  case cancel(AppointmentID)
  case reschedule(AppointmentID)
  case attend(AppointmentID)
  case complete(AppointmentID)
  case payByHand(AppointmentID)
  case refund(AppointmentID)
  /// The desk gives back what is left to give back.
  case tidyUp(AppointmentID)
  case useBenefits(AppointmentID)
  case saveCard(ClientID)
  case getBenefit(ClientID)
  case getPackage(ClientID)
  case payPackage(PackageLinkID)
  case changePackage(PackageLinkID)
  case chooseProcedure(AppointmentID)
  case returnBenefit(BenefitID)
  case payOut(TherapistID)
}

extension Simulation {
  static let desk = Actor.staff(name: "desk")

  /// Everybody gets ready.
  func open() {
    for clients in world.town.clients {
      for client in clients {
        agenda.add(.deed(.saveCard(client.id)), at: now.advanced(byMs: dice.roll(0...Ms.day)))
        if dice.chance(350) {
          agenda.add(
            .deed(.getPackage(client.id)), at: now.advanced(byMs: dice.roll(0...20 * Ms.day)))
        }
        agenda.add(.deed(.getBenefit(client.id)), at: now.advanced(byMs: dice.roll(0...9 * Ms.day)))
      }
    }
    for therapist in world.town.therapists {
      agenda.add(.deed(.payOut(therapist.id)), at: now.advanced(byMs: dice.roll(7...14) * Ms.day))
    }
    agenda.add(.arrival, at: now.advanced(byMs: Ms.hour))
  }

  func `do`(_ deed: Deed) throws {
    switch deed {
    case .pay(let id): try pay(id)
    case .confirm(let id):
      guard let intent = world.intent(id) else { return }
      try perform(.confirmPayment(id), by: .client(intent.client))
    case .cancel(let id): try cancel(id)
    case .reschedule(let id): try reschedule(id)
    case .attend(let id):
      var choices: [Attendance] = [.attended, .attended, .attended, .noShow, .unset]
      if world.cases[id]?.appointment.package != nil {
        choices += Town.statuses.all.map { .custom($0.code) }
      }
      let attendance = dice.pick(choices)
      try perform(
        .setAttendance(AttendanceWish(appointment: id, seenVersion: nil, attendance: attendance)),
        by: Simulation.desk)
    case .complete(let id):
      try perform(.complete(id, seenVersion: nil), by: Simulation.desk)
    case .payByHand(let id): try payByHand(id)
    case .refund(let id): try refund(id)
    case .tidyUp(let id): try tidyUp(id)
    case .useBenefits(let id):
      try perform(.useBenefits(id, seenVersion: nil), by: Simulation.desk)
    case .saveCard(let id): try saveCard(of: id)
    case .getBenefit(let id): try getBenefit(for: id)
    case .getPackage(let id): try getPackage(for: id)
    case .payPackage(let id): try payPackage(id)
    case .changePackage(let id): try changePackage(id)
    case .chooseProcedure(let id): try chooseProcedure(id)
    case .returnBenefit(let id):
      let wish = RefundWish(
        purpose: .benefit(id), seenVersion: nil, amount: nil, reason: "not wanted")
      try perform(.refund(wish), by: Simulation.desk)
    case .payOut(let id): try payOut(id)
    }
  }

  func source(of client: ClientID) -> SourceWish? {
    if dice.chance(300), let method = world.patrons[client]?.wallet.last {
      return .saved(method.id)
    }
    return dice.chance(700) ? .token("tok_\(dice.roll(0...9))") : nil
  }

  private func pay(_ id: AppointmentID) throws {
    guard let one = world.cases[id]?.appointment, let client = one.client else { return }
    let source = source(of: client)
    let decision = try perform(
      .beginPayment(
        BeginWish(
          appointment: id, seenVersion: nil, source: source, isOffSession: false,
          gateway: ModelGateway.name)), by: dice.chance(900) ? .client(client) : Simulation.desk)
    guard source == nil, case .change(let change) = decision,
      case .paymentBegun(_, let intent?) = change.answer, dice.chance(850)
    else { return }
    // What is due gets less while the page is open.
    if dice.chance(250) {
      agenda.add(.deed(.useBenefits(id)), at: now.advanced(byMs: dice.roll(0...10 * Ms.minute)))
    }
    agenda.add(
      .gateway(.payInBrowser(intent.id)),
      at: now.advanced(byMs: dice.roll(5 * Ms.second...18 * Ms.minute)))
  }

  private func cancel(_ id: AppointmentID) throws {
    guard let one = world.cases[id]?.appointment, let client = one.client else { return }
    let actor: Actor = dice.pick([
      .client(client), .client(client), .link(id), .therapist(one.therapist), Simulation.desk,
    ])
    let wish = Wanted.cancel(CancelWish(appointment: id, seenVersion: nil, reason: ""))
    let quoted = dice.chance(200) ? quote(wish, by: actor).settlement : nil
    let settled = try perform(wish, by: actor).settlement
    if let quoted {
      try require(
        quoted.fee == settled?.fee && quoted.refund == settled?.refund,
        "what was quoted holds", id.text)
    }
  }

  private func reschedule(_ id: AppointmentID) throws {
    guard let one = world.cases[id]?.appointment, let client = one.client else { return }
    let wish = RescheduleWish(
      appointment: id, seenVersion: nil, start: someStart())
    try perform(.reschedule(wish), by: dice.pick([.client(client), Simulation.desk]))
  }

  private func payByHand(_ id: AppointmentID) throws {
    guard let one = world.cases[id]?.appointment else { return }
    let isPart = dice.chance(200) && one.payable > 1
    let amount = isPart ? one.money(dice.roll(1...one.payable)) : nil
    let wish = MoneyWish(
      appointment: id, seenVersion: nil, amount: amount, method: "cash", note: "")
    try perform(
      .recordPayment(wish),
      by: one.plan == .onSite && dice.chance(600) ? .therapist(one.therapist) : Simulation.desk)
  }

  private func refund(_ id: AppointmentID) throws {
    guard let one = world.cases[id]?.appointment else { return }
    let amount =
      dice.chance(500) && one.kept > 0 ? one.money(dice.roll(1...one.kept)) : nil
    if dice.chance(150) {
      let wish = MoneyWish(
        appointment: id, seenVersion: nil, amount: amount, method: "cash", note: "goodwill")
      try perform(.recordRefund(wish), by: Simulation.desk)
    } else {
      let wish = RefundWish(
        purpose: .appointment(id), seenVersion: nil, amount: amount, reason: "goodwill")
      try perform(.refund(wish), by: Simulation.desk)
    }
  }

  /// What is kept beyond what is claimed goes back the way it came, or else by hand; not while a bank holds it.
  private func tidyUp(_ id: AppointmentID) throws {
    guard let one = world.cases[id], one.appointment.kept > one.appointment.claim else { return }
    guard !one.intents.contains(where: { $0.dispute == .open }) else {
      return agenda.add(.deed(.tidyUp(id)), at: now.advanced(byMs: 2 * Ms.day))
    }
    let excess = one.appointment.money(one.appointment.kept - one.appointment.claim)
    let hasFailed = one.payments.contains { $0.state == .failed }
    if !hasFailed || dice.chance(500) {
      let wish = RefundWish(
        purpose: .appointment(id), seenVersion: nil, amount: excess, reason: "owed")
      guard case .refuse = try perform(.refund(wish), by: Simulation.desk) else { return }
    }
    let wish = MoneyWish(
      appointment: id, seenVersion: nil, amount: excess, method: "transfer", note: "owed")
    try perform(.recordRefund(wish), by: Simulation.desk)
  }

  private func payOut(_ id: TherapistID) throws {
    let command = Wanted.recordPayout(
      PayoutWish(
        therapist: id, amount: Money(minorUnits: 1, currency: Town.currencies[0]), method: "",
        note: ""))
    let needs = Engine.needs(
      for: Command(partner: Town.partner, actor: Simulation.desk, wish: command))
    for owed in world.facts(for: needs).earnings[id] ?? [] where owed.minorUnits > 0 {
      let amount = dice.chance(700) ? owed.minorUnits : dice.roll(1...owed.minorUnits + 1)
      try perform(
        .recordPayout(
          PayoutWish(
            therapist: id, amount: Money(minorUnits: amount, currency: owed.currency),
            method: "transfer", note: "")), by: Simulation.desk)
    }
    guard isFaulty else { return }
    agenda.add(.deed(.payOut(id)), at: now.advanced(byMs: 7 * Ms.day))
  }

  private func saveCard(of client: ClientID) throws {
    guard let patron = world.patrons[client], isFaulty else { return }
    if patron.wallet.count > 2, dice.chance(500) {
      let change: MethodWish.Change = dice.pick([.makeDefault, .detach, .refresh])
      try perform(
        .changeMethod(
          MethodWish(method: dice.pick(patron.wallet).id, seenVersion: nil, change: change)),
        by: .client(client))
    } else {
      let token = dice.chance(850) ? "tok_\(dice.roll(0...9))" : nil
      try perform(
        .setUpMethod(
          SetUpWish(
            client: client, token: token, makeDefault: dice.chance(300),
            gateway: ModelGateway.name, id: nil)), by: .client(client))
    }
    agenda.add(.deed(.saveCard(client)), at: now.advanced(byMs: dice.roll(15...60) * Ms.day))
  }

  private func getBenefit(for client: ClientID) throws {
    guard let patron = world.patrons[client], isFaulty else { return }
    let kind: BenefitForm = dice.pick([.credit, .voucher, .sessions, .sessions])
    let byHand: BenefitWish.Payment = dice.pick([.granted, .byHand(method: "cash")])
    let payment: BenefitWish.Payment =
      dice.chance(400) ? .through(gateway: ModelGateway.name, source(of: client)) : byHand
    let isFree = payment == .granted && kind == .sessions
    let wish = BenefitWish(
      client: client, kind: kind,
      value: Money(
        minorUnits: isFree ? 0 : dice.roll(1_000...60_000),
        currency: Town.currencies[patron.currency]),
      sessions: kind == .sessions ? Int32(dice.roll(1...10)) : 0, services: [],
      expiresAt: dice.chance(600) ? now.advanced(byMs: dice.roll(5...90) * Ms.day) : nil, note: "",
      payment: payment, id: nil)
    let decision = try perform(.giveBenefit(wish), by: Simulation.desk)
    agenda.add(.deed(.getBenefit(client)), at: now.advanced(byMs: dice.roll(10...50) * Ms.day))
    guard case .change(let change) = decision,
      case .benefit(let benefit, let intent) = change.answer
    else { return }
    if let intent, intent.source == nil, dice.chance(850) {
      agenda.add(
        .gateway(.payInBrowser(intent.id)), at: now.advanced(byMs: dice.roll(0...Ms.hour)))
    }
    if dice.chance(100) {
      agenda.add(
        .deed(.returnBenefit(benefit.id)), at: now.advanced(byMs: dice.roll(0...30 * Ms.day)))
    }
  }
}

extension Decision {
  fileprivate var settlement: Settlement? {
    guard case .change(let change) = self, case .cancelled(let cancellation) = change.answer else {
      return nil
    }
    return cancellation.settlement
  }
}
