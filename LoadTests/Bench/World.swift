internal import Availability
internal import Intervals
internal import Limits
internal import Workload

/// Population W in an index of ours, with what the limits are filled from.
final class World {
  let population: PopulationW
  let filled: LimitsPopulation
  var index: AvailabilityIndex

  /// 2026-03-02, a Monday: in the 26 weeks that follow Europe's clocks are changed.
  static let firstDay: Int32 = 20_514

  init(therapistCount: Int) {
    population = PopulationW(therapistCount: therapistCount, firstDay: World.firstDay)
    filled = LimitsPopulation(population)
    index = World.index(of: population)
  }

  /// The beginning of the first day.
  var moment: Moment {
    let midnight = Minute(sinceEpoch: population.firstDay * 1_440)
    return Moment(now: midnight.instant, role: .therapist)
  }

  /// "10k".
  var scale: String { "\(population.therapistCount / 1_000)k" }

  static func spanMinutes(_ start: Int32) -> Span {
    Minute(sinceEpoch: start).span(PopulationW.sessionMinutes)
  }

  /// The same index, of therapists who offer sessions of another shape. Shares what is booked.
  func index(offering shape: Shape) -> AvailabilityIndex {
    var other = AvailabilityIndex(keepingStartsIn: index.coverage)
    for therapist in 0..<population.therapistCount {
      let profile = World.profile(of: therapist, in: population, offering: shape)
      let entry = TherapistEntry(profile: profile, busy: index.therapist(profile.id)!.busy)
      other.adopt(entry, rooms: RoomTimes(of: profile) { index.busy(of: $0) })
    }
    return other
  }

  private static func index(of population: PopulationW) -> AvailabilityIndex {
    // From a day before the first booking on, for as many days as the server keeps.
    let first = Minute(sinceEpoch: (population.firstDay - 1) * 1_440)
    var index = AvailabilityIndex(
      keepingStartsIn: Span(from: first, lastingMinutes: 216 * 1_440))
    for therapist in 0..<population.therapistCount {
      let bookings = population.bookings(of: therapist, inUTC: Zones.inUTC)
      let entries = bookings.map { booking in
        IntervalTree.Entry(
          span: spanMinutes(booking.start), key: PopulationW.rawID(booking.number))
      }
      let profile = profile(of: therapist, in: population, offering: .standard)
      // Trees of their own for therapist and room: as values they would share one until the first
      // booking, which would then be charged for the copy.
      let room = BusyTimes(sessions: IntervalTree(entries))
      index.enlist(profile.id, asUserOf: RoomID(rawValue: PopulationW.rawID(therapist)))
      index.adopt(room, of: RoomID(rawValue: PopulationW.rawID(therapist)))
      index.adopt(
        TherapistEntry(
          profile: profile, busy: BusyTimes(sessions: IntervalTree(entries))))
      var ofClients: [Int: [IntervalTree.Entry]] = [:]
      for (booking, entry) in zip(bookings, entries) {
        ofClients[booking.client, default: []].append(entry)
      }
      for (client, entries) in ofClients {
        index.adopt(
          BusyTimes(sessions: IntervalTree(entries)),
          of: ClientID(rawValue: PopulationW.rawID(client)))
      }
    }
    return index
  }

  private static func profile(
    of therapist: Int, in population: PopulationW, offering shape: Shape
  ) -> TherapistProfile {
    let raw = PopulationW.rawID(therapist)
    let location = LocationID(rawValue: raw)
    let windows = PopulationW.workingWeekdays.flatMap { day in
      PopulationW.windows.map { window in
        WeeklyWindow(
          weekday: Weekday(rawValue: day)!, opensMinute: window.lowerBound,
          closesMinute: window.upperBound, location: location)!
      }
    }
    let offer = Offer(
      id: ServiceID(rawValue: raw), kind: PopulationW.serviceKind,
      durationMinutes: shape.durationMinutes,
      grid: Grid(stepMinutes: shape.gridMinutes, fullHoursOnly: false)!, mode: .inPerson,
      locations: [location], price: Price(minorUnits: 6_000, currency: "EUR"))
    return TherapistProfile(
      id: TherapistID(rawValue: raw), partner: PartnerID(rawValue: PopulationW.rawID(0)),
      zone: Zones.all[population.zone(of: therapist)],
      languages: [population.language(of: therapist)],
      specialities: [population.speciality(of: therapist)], insurers: [], windows: windows,
      offers: [offer],
      places: [Place(id: location, mode: .inPerson, city: "", rooms: [RoomID(rawValue: raw)])])
  }
}

/// How sessions lie.
struct Shape {
  let durationMinutes: Int32
  let gridMinutes: Int32

  /// Population W's own.
  static let standard = Shape(
    durationMinutes: PopulationW.sessionMinutes, gridMinutes: PopulationW.gridMinutes)
  /// Unlike any that is booked.
  static let quarters = Shape(durationMinutes: 75, gridMinutes: 15)

  var ofLimits: limits_shape { limits_shape(duration: durationMinutes, grid: gridMinutes) }
}

extension Minute {
  fileprivate func span(_ minutes: Int32) -> Span { Span(from: self, lastingMinutes: minutes)! }
}
