internal import Availability
internal import Booking
internal import Intervals

/// A therapist with services and hours.
struct Practitioner {
  let therapist: Therapist
  let services: [HealthcareService]
  let schedule: Schedule
  /// What the rules of booking need of all that.
  let profile: TherapistProfile
  /// The sessions that fit into a week one after another.
  let hours: [SessionHour]

  /// What decides about a therapist.
  struct Making {
    let city: City
    let zone: Zone
    /// Among those of the city, from 0.
    let number: Int
    let name: NameStock.Name
    let offices: [Location]
    /// Nil for who sees clients in person only.
    let online: Location?
    let at: Instant
  }

  init(_ making: Making, dice: inout Dice) {
    let locations = making.offices + (making.online.map { [$0] } ?? [])
    therapist = Therapist(
      id: dice.id(at: making.at), displayName: making.city.names.titled(making.name),
      zoneName: making.zone.name,
      languages: [making.city.language] + (dice.happens(percent: 40) ? ["en"] : []),
      specialities: Practitioner.specialities(dice: &dice),
      insurers: dice.happens(percent: 35)
        ? dice.pick(dice.within(1...2), of: making.city.insurers) : [],
      locations: locations.map(\.id), grid: Practitioner.grid(of: making.number), version: 1)
    services = PriceList(for: therapist, making, dice: &dice).services

    let patterns = making.city.patterns
    let week = WorkingWeek(
      patterns[making.number % patterns.count], offices: making.offices.map(\.id),
      online: making.online?.id)
    schedule = Schedule(therapist: therapist.id, windows: week.windows, version: 1)
    hours = week.sessionHours(stepMinutes: therapist.grid.effectiveStepMinutes)
    let grid = therapist.grid
    profile = TherapistProfile(
      id: therapist.id, partner: PartnerID(rawValue: 0), zone: making.zone,
      languages: therapist.languages, specialities: therapist.specialities,
      insurers: therapist.insurers, windows: schedule.windows,
      offers: services.map { $0.offer(therapistGrid: grid) }, places: locations.map(\.place))
  }

  /// Half hours are usual; one in ten therapists each keeps to quarters, hours, or full hours of a
  /// grid that would allow more.
  private static func grid(of number: Int) -> Grid {
    switch number % 10 {
    case 3: Grid(stepMinutes: 15, fullHoursOnly: false) ?? .standard
    case 6: Grid(stepMinutes: 60, fullHoursOnly: false) ?? .standard
    case 9: Grid(stepMinutes: 30, fullHoursOnly: true) ?? .standard
    default: .standard
    }
  }

  private static func specialities(dice: inout Dice) -> [String] {
    let couples = dice.happens(percent: 35) ? [Speciality.couples] : []
    return couples + dice.pick(dice.within(2...4), of: Speciality.others)
  }
}

/// What therapists specialise in, as searches name it.
enum Speciality {
  static let couples = "couples"
  static let others = [
    "anxiety", "depression", "trauma", "adolescents", "children", "grief", "eating_disorders",
    "addiction", "ocd", "stress", "sleep", "family", "perinatal", "self_esteem",
  ]
}
