internal import Availability
internal import Booking
internal import Intervals
internal import Storage

/// Turns what happened into what the index has to learn.
struct IndexFeed: Sendable {
  let zones: ZoneCatalogue

  /// - Parameters:
  ///   - snapshot: of the store, with the events already in it.
  ///   - current: what the index holds of a therapist, with all changes before these.
  func changes(
    for events: [Event], of partner: PartnerID, reading snapshot: StoreSnapshot,
    current: (TherapistID) -> TherapistProfile?
  ) throws -> [IndexChange] {
    var changes: [IndexChange] = []
    var moves = OccupationMoves()
    // A therapist whose profile, services or hours changed is read anew, once.
    var therapists: [TherapistID] = []
    for event in events {
      switch event {
      case .clientRegistered(let client): changes.append(.client(client.id, of: partner))
      case .therapyBegun, .therapyChanged, .seriesMade, .seriesChanged, .attendanceStatusesPut,
        .moneyMoved, .moneyChanged, .paymentIntentMade, .paymentIntentChanged, .paymentMethodMade,
        .paymentMethodChanged, .benefitMade, .benefitChanged, .payoutRecorded, .gatewayEventHeard,
        .clientChanged, .packagePut, .packageLinked, .packageLinkChanged, .appointmentReminded,
        .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut, .webhookEndpointDeleted,
        .deliveryNoted, .webhooksNoted:
        break
      case .appointmentBooked(let appointment, _): moves.note(appointment, from: nil)
      case .appointmentChanged(let appointment, let old, _): moves.note(appointment, from: old)
      case .holdTaken(let hold), .holdRenewed(let hold): changes.append(.hold(hold.heldTime))
      case .holdReleased(let hold), .holdBooked(let hold, by: _):
        changes.append(.release(hold.heldTime))
      case .holdLapsed(let id):
        if let found = try snapshot.hold(id) { changes.append(.release(found.hold.heldTime)) }
      case .locationPut(let location): changes.append(.place(location.place))
      case .therapistPut(let therapist): therapists.append(therapist.id)
      case .servicePut(let service): therapists.append(service.therapist)
      case .schedulePut(let schedule): therapists.append(schedule.therapist)
      case .policyPut:
        changes += try resolved(of: partner, reading: snapshot, current: current)
      }
    }
    changes = moves.freed + changes + moves.taken
    guard !therapists.isEmpty else { return changes }
    let policy = try snapshot.policy(of: partner).policy
    var seen: Set<TherapistID> = []
    for id in therapists where seen.insert(id).inserted {
      guard let therapist = try snapshot.therapist(id)?.therapist else { continue }
      changes.append(.therapist(try profile(of: therapist, partner, policy, reading: snapshot)))
    }
    return changes
  }

  /// A partner's policy reaches all their therapists: of so many only the policies are read anew.
  private func resolved(
    of partner: PartnerID, reading snapshot: StoreSnapshot,
    current: (TherapistID) -> TherapistProfile?
  ) throws -> [IndexChange] {
    let policies = try snapshot.policies(of: partner)
    func policy(_ id: String) -> Policy { policies[id] ?? .unset }
    return try snapshot.therapistIDs(of: partner).compactMap { id in
      current(id)?.under(
        partner: policy(partner.text), own: policy(id.text), ofService: { policy($0.text) }
      ).map(IndexChange.therapist)
    }
  }

  /// All that the index keeps of a therapist.
  /// - Parameter policy: the partner's.
  func profile(
    of therapist: Therapist, _ partner: PartnerID, _ policy: Policy, reading snapshot: StoreSnapshot
  ) throws -> TherapistProfile {
    guard let zone = zones.zone(therapist.zoneName) else {
      // It was known when it was written: the machine's zone data went backwards.
      throw IndexError.unknownZone(therapist: therapist.id, name: therapist.zoneName)
    }
    return therapist.profile(
      of: partner, in: zone, schedule: try snapshot.schedule(of: therapist.id),
      services: try snapshot.services(of: therapist.id),
      places: try therapist.locations.compactMap { try snapshot.location($0)?.location.place },
      partnerPolicy: policy)
  }

  /// For so long what is over stays in the index: nothing looks back further than a week.
  static let keptMs: Int64 = 400 * 86_400_000

  /// Fills an empty index with all that is in the store, but for what ended long before now.
  func fill(_ index: LiveIndex, from store: Store, at now: Instant) throws {
    // What time has yet to free has to be there to be freed, however long the server was down.
    let firstDue = try store.read { try $0.nextDue(after: Instant(msSinceEpoch: .min)) }
    let booked = try BookedTimes(
      in: store, from: min(firstDue ?? now, now.advanced(byMs: -IndexFeed.keptMs)))
    try booked.forEachRoom { index.adopt($1, of: $0) }
    try booked.forEachClient { index.adopt($1, of: $0) }
    var busy: [TherapistID: BusyTimes] = [:]
    try booked.forEachTherapist { busy[$0] = $1 }
    try store.read { snapshot in
      for partner in try snapshot.partners() {
        let policy = try snapshot.policy(of: partner).policy
        var last: TherapistID?
        while case let page = try snapshot.therapists(of: partner, after: last, limit: 1_000),
          let end = page.last
        {
          for therapist in page {
            let profile = try profile(of: therapist, partner, policy, reading: snapshot)
            index.adopt(
              TherapistEntry(
                profile: profile, busy: busy.removeValue(forKey: therapist.id) ?? BusyTimes()))
          }
          last = end.id
        }
      }
      try snapshot.forEachClient { client, partner in
        guard index.apply(.client(client, of: partner)) else {
          throw IndexError.partedFromStore(client.text)
        }
      }
      try snapshot.forEachHeldTime { held in
        guard index.apply(.hold(held)) else {
          throw IndexError.partedFromStore(held.occupation.occupant.text)
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
