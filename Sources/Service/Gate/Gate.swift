internal import Availability
internal import Booking
internal import Signing
public import Storage
internal import Wire

/// Who is on a connection: what its key says.
struct Principal: Hashable, Sendable {
  let partner: PartnerID
  let keyPrefix: String
  let scopes: Set<Scope>
}

/// Something that its caller may ask for. Only `Gate` can make one.
struct Authorised<Wrapped: Sendable>: Sendable {
  let value: Wrapped

  fileprivate init(_ value: Wrapped) {
    self.value = value
  }
}

/// Decides who comes in, and what they may do.
public struct Gate: Sendable {
  private let keys: [String: StoredKey]

  /// - Parameter keys: all that are not revoked.
  public init(keys: [StoredKey]) {
    self.keys = Dictionary(keys.map { ($0.prefix, $0) }, uniquingKeysWith: { $1 })
  }

  /// - Returns: nil for a key that is malformed, unknown or revoked; the answer is the same.
  func principal(presenting text: String) -> Principal? {
    guard let key = APIKey(text), let stored = keys[key.prefix],
      Digest.areEqual(key.hash, stored.hash)
    else { return nil }
    return Principal(
      partner: stored.partner, keyPrefix: stored.prefix,
      scopes: Set(stored.scopes.compactMap(Scope.init(rawValue:))))
  }

  /// Whether the key's scope and the actor's role allow the method, before anything is looked up.
  func refusal(of method: Method, by principal: Principal, as actor: Actor)
    -> Seduta_Wire_V1_Status?
  {
    let access = Access.of(method)
    if let scope = access.scope, !principal.scopes.contains(scope) {
      return Seduta_Wire_V1_Status(
        .permissionDenied, reason: "SCOPE_MISSING",
        message:
          "This API key lacks the scope \"\(scope.rawValue)\", which \(method.rawValue) needs.",
        metadata: ["scope": scope.rawValue])
    }
    guard access.roles.contains(actor.kind) else {
      return Gate.roleRefusal("A \(actor.kind.text) may not call \(method.rawValue).")
    }
    return nil
  }

  /// Whether the actor may ask for just this: what is named in it must be theirs.
  func authorise(_ command: Command) -> Result<Authorised<Command>, GateRefusal> {
    let isTheirs: Bool =
      switch (command.actor, command.wish) {
      case (.gateway, .errandAnswered), (.gateway, .gatewayTold), (.gateway, .noteDeliveries),
        (.gateway, .noteWebhooks):
        true
      case (.gateway, _), (_, .errandAnswered), (_, .gatewayTold), (_, .noteDeliveries),
        (_, .noteWebhooks):
        false
      case (.time, .passTime), (.time, .expireBenefit), (.time, .expireLink): true
      case (.time, _), (_, .passTime), (_, .expireBenefit), (_, .expireLink): false
      case (.staff, _), (_, .cancel): true
      case (.link, _): false
      case (_, .renewHold), (_, .releaseHold): true
      // Whose the appointment is, is decided where the facts are.
      case (_, .reschedule): true
      case (.therapist, .complete), (.therapist, .setAttendance): true
      case (.client, .complete), (.client, .setAttendance): false
      case (.client, .beginPayment), (.therapist, .recordPayment), (.therapist, .recordRefund):
        true
      case (.therapist, .beginPayment), (.client, .recordPayment), (.client, .recordRefund): false
      // Which is theirs, is decided where the facts are.
      case (.client, .confirmPayment), (.client, .changeMethod), (.client, .useBenefits): true
      case (.client(let own), .setUpMethod(let wish)): wish.client == own
      case (.client(let own), .giveBenefit(let wish)): wish.client == own && wish.isBought
      case (.therapist, .confirmPayment), (.therapist, .setUpMethod), (.therapist, .changeMethod),
        (.therapist, .giveBenefit), (.therapist, .useBenefits):
        false
      case (_, .refund), (_, .recordPayout): false
      case (_, .putAttendanceStatuses): false
      case (.therapist, .accept), (.therapist, .decline), (.client, .withdraw): true
      case (.client, .accept), (.client, .decline), (.therapist, .ask), (.therapist, .withdraw):
        false
      case (.client(let own), .ask(let wish)): Gate.isTheirs(wish.session.attendee, of: own)
      case (.therapist(let own), .book(let wish)): wish.therapist == own
      case (.therapist(let own), .takeHold(let wish)): wish.therapist == own
      case (.client(let own), .takeHold(let wish)): wish.client == nil || wish.client == own
      // Whose an appointment is, is decided where the facts are.
      case (.therapist, .moveSeries), (.therapist, .cancelSeries): true
      case (.therapist(let own), .createSeries(let wish)):
        wish.therapist.map { $0 == own } ?? (wish.firstAppointment != nil)
      case (.client, .createSeries), (.client, .moveSeries), (.client, .cancelSeries): false
      case (.therapist(let own), .registerClient(_, let joining)): joining == own
      case (.therapist(let own), .changeSchedule(let change)): change.therapist == own
      case (.client(let own), .book(let wish)): Gate.isTheirs(wish.attendee, of: own)
      case (.client(let own), .registerClient): own == nil
      // Which is theirs, is decided where the facts are.
      case (.therapist, .updateTherapy): true
      // Money of packages is the staff's to take (as with payLink).
      case (.therapist, .linkPackage(let wish)): wish.payment == nil
      case (.therapist, .schedulePackage), (.therapist, .editLink),
        (.therapist, .renewLink), (.therapist, .deleteLink), (.therapist, .chooseProcedure):
        true
      case (.client, .linkPackage), (.client, .schedulePackage), (.client, .editLink),
        (.client, .renewLink), (.client, .deleteLink), (.client, .chooseProcedure):
        false
      case (.client(let own), .updateClient(let update)): update.client == own
      case (.therapist, .updateClient): false
      // Which is theirs, is decided where the facts are.
      case (.client, .payLink): true
      case (_, .putPackage), (_, .payLink), (_, .putMessageTemplate), (_, .putNotificationSettings),
        (_, .putWebhookEndpoint), (_, .deleteWebhookEndpoint):
        false
      case (.therapist, .putDirectory), (.therapist, .putPolicy), (.client, .putDirectory),
        (.client, .changeSchedule), (.client, .putPolicy), (.client, .updateTherapy):
        false
      }
    guard isTheirs else {
      return .failure(
        GateRefusal(
          Gate.roleRefusal("A \(command.actor.kind.text) may do this for themself only.")))
    }
    if let refusal = Gate.refusal(of: command.wish.overrides, by: command.actor) {
      return .failure(refusal)
    }
    return .success(Authorised(command))
  }

