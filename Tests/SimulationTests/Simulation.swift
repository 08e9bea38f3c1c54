internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// A practice of sixty therapists and two thousand clients, who book, pay, cancel and come, with a gateway that
/// breaks and a process that dies: all of it from one seed, under a clock of its own.
final class Simulation {
  struct Size {
    let bookings: Int
    /// After so many decisions all is added up.
    let auditEvery: Int

    static func bookings(_ count: Int) -> Size {
      Size(bookings: count, auditEvery: max(count * 2, 12_000))
    }
  }

  let seed: UInt64
  let size: Size
  let bug: PlantedBug?
  /// The id of what is to be told of, as text.
  let traced: String?
  var dice: Dice
  var world: World
  var gateway: ModelGateway
  var courier = ModelCourier()
  var agenda = Agenda()
  var now = Town.firstDay
  private var turn: UInt16 = 0
  var digest: UInt64 = 0
  var trace: [String] = []
  var booked = 0
  var bookedOfPackages = 0
  var decisions = 0
  var refusals: [String: Int] = [:]
  var asked = 0
  var crashes = 0
  var spoiled = 0
  var audits = 0
  /// What the decision has touched.
  private var touched: [AppointmentID] = []
  private var touchedBenefits: [BenefitID] = []
  private var touchedLinks: [PackageLinkID] = []

  init(seed: UInt64, _ size: Size, bug: PlantedBug? = nil, tracing traced: String? = nil) {
    self.seed = seed
    self.size = size
    self.bug = bug
    self.traced = traced
    dice = Dice(seed: seed)
    var building = Dice(seed: seed ^ 0xA5A5)
    world = World(Town(&building))
    gateway = ModelGateway(seed: seed ^ 0x5A5A)
  }

  var isFaulty: Bool { gateway.isFaulty }

  /// All of it, to the last errand.
  func run() throws {
    open()
    while let (at, item) = agenda.next() {
      now = max(now, at)
      try happen(item)
    }
    try audit()
    try auditEnd()
  }

  private func happen(_ item: Item) throws {
    switch item {
    case .arrival: try arrive()
    case .passTime(let id):
      guard let due = world.cases[id]?.appointment.due, due <= now else { return }
      try perform(.passTime(id), by: .time)
    case .expire(let id):
      guard let due = world.purses[id]?.benefit.due, due <= now else { return }
      try perform(.expireBenefit(id), by: .time)
    case .expireLink(let id): try expirePackage(id)
    case .errand(let subject, let number): try errandIsDue(subject, number)
    case .answer(let answered, let run): try self.answered(answered, run: run)
    case .lateAnswer(let answered): try record(answered)
    case .news(let event):
      try perform(.gatewayTold(event), by: .gateway(ModelGateway.name))
    case .gateway(let deed):
      gateway.happen(deed)
      drain()
    case .deed(let deed): try self.do(deed)
    case .slotCheck(let id): try requireSlotFree(id)
    }
  }

  /// What the gateway is about to do and tell.
  func drain() {
    for (item, delayMs) in gateway.pending {
      let at = now.advanced(byMs: delayMs)
      switch item {
      case .deed(let deed): agenda.add(.gateway(deed), at: at)
      case .news(let event): agenda.add(.news(event), at: at)
      }
    }
    gateway.pending.removeAll(keepingCapacity: true)
  }

  private func nextStamp() -> Stamp {
    turn &+= 1
    return Stamp(at: now, seed: dice.next(), turn: turn)
  }

  /// Decides, without more.
  func decide(_ wish: Wanted, by actor: Actor, _ stamp: Stamp) -> Decision {
    let command = Command(partner: Town.partner, actor: actor, wish: wish)
    // The facts are gone before the index changes: else it would be copied.
    return Engine.decide(
      command, facts: world.facts(for: Engine.needs(for: command)), stamp: stamp)
  }

  func quote(_ wish: Wanted, by actor: Actor) -> Decision { decide(wish, by: actor, nextStamp()) }

  @discardableResult
  func perform(_ wish: Wanted, by actor: Actor) throws -> Decision {
    decisions += 1
    // Ids sort in the order of the turns, within a millisecond too.
    now = now.advanced(byMs: 1)
    let decision = decide(wish, by: actor, nextStamp())
    guard case .change(let change) = decision else {
      if case .refuse(let refusal) = decision { refusals[refusal.name, default: 0] += 1 }
      return decision
    }
    guard !change.events.isEmpty else { return decision }
    touched.removeAll(keepingCapacity: true)
    touchedBenefits.removeAll(keepingCapacity: true)
    touchedLinks.removeAll(keepingCapacity: true)
    var outcome = Outcome(events: change.events, transfers: change.transfers)
    if let bug, bug.spoil(&outcome, world) { spoiled += 1 }
    for event in outcome.events {
      try world.take(event)
      mix(event)
      noticed(event)
    }
    for lines in outcome.lines { try world.post(lines) }
    for event in outcome.events { react(to: event) }
    for id in touched { try auditCase(id) }
    for id in touchedBenefits { try auditPurse(id) }
    for id in touchedLinks { try auditBond(id) }
    if decisions % size.auditEvery == 0 { try audit() }
    return decision
  }

  private func noticed(_ event: Event) {
    switch event {
    case .appointmentBooked(let appointment, _), .appointmentChanged(let appointment, from: _, _):
      if touched.last != appointment.id { touched.append(appointment.id) }
      if let package = appointment.package { touchedLinks.append(package.link) }
    case .packageLinked(let link), .packageLinkChanged(let link, from: _):
      touchedLinks.append(link.id)
    case .paymentIntentChanged(let intent, from: _), .paymentIntentMade(let intent):
      if case .appointment(let id) = intent.purpose, touched.last != id { touched.append(id) }
    case .moneyMoved(let payment), .moneyChanged(let payment, from: _):
      if case .appointment(let id) = payment.purpose, touched.last != id { touched.append(id) }
      if case .benefit(let id) = payment.purpose { touchedBenefits.append(id) }
      if case .benefit(let id) = payment.source { touchedBenefits.append(id) }
    case .benefitMade(let benefit), .benefitChanged(let benefit, from: _):
      touchedBenefits.append(benefit.id)
    case .clientRegistered, .therapyBegun, .therapyChanged, .seriesMade, .seriesChanged,
      .holdTaken, .holdRenewed, .holdReleased, .holdBooked, .holdLapsed, .locationPut,
      .therapistPut, .servicePut, .schedulePut, .policyPut, .paymentMethodMade,
      .paymentMethodChanged, .payoutRecorded, .gatewayEventHeard, .attendanceStatusesPut,
      .clientChanged, .packagePut,
      .appointmentReminded, .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut,
      .webhookEndpointDeleted, .deliveryNoted, .webhooksNoted:
      break
    }
  }

  func note(_ subject: ErrandSubject, _ text: @autoclosure () -> String) {
    guard let traced else { return }
    let purpose: PaymentPurpose? =
      switch subject {
      case .intent(let id): world.purposes[id]
      case .refund(let id): world.refundPurposes[id]
      case .method: nil
      }
    if purpose?.text == traced { trace.append("\(now.msSinceEpoch) \(text())") }
  }
}

extension PaymentPurpose {
  var text: String {
    switch self {
    case .appointment(let id): id.text
    case .benefit(let id): id.text
    }
  }
}

extension Refusal {
  /// The case's name.
  var name: String { String(String(describing: self).prefix { $0 != "(" }) }
}
