internal import Availability
internal import Booking
internal import Intervals

/// A partner's practice as the engine is given it: on Monday, 23 November 2026, at 8 in Rome.
///
/// Anna and Bruno are at the office from 9 to 13, Anna by video from 14 to 18, every day. Carlo is a
/// client.
struct Practice {
  var facts = Facts(index: AvailabilityIndex())
  var now = inRome("2026-11-23T08:00").instant
  /// Of the next decision; each that is performed takes one.
  var seed: UInt64 = 1
  var books = PracticeBooks()

  init() {
    let entries: [DirectoryEntry] = [
      .location(Practice.officeWithRooms, []), .location(Practice.online, []),
      .therapist(Practice.therapist(anna, at: [office, video]), []),
      .therapist(Practice.therapist(bruno, at: [office]), []),
      .service(Practice.individualSession, []), .service(Practice.freeTalk, []),
      .service(Practice.coupleSession, []),
      .schedule(Practice.everyDay(anna, [(9, 13, office), (14, 18, video)])),
      .schedule(Practice.everyDay(bruno, [(9, 13, office)])),
    ]
    perform(.putDirectory(Practice.importing(entries)))
    facts.clients[carlo] = Practice.client(carlo)
    facts.index.replace(Practice.foreignProfile)
  }

  func decide(
    _ wish: Wanted, by actor: Actor = desk, validateOnly: Bool = false
  ) -> Decision {
    Engine.decide(
      Command(partner: partner, actor: actor, wish: wish, validateOnly: validateOnly), facts: known,
      stamp: Stamp(at: now, seed: seed))
  }

  /// The facts, with what the store makes of them.
  var known: Facts {
    var known = facts
    known.appointmentsToCome = appointmentsToCome
    known.careHistories = careHistories
    books.tell(&known)
    known.candidates = facts.clients
    known.occurrences = Dictionary(
      grouping: facts.appointments.values.filter { $0.recurrence != nil }
    ) { $0.recurrence!.series }
    .mapValues { $0.sorted { $0.recurrence!.originalStart < $1.recurrence!.originalStart } }
    known.linkAppointments = linkAppointments
    known.policies = facts.services.mapValues { service in
      Policy.resolved(
        service: service.policy, therapist: facts.therapists[service.therapist]?.policy ?? .unset,
        partner: facts.partnerPolicy.policy)
    }
    return known
  }

  /// As the store would tell of them.
  private var appointmentsToCome: [TherapistID: [Appointment]] {
    let standing = facts.appointments.values.filter {
      $0.state.occupies && now < $0.span.end.instant
    }
    return Dictionary(grouping: standing, by: \.therapist)
      .mapValues { $0.sorted { $0.span.start < $1.span.start } }
  }

  /// As the store would tell of them: by start, then id.
  private var linkAppointments: [PackageLinkID: [Appointment]] {
    Dictionary(grouping: facts.appointments.values.filter { $0.package != nil }) {
      $0.package!.link
    }
    .mapValues { $0.sorted { ($0.span.start, $0.id) < ($1.span.start, $1.id) } }
  }

  /// As the store would tell of them.
  private var careHistories: [CarePair: CareHistory] {
    var histories: [CarePair: CareHistory] = [:]
    for therapist in facts.therapists.keys {
      for client in facts.clients.keys {
        let theirs = facts.appointments.values.filter {
          $0.therapist == therapist && $0.client == client
        }
        histories[CarePair(therapist, client)] = CareHistory(sessions: theirs.map(\.careSession))
      }
    }
    return histories
  }

  /// Decides, and knows from then on what came of it.
  @discardableResult
  mutating func perform(_ wish: Wanted, by actor: Actor = desk) -> Decision {
    let decision = decide(wish, by: actor)
    seed += 1
    let standing = Set(facts.appointments.keys)
    // What one change moves may go to each other's places: all give up theirs first.
    for event in decision.change?.events ?? [] { vacate(for: event) { standing.contains($0) } }
    for event in decision.change?.events ?? [] {
      // What this change made itself gives up its place when its turn comes.
      vacate(for: event) { !standing.contains($0) }
      if !books.take(event) { take(event) }
    }
    books.transfers += decision.change?.transfers ?? []
    return decision
  }

  private mutating func vacate(for event: Event, where isMeant: (AppointmentID) -> Bool) {
    guard case .appointmentChanged(let appointment, let old, _) = event, isMeant(appointment.id),
      let left = old.taken, appointment.taken != left
    else { return }
    let fits = facts.index.apply(.vacate(left))
    precondition(fits, "what changed was in the index")
  }

