internal import Availability
internal import Booking
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
    if let scope = Gate.scope(of: method), !principal.scopes.contains(scope) {
      return Seduta_Wire_V1_Status(
        .permissionDenied, reason: "SCOPE_MISSING",
        message:
          "This API key lacks the scope \"\(scope.rawValue)\", which \(method.rawValue) needs.",
        metadata: ["scope": scope.rawValue])
    }
    guard Gate.roles(of: method).contains(actor.role) else {
      return Gate.roleRefusal("A \(actor.role.text) may not call \(method.rawValue).")
    }
    return nil
  }

  /// Whether the actor may ask for just this: what is named in it must be theirs.
  func authorise(_ command: Command) -> Result<Authorised<Command>, GateRefusal> {
    let isTheirs: Bool =
      switch (command.actor, command.wish) {
      case (.staff, _), (_, .cancel), (_, .renewHold), (_, .releaseHold): true
      case (.therapist(let own), .book(let wish)): wish.therapist == own
      case (.therapist(let own), .takeHold(let wish)): wish.therapist == own
      case (.client(let own), .takeHold(let wish)): wish.client == nil || wish.client == own
      case (.therapist(let own), .registerClient(_, let joining)): joining == own
      case (.therapist(let own), .changeSchedule(let change)): change.therapist == own
      case (.client(let own), .book(let wish)):
        switch wish.attendee {
        case .registered(let client): client == own
        case .new: own == nil
        }
      case (.client(let own), .registerClient): own == nil
      case (.therapist, .putDirectory), (.therapist, .putPolicy), (.client, .putDirectory),
        (.client, .changeSchedule), (.client, .putPolicy):
        false
      }
    guard isTheirs else {
      return .failure(
        GateRefusal(
          Gate.roleRefusal("A \(command.actor.role.text) may do this for themself only.")))
    }
    if case .book(let wish) = command.wish,
      let refusal = Gate.refusal(of: wish.overrides, by: command.actor)
    {
      return .failure(refusal)
    }
    return .success(Authorised(command))
  }

  /// Whether the actor could book just this: a check tells who is busy when.
  func authorise(_ check: SlotCheck, as actor: Actor) -> Result<Authorised<SlotCheck>, GateRefusal>
  {
    let isTheirs: Bool =
      switch actor {
      case .staff: true
      case .therapist(let own): check.therapist == own
      case .client(let own): check.client == nil || check.client == own
      }
    guard isTheirs else {
      return .failure(
        GateRefusal(Gate.roleRefusal("A \(actor.role.text) may check this for themself only.")))
    }
    if let refusal = Gate.refusal(of: check.overrides, by: actor) { return .failure(refusal) }
    return .success(Authorised(check))
  }

  /// S-6: a client overrides nothing.
  private static func refusal(of overrides: Overrides, by actor: Actor) -> GateRefusal? {
    guard case .client = actor, !overrides.isEmpty else { return nil }
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
      case (.therapist(let own), .appointments(let asked, _)): asked.therapist == own
      case (.client(let own), .appointments(let asked, _)): own != nil && asked.client == own
      case (.therapist(let own), .clients(let therapist, _)): therapist == own
      case (.client, .clients): false
      case (_, .appointment), (_, .client), (_, .therapist), (_, .therapists), (_, .location),
        (_, .locations), (_, .service), (_, .services), (_, .schedule), (_, .schedules),
        (_, .hold), (_, .goneHold):
        true
      case (_, .policy): false
      }
    guard isTheirs else {
      return .failure(
        GateRefusal(
          Gate.roleRefusal("A \(actor.role.text) may list only what is theirs: name them in it.")))
    }
    return .success(Authorised(query))
  }

  private static func roleRefusal(_ message: String) -> Seduta_Wire_V1_Status {
    Seduta_Wire_V1_Status(.permissionDenied, reason: "ROLE_NOT_ALLOWED", message: message)
  }

  /// The scope that a method needs; nil where any key will do.
  private static func scope(of method: Method) -> Scope? {
    switch method {
    case .slotsBatchLookup, .holdsGet,
      .slotsSearch, .slotsCheck, .appointmentsGet, .appointmentsList, .clientsGet, .clientsList,
      .directoryGetTherapist, .directoryListTherapists, .directoryGetLocation,
      .directoryListLocations, .directoryGetService, .directoryListServices, .directoryGetSchedule,
      .directoryListSchedules, .directoryListPublicHolidays, .directoryGetPolicy:
      .read
    case .appointmentsBook, .appointmentsCancel, .clientsRegister, .holdsTake, .holdsRenew,
      .holdsRelease:
      .book
    case .directoryCreateTherapist, .directoryUpdateTherapist, .directoryCreateLocation,
      .directoryUpdateLocation, .directoryCreateService, .directoryUpdateService,
      .directoryUpdateSchedule, .directoryAddScheduleExceptions,
      .directoryRemoveScheduleExceptions, .directoryUpdatePolicy, .directoryImport:
      .manage
    case .healthCheck: nil
    }
  }

  private static func roles(of method: Method) -> Set<Role> {
    switch method {
    case .slotsBatchLookup, .holdsTake, .holdsRenew, .holdsRelease, .holdsGet,
      .slotsSearch, .slotsCheck, .appointmentsBook, .appointmentsGet, .appointmentsCancel,
      .appointmentsList, .clientsRegister, .clientsGet, .directoryGetTherapist,
      .directoryListTherapists, .directoryGetLocation, .directoryListLocations,
      .directoryGetService, .directoryListServices, .directoryGetSchedule, .directoryListSchedules,
      .directoryListPublicHolidays, .healthCheck:
      [.staff, .therapist, .client]
    case .clientsList, .directoryUpdateSchedule, .directoryAddScheduleExceptions,
      .directoryRemoveScheduleExceptions:
      [.staff, .therapist]
    case .directoryCreateTherapist, .directoryUpdateTherapist, .directoryCreateLocation,
      .directoryUpdateLocation, .directoryCreateService, .directoryUpdateService, .directoryImport,
      .directoryGetPolicy, .directoryUpdatePolicy:
      [.staff]
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

extension Role {
  var text: String {
    switch self {
    case .staff: "member of staff"
    case .therapist: "therapist"
    case .client: "client"
    }
  }
}
