internal import Availability
internal import Booking
internal import Storage

/// Turns what happened into what the index has to learn.
struct IndexFeed: Sendable {
  let zones: ZoneCatalogue

  /// - Parameter snapshot: of the store, with the events already in it.
  func changes(
    for events: [Event], of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> [IndexChange] {
    var changes: [IndexChange] = []
    // A therapist whose profile, services or hours changed is read anew, once.
    var therapists: [TherapistID] = []
    for event in events {
      switch event {
      case .clientRegistered(let client): changes.append(.client(client.id, of: partner))
      case .clientListed: break
      case .appointmentBooked(let appointment, _): changes.append(.occupy(appointment.occupation))
      case .appointmentCancelled(let appointment, _):
        changes.append(.vacate(appointment.occupation))
      case .locationPut(let location): changes.append(.place(location.place))
      case .therapistPut(let therapist): therapists.append(therapist.id)
      case .servicePut(let service): therapists.append(service.therapist)
      case .schedulePut(let schedule): therapists.append(schedule.therapist)
      }
    }
    var seen: Set<TherapistID> = []
    for id in therapists where seen.insert(id).inserted {
      guard let therapist = try snapshot.therapist(id)?.therapist else { continue }
      changes.append(.therapist(try profile(of: therapist, partner, reading: snapshot)))
    }
    return changes
  }

  /// All that the index keeps of a therapist.
  func profile(
    of therapist: Therapist, _ partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> TherapistProfile {
    guard let zone = zones.zone(therapist.zoneName) else {
      // It was known when it was written: the machine's zone data went backwards.
      throw IndexError.unknownZone(therapist: therapist.id, name: therapist.zoneName)
    }
    return TherapistProfile(
      id: therapist.id, partner: partner, zone: zone, languages: therapist.languages,
      specialities: therapist.specialities, insurers: therapist.insurers,
      windows: try snapshot.schedule(of: therapist.id)?.windows ?? [],
      offers: try snapshot.services(of: therapist.id).map {
        $0.offer(therapistGrid: therapist.grid)
      },
      places: try therapist.locations.compactMap { try snapshot.location($0)?.location.place })
  }

  /// Fills an empty index with all that is in the store.
  func fill(_ index: LiveIndex, from store: Store) throws {
    try store.read { snapshot in
      for partner in try snapshot.partners() {
        var last: TherapistID?
        while case let page = try snapshot.therapists(of: partner, after: last, limit: 1_000),
          let end = page.last
        {
          for therapist in page {
            let profile = try profile(of: therapist, partner, reading: snapshot)
            guard index.apply(.therapist(profile)) else {
              throw IndexError.partedFromStore(therapist.id.text)
            }
          }
          last = end.id
        }
      }
      try snapshot.forEachClient { client, partner in
        guard index.apply(.client(client, of: partner)) else {
          throw IndexError.partedFromStore(client.text)
        }
      }
      try snapshot.forEachOccupation { occupation in
        guard index.apply(.occupy(occupation)) else {
          throw IndexError.partedFromStore(occupation.appointment.text)
        }
      }
    }
  }
}

/// The index cannot be what the store says.
enum IndexError: Error, CustomStringConvertible {
  case unknownZone(therapist: TherapistID, name: String)
  case partedFromStore(String)

  var description: String {
    switch self {
    case .unknownZone(let therapist, let name):
      "\(therapist) is in the time zone \(name), which this machine does not know: update its zone data"
    case .partedFromStore(let id):
      "\(id) does not fit with what the index holds: the database contains overlapping appointments"
    }
  }
}