  private mutating func take(_ event: Event) {
    switch event {
    case .clientRegistered(let client): facts.clients[client.id] = client
    case .therapyBegun(let therapy), .therapyChanged(let therapy):
      facts.therapies[therapy.pair] = therapy
    case .appointmentBooked(let appointment, _):
      facts.appointments[appointment.id] = appointment
      occupy(appointment.occupation)
    case .appointmentChanged(let appointment, let old, _):
      facts.appointments[appointment.id] = appointment
      if let taken = appointment.taken, taken != old.taken { occupy(taken) }
    case .seriesMade(let series), .seriesChanged(let series): facts.series[series.id] = series
    case .holdTaken, .holdRenewed, .holdReleased, .holdBooked, .holdLapsed: take(ofHold: event)
    case .locationPut(let location):
      facts.locations[location.id] = location
      for room in location.rooms { facts.roomOwners[room.id] = location.id }
      reindex()
    case .therapistPut(let therapist):
      facts.therapists[therapist.id] = therapist
      reindex()
    case .servicePut(let service):
      facts.services[service.id] = service
      reindex()
    case .schedulePut(let schedule):
      facts.schedules[schedule.therapist] = schedule
      reindex()
    case .policyPut(let policy):
      facts.partnerPolicy = policy
      reindex()
    case .moneyMoved, .moneyChanged, .paymentIntentMade, .paymentIntentChanged,
      .paymentMethodMade, .paymentMethodChanged, .benefitMade, .benefitChanged, .payoutRecorded,
      .gatewayEventHeard:
      preconditionFailure("the books have taken what is about money")
    case .attendanceStatusesPut(let statuses): facts.attendanceStatuses = statuses
    case .clientChanged(let client): facts.clients[client.id] = client
    case .packagePut(let package): facts.packages[package.id] = package
    case .packageLinked(let link), .packageLinkChanged(let link, from: _):
      facts.links[link.id] = link
    case .appointmentReminded(let appointment): facts.appointments[appointment.id] = appointment
    case .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut,
      .webhookEndpointDeleted,
      .deliveryNoted, .webhooksNoted:
      break
    }
  }

  /// As the next decision begins it.
  func therapy(_ therapist: TherapistID, _ client: ClientID) -> Therapy {
    Therapy(
      id: Stamp(at: now, seed: seed).id(3), pair: CarePair(therapist, client), begunAt: now)
  }

  mutating func occupy(_ occupation: Occupation) {
    let fits = facts.index.apply(.occupy(occupation))
    precondition(fits, "a session fits the index")
  }

  private mutating func reindex() {
    for therapist in facts.therapists.values {
      let services = facts.services.values.filter { $0.therapist == therapist.id }
      facts.index.replace(
        therapist.profile(
          of: partner, in: rome, schedule: facts.schedules[therapist.id], services: services,
          places: therapist.locations.compactMap { facts.locations[$0]?.place },
          partnerPolicy: facts.partnerPolicy.policy))
    }
  }
}

extension Practice {
  static let officeWithRooms = Location(
    id: office, name: "Studio", mode: .inPerson, address: "Via Appia 1", city: "Roma",
    rooms: [Room(id: blueRoom, name: "Blue"), Room(id: redRoom, name: "Red")], version: 1)
  static let online = Location(
    id: video, name: "Video", mode: .online, address: "", city: "", rooms: [], version: 1)

  static let individualSession = service(individual, of: anna, kind: "individual", minutes: 50)
  static let coupleSession = service(couple, of: bruno, kind: "couple", minutes: 60)
  static let freeTalk = {
    var talk = service(firstTalk, of: anna, kind: "first-talk", minutes: 20)
    talk.mode = .online
    talk.locations = [video]
    talk.plan = .free
    talk.price = euro(0)
    return talk
  }()

  static func therapist(_ id: TherapistID, at locations: [LocationID]) -> Therapist {
    Therapist(
      id: id, displayName: "Dr. \(id.rawValue)", zoneName: "Europe/Rome", languages: ["it"],
      specialities: ["anxiety"], insurers: [], locations: locations, grid: .standard, version: 1)
  }

  static func service(
    _ id: ServiceID, of therapist: TherapistID, kind: String, minutes: Int32
  ) -> HealthcareService {
    HealthcareService(
      id: id, therapist: therapist, name: kind, kind: kind, durationMinutes: minutes,
      price: euro(7_000), mode: .inPerson, locations: [office], plan: .onSite,
      gridStepMinutes: nil, fullHoursOnly: false, version: 1)
  }