  /// Clients come themselves.
  private static func isTheirs(_ attendee: BookingWish.Attendee, of own: ClientID?) -> Bool {
    switch attendee {
    case .registered(let client): client == own
    case .new: own == nil
    }
  }

  private static func isTheirs(_ owner: LedgerOwner, of actor: Actor) -> Bool {
    switch (actor, owner) {
    case (.staff, _): true
    case (.therapist(let own), .therapist(let id)): id == own
    case (.client(let own), .client(let id)): id == own
    case (.therapist, _), (.client, _), (.link, _), (.time, _), (.gateway, _): false
    }
  }

  /// Whether the actor could book just this: a check tells who is busy when.
  func authorise(_ check: SlotCheck, as actor: Actor) -> Result<Authorised<SlotCheck>, GateRefusal>
  {
    let isTheirs: Bool =
      switch actor {
      case .staff: true
      case .therapist(let own): check.therapist == own
      case .client(let own): check.client == nil || check.client == own
      case .link, .time, .gateway: false
      }
    guard isTheirs else {
      return .failure(
        GateRefusal(Gate.roleRefusal("A \(actor.kind.text) may check this for themself only.")))
    }
    if let refusal = Gate.refusal(of: check.overrides, by: actor) { return .failure(refusal) }
    return .success(Authorised(check))
  }

  /// Whether the actor may look for just this: with a client, it tells who is busy when.
  func authorise(
    _ search: SeriesSearch, as actor: Actor
  ) -> Result<Authorised<SeriesSearch>, GateRefusal> {
    let isTheirs: Bool =
      switch actor {
      case .staff: true
      case .therapist(let own): search.therapist == own
      case .client(let own): search.query.client == nil || search.query.client == own
      case .link, .time, .gateway: false
      }
    guard isTheirs else {
      return .failure(
        GateRefusal(Gate.roleRefusal("A \(actor.kind.text) may look for their own only.")))
    }
    return .success(Authorised(search))
  }

  /// S-6: a client overrides nothing.
  private static func refusal(of overrides: Overrides, by actor: Actor) -> GateRefusal? {
    guard actor.role == .client, !overrides.isEmpty else { return nil }
    return GateRefusal(roleRefusal("A client may override nothing."))
  }

