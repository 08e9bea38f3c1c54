internal import Availability
internal import Booking
internal import Intervals
internal import Storage

/// What a batch has done so far, on top of the index: each command sees what those before it did.
struct Overlay {
  private let index: LiveIndex
  /// Copies of the parts that the batch looked at, with its own changes in them.
  private var copies = AvailabilityIndex()
  private var therapists: Set<TherapistID> = []
  private var rooms: Set<RoomID> = []
  private var clients: Set<ClientID> = []
  /// Places that the batch changed: a therapist copied later has to learn of them.
  private var places: [LocationID: Place] = [:]
  /// In order.
  private var changes: [IndexChange] = []

  init(index: LiveIndex) {
    self.index = index
  }

  /// What is to be applied to the index, in order, once it is on disk. Lets the copies go: what they
  /// share with the index would have to be copied when it changes.
  consuming func finish() -> [IndexChange] { changes }

  /// Everything that a command needs to know.
  mutating func facts(
    for needs: Needs, of partner: PartnerID, at now: Instant, reading snapshot: StoreSnapshot
  ) throws -> Facts {
    var facts = Facts(index: AvailabilityIndex())
    try snapshot.load(needs, of: partner, at: now, into: &facts)
    for id in needs.calendars { copy(id) }
    for id in facts.clients.keys { copy(id) }
    for therapist in therapists(ofPackagesIn: facts, needs) { copy(therapist) }
    for appointment in facts.linkAppointments.values.flatMap(\.self) {
      copyAll(of: appointment.occupation)
    }
    for id in needs.appointmentsWhole {
      guard let appointment = facts.appointments[id] else { continue }
      copyAll(of: appointment.occupation)
    }
    for id in facts.candidates.keys { copy(id) }
    for series in facts.series.values { copy(series.therapist) }
    for appointment in facts.occurrences.values.flatMap(\.self) {
      copyAll(of: appointment.occupation)
    }
    for link in facts.links.values { copy(link.client) }
    for appointment in facts.linkAppointments.values.flatMap(\.self) {
      copyAll(of: appointment.occupation)
    }
    for location in facts.locations.values { copyRooms(of: location.place) }
    facts.index = copies
    return facts
  }

  /// With whom sessions of the packages and links that are named can be booked.
  private func therapists(ofPackagesIn facts: Facts, _ needs: Needs) -> [TherapistID] {
    let links = needs.links.union(needs.linksWhole).compactMap { facts.links[$0] }
    let services = facts.packages.values.flatMap(\.services) + links.flatMap(\.services)
    return services.compactMap { facts.services[$0]?.therapist }
  }

  mutating func apply(_ learnt: [IndexChange]) {
    for change in learnt {
      switch change {
      case .therapist(let profile):
        copy(profile.id)
        for place in profile.places { copyRooms(of: place) }
      case .client: break
      case .place(let place):
        places[place.id] = place
        copyRooms(of: place)
      case .occupy(let occupation), .vacate(let occupation): copyAll(of: occupation)
      case .hold(let held), .release(let held): copyAll(of: held.occupation)
      }
      let fits = copies.apply(change)
      precondition(fits, "the engine decided against the facts it was given")
    }
    changes += learnt
  }

  /// What is kept of a therapist, with all that the batch did so far.
  mutating func profile(of id: TherapistID) -> TherapistProfile? {
    copy(id)
    return copies.therapist(id)?.profile
  }

  private mutating func copyAll(of occupation: Occupation) {
    copy(occupation.therapist)
    if let room = occupation.room { copy(room) }
    if let client = occupation.client { copy(client) }
  }

  private mutating func copy(_ id: TherapistID) {
    guard therapists.insert(id).inserted, let entry = index.therapist(id) else { return }
    copies.adopt(entry)
    for place in entry.places {
      let newest = places[place.id] ?? place
      if newest != place { copies.refresh(newest) }
      copyRooms(of: newest)
    }
  }

  private mutating func copyRooms(of place: Place) {
    for room in place.rooms { copy(room) }
  }

  private mutating func copy(_ id: RoomID) {
    guard rooms.insert(id).inserted else { return }
    copies.adopt(index.busy(of: id), of: id)
  }

  private mutating func copy(_ id: ClientID) {
    guard clients.insert(id).inserted else { return }
    copies.adopt(index.busy(of: id), of: id)
  }
}