  /// - Parameter hours: opening and closing hour, and where.
  static func everyDay(
    _ therapist: TherapistID, _ hours: [(Int32, Int32, LocationID)]
  ) -> Schedule {
    let windows = Weekday.allCases.flatMap { weekday in
      hours.map { opens, closes, location in
        WeeklyWindow(
          weekday: weekday, opensMinute: opens * 60, closesMinute: closes * 60,
          location: location)!
      }
    }
    return Schedule(therapist: therapist, windows: windows, version: 1)
  }

  static let person = Person(
    name: "Carlo Conti", email: EmailAddress("carlo@example.it")!,
    phone: PhoneNumber("+390612345678")!, language: LanguageTag("it")!, zoneName: "Europe/Rome")

  /// Agreed to both before today.
  static let consent = Consent(
    version: "2026-01", acceptedAt: inRome("2026-11-22T12:00").instant)

  static func client(_ id: ClientID) -> Client {
    Client(
      id: id, person: person, terms: consent, dataProcessing: consent, version: 1,
      registeredAt: consent.acceptedAt)
  }

  static func registration(
    _ id: ClientID? = nil, terms: Consent = consent, dataProcessing: Consent = consent
  ) -> Registration {
    Registration(id: id, person: person, terms: terms, dataProcessing: dataProcessing)
  }

  /// All entries as an import says them: each replaces, with all its fields.
  static func importing(_ entries: [DirectoryEntry]) -> DirectoryPut {
    DirectoryPut(
      entries: entries.enumerated().map { index, entry in
        DirectoryPut.Entry(path: "entries[\(index)]", value: entry.whole, mode: .replace)
      },
      isImport: true)
  }

  /// A therapist of another partner, who shares this index.
  private static let foreignProfile = TherapistProfile(
    id: foreigner, partner: otherPartner, zone: rome, languages: ["it"], specialities: [],
    insurers: [], windows: everyDay(foreigner, [(9, 13, office)]).windows,
    offers: [individualSession.offer(therapistGrid: .standard)], places: [officeWithRooms.place])
}

extension DirectoryEntry {
  /// The same entry with all fields named.
  var whole: DirectoryEntry {
    switch self {
    case .location(let location, _): .location(location, Set(LocationField.allCases))
    case .therapist(let therapist, _): .therapist(therapist, Set(TherapistField.allCases))
    case .service(let service, _): .service(service, Set(HealthcareServiceField.allCases))
    case .schedule(let schedule): .schedule(schedule)
    }
  }
}

extension Appointment {
  fileprivate var careSession: CareSession {
    CareSession(
      span: span, state: state, attendance: attendance, paymentStatus: paymentStatus, price: price,
      paid: paid, refunded: refunded, fee: fee)
  }
}

/// A wish of a session with Anna at the office, with what a test wants otherwise.
func booking(
  _ start: Minute, therapist: TherapistID = anna, service: ServiceID = individual,
  location: LocationID = office, room: RoomID? = nil,
  attendee: BookingWish.Attendee = .registered(carlo), id: AppointmentID? = nil,
  overrides: Overrides = [], hold: HoldID? = nil
) -> Wanted {
  .book(
    BookingWish(
      therapist: therapist, service: service, location: location, room: room, start: start,
      attendee: attendee, id: id, overrides: overrides, hold: hold))
}

func cancelling(
  _ id: AppointmentID, seen version: Int64? = nil, reason: String = ""
) -> Wanted {
  .cancel(CancelWish(appointment: id, seenVersion: version, reason: reason))
}

/// A change of Anna's hours.
func changing(_ step: ScheduleChange.Step, seen version: Int64? = nil) -> Wanted {
  .changeSchedule(ScheduleChange(therapist: anna, seenVersion: version, step: step))
}

func exceptionID(_ number: UInt128) -> ScheduleExceptionID {
  ScheduleExceptionID(rawValue: 2_000 + number)
}

/// Closed as a whole, everywhere unless a location is named.
func closed(
  _ number: UInt128, _ first: String, _ last: String? = nil, at location: LocationID? = nil
) -> ScheduleException {
  exception(number, first, until: last, .closed(.wholeDays, at: location))
}

func exception(
  _ number: UInt128, _ first: String, until last: String? = nil,
  _ effect: ScheduleException.Effect
) -> ScheduleException {
  ScheduleException(
    id: exceptionID(number), firstDay: CivilDate(first)!, lastDay: CivilDate(last ?? first)!,
    effect: effect, note: "")!
}

extension Decision {
  /// Of a change of hours that went well.
  var schedule: ChangedSchedule? {
    if case .schedule(let changed) = change?.answer { changed } else { nil }
  }
}