  /// Whether the actor may read just this. What belongs to another therapist or client is told from
  /// what does not exist only by staff, so single reads are decided where the facts are.
  func authorise(_ query: StoreQuery, as actor: Actor) -> Result<
    Authorised<StoreQuery>, GateRefusal
  > {
    let isTheirs: Bool =
      switch (actor, query) {
      case (.staff, _): true
      // A link is for one appointment: which it is, is decided where the facts are.
      case (.link, .appointment): true
      case (.link, _), (.time, _), (.gateway, _): false
      case (.therapist(let own), .appointments(let asked, _)):
        asked.query.therapist.map { $0 == own } ?? asked.isOfOneCare
      case (.client(let own), .appointments(let asked, _)):
        own != nil && asked.query.client.map { $0 == own } ?? asked.isOfOneCare
      case (.therapist(let own), .therapies(let therapist, _, _)): therapist == own
      case (.client(let own), .therapies(_, let client, _)): own != nil && client == own
      case (.therapist(let own), .seriesList(let therapist, _, _)): therapist == own
      case (.client(let own), .seriesList(_, let client, _)): own != nil && client == own
      case (_, .series): true
      case (.therapist(let own), .clients(let therapist, _)): therapist == own
      case (.therapist(let own), .openRequests(let asked)): asked.therapist == own
      case (.therapist, .matches): true
      case (.client, .clients), (.client, .openRequests), (.client, .matches): false
      case (_, .join), (_, .appointment), (_, .client), (_, .therapist), (_, .therapists),
        (_, .location),
        (_, .locations), (_, .service), (_, .services), (_, .schedule), (_, .schedules),
        (_, .hold), (_, .goneHold), (_, .therapy):
        true
      case (_, .policy), (_, .cancelLink), (_, .admin), (_, .events), (_, .notifications),
        (_, .webhooks):
        false
      case (_, .transitions), (_, .attendanceStatuses): true
      case (_, .payments(let appointment, let therapy, let benefit, _)):
        appointment != nil || therapy != nil || benefit != nil
      case (_, .paymentIntents): true
      case (.client, .awaited), (.client, .benefit): true
      case (.client(let own), .paymentMethods(let client)): client == own
      case (.client(let own), .benefits(let client)): client == own
      case (.therapist, .awaited), (.therapist, .benefit), (.therapist, .paymentMethods),
        (.therapist, .benefits):
        false
      case (.client(let own), .packages(.links(of: let client, therapist: _, _))):
        own != nil && client == own
      case (.therapist(let own), .packages(.links(of: _, therapist: let therapist, _))):
        therapist == own
      case (.client, .packages(.package)), (.client, .packages(.packages)): false
      // Whose a link is, is decided where the facts are.
      case (_, .packages): true
      case (_, .statement(let asked)): Gate.isTheirs(asked.owner, of: actor)
      case (_, .trialBalance), (_, .transfers): false
      }
    guard isTheirs else {
      return .failure(
        GateRefusal(
          Gate.roleRefusal("A \(actor.kind.text) may list only what is theirs: name them in it.")))
    }
    return .success(Authorised(query))
  }

  private static func roleRefusal(_ message: String) -> Seduta_Wire_V1_Status {
    Seduta_Wire_V1_Status(.permissionDenied, reason: "ROLE_NOT_ALLOWED", message: message)
  }
}

extension Wanted {
  /// What it would knowingly accept (S-6).
  fileprivate var overrides: Overrides {
    switch self {
    case .book(let wish): wish.overrides
    case .reschedule(let wish): wish.overrides
    case .ask(let wish): wish.session.overrides
    case .createSeries(let wish): wish.overrides
    case .moveSeries(let wish): wish.overrides
    case .linkPackage(let wish): wish.lines.overrides
    case .schedulePackage(let wish): wish.lines.overrides
    case .registerClient, .accept, .decline, .withdraw, .cancel, .complete, .setAttendance,
      .beginPayment, .confirmPayment, .recordPayment, .recordRefund, .refund, .setUpMethod,
      .changeMethod, .giveBenefit, .useBenefits, .expireBenefit, .recordPayout, .errandAnswered,
      .gatewayTold, .putAttendanceStatuses, .updateTherapy,
      .passTime, .takeHold, .renewHold, .releaseHold, .cancelSeries, .putDirectory,
      .changeSchedule, .putPolicy, .updateClient, .putPackage, .editLink, .renewLink, .deleteLink,
      .payLink, .expireLink, .chooseProcedure, .putMessageTemplate, .putNotificationSettings,
      .putWebhookEndpoint, .deleteWebhookEndpoint, .noteDeliveries, .noteWebhooks:
      []
    }
  }
}

extension BenefitWish {
  /// Whether it is paid through a gateway, and so by the client themself.
  fileprivate var isBought: Bool {
    switch payment {
    case .through: true
    case .granted, .byHand: false
    }
  }
}

/// A status on its way out.
struct GateRefusal: Error {
  let status: Seduta_Wire_V1_Status

  init(_ status: Seduta_Wire_V1_Status) {
    self.status = status
  }
}

extension ActorKind {
  fileprivate var text: String {
    switch self {
    case .staff: "member of staff"
    case .therapist: "therapist"
    case .client: "client"
    case .linkHolder: "holder of a link"
    case .time: "clock"
    case .gateway: "payment gateway"
    }
  }
}
