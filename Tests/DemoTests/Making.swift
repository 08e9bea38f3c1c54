internal import Availability
internal import Booking
internal import Demo
internal import Intervals
internal import Testing

/// A population as tests want it; they end when the date is none.
func population(
  _ today: String = "2026-11-23", therapists: Int = 60, seed: UInt64 = 1, weeks: Int = 6
) throws -> DemoPopulation {
  let plan = DemoPlan(
    therapistCount: therapists, seed: seed, today: try #require(CivilDate(today)),
    weeksBooked: weeks)
  return DemoPopulation(plan: plan, zone: Zones.named)
}

/// A booking, with what it says by reference looked up.
struct BookedSession {
  let wish: BookingWish
  let therapist: Therapist
  let service: HealthcareService
  let span: Span

  var client: ClientID? {
    switch wish.attendee {
    case .registered(let id): id
    case .new: nil
    }
  }

  /// 0 for the seven days from the population's day on.
  func week(of population: DemoPopulation) -> Int {
    Int((span.start.instant.msSinceEpoch - population.at.msSinceEpoch) / (7 * 86_400_000))
  }
}

extension DemoPopulation {
  func sessions() throws -> [BookedSession] {
    let therapists = Dictionary(uniqueKeysWithValues: therapists.map { ($0.id, $0) })
    let services = Dictionary(uniqueKeysWithValues: services.map { ($0.id, $0) })
    return try bookings.map { wish in
      let service = try #require(services[wish.service])
      return BookedSession(
        wish: wish, therapist: try #require(therapists[wish.therapist]), service: service,
        span: try #require(Span(from: wish.start, lastingMinutes: service.durationMinutes)))
    }
  }

  func windows(of therapist: TherapistID) throws -> [WeeklyWindow] {
    try #require(schedules.first { $0.therapist == therapist }).windows
  }
}

/// The city's part of a population, by its therapists' zone.
let currencies = [
  "Europe/Rome": "EUR", "Europe/Warsaw": "PLN", "Europe/Bucharest": "RON", "Europe/Vienna": "EUR",
  "America/Sao_Paulo": "BRL",
]
