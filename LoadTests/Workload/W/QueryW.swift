// The questions that the performance goals are about. Points in time are minutes since
// 1970-01-01T00:00Z, ranges half-open.

/// Q1: the free starts of one therapist for one month.
public struct MonthQuery: Hashable, Sendable {
  public let therapist: Int
  public let range: Range<Int32>
}

/// Q2: the first starts, in order of time, among some candidates in the next 7 days.
public struct FirstStartsQuery: Hashable, Sendable {
  /// Different ones, ascending.
  public let candidates: [Int]
  public let range: Range<Int32>
  public let limit: Int
}

/// Q2+: the same among all therapists that pass a filter.
public struct FilteredQuery: Hashable, Sendable {
  /// Nil lets all pass.
  public let language: String?
  public let range: Range<Int32>
  public let limit: Int

  public func passes(_ therapist: Int, of population: PopulationW) -> Bool {
    language.map { $0 == population.language(of: therapist) } ?? true
  }
}

/// Q3: does this session collide for therapist, room (which has the therapist's number) or client.
public struct CollisionQuery: Hashable, Sendable {
  public let therapist: Int
  public let client: Int
  public let session: Range<Int32>
}

/// Q4: book one, and cancel it again. What is to be booked is free.
public struct BookingQuery: Hashable, Sendable {
  public let therapist: Int
  public let client: Int
  public let session: Range<Int32>
  /// Of an appointment that the population does not have.
  public let number: Int
}

/// Q5: the first free start of each of a thousand therapists.
public struct FirstFreeQuery: Hashable, Sendable {
  /// Different ones, ascending.
  public let therapists: [Int]
  public let range: Range<Int32>
}

/// Q6: the weekly times, on the therapist's wall clock, that are free in all of the next 12 weeks.
public struct WeeklyTimesQuery: Hashable, Sendable {
  public let therapist: Int
  /// The first of the days in question, since 1970-01-01.
  public let firstDay: Int32
  public let weeks: Int
}

/// Draws questions about population W, each with therapists at random.
///
/// "Next" counts from the population's first day.
public struct QueriesW: Sendable {
  public static let monthDays: Int32 = 30
  public static let candidatesMax = 200
  public static let startsWanted = 20
  public static let lookupTherapistsMax = 1_000
  public static let recurringWeeks = 12

  public let population: PopulationW
  private var random: SplitMix64
  private var drawnBookings = 0

  public init(of population: PopulationW, seed: UInt64) {
    self.population = population
    random = SplitMix64(seed: seed)
  }

  /// Q1.
  public mutating func month() -> MonthQuery {
    let therapist = random.below(population.therapistCount)
    let lastFirst = PopulationW.days - Int(QueriesW.monthDays)
    let day = population.firstDay + Int32(random.below(lastFirst + 1))
    return MonthQuery(
      therapist: therapist, range: QueriesW.minutes(day..<day + QueriesW.monthDays))
  }

  /// Q2.
  public mutating func firstStarts() -> FirstStartsQuery {
    FirstStartsQuery(
      candidates: different(QueriesW.candidatesMax), range: nextWeek, limit: QueriesW.startsWanted)
  }

  /// Q2+, of those who speak one language.
  public mutating func filtered() -> FilteredQuery {
    FilteredQuery(
      language: PopulationW.languages[random.below(PopulationW.languages.count)], range: nextWeek,
      limit: QueriesW.startsWanted)
  }

  /// Q2+, of everyone.
  public func unfiltered() -> FilteredQuery {
    FilteredQuery(language: nil, range: nextWeek, limit: QueriesW.startsWanted)
  }

  /// Q3: a session on the grid, within the hours; some four of five collide.
  public mutating func collision(inUTC: WallClock) -> CollisionQuery {
    let therapist = random.below(population.therapistCount)
    let client = random.below(population.clientCount)
    let hours = PopulationW.bookingsMax
    let starts = hours * 60 / Int(PopulationW.gridMinutes)
    let drawn = random.below(starts)
    let hour = population.localStart(ofHour: drawn % hours)
    let local = hour + Int32(drawn / hours) * PopulationW.gridMinutes
    let start = inUTC(local, population.zone(of: therapist))
    return CollisionQuery(
      therapist: therapist, client: client, session: start..<start + PopulationW.sessionMinutes)
  }

  /// Q4. The client is one of the therapist's, who is with the therapist whenever not free.
  public mutating func booking(inUTC: WallClock) -> BookingQuery {
    while true {
      let therapist = random.below(population.therapistCount)
      let free = population.hours(of: therapist).filter { !$0.isBooked }
      guard !free.isEmpty else { continue }
      let hour = free[random.below(free.count)]
      let clients = population.clients(of: therapist)
      let start = inUTC(hour.localStart, population.zone(of: therapist))
      drawnBookings += 1
      return BookingQuery(
        therapist: therapist, client: clients.lowerBound + random.below(clients.count),
        session: start..<start + PopulationW.sessionMinutes,
        number: population.therapistCount * PopulationW.bookingsMax + drawnBookings)
    }
  }

  /// Q5.
  public mutating func firstFree() -> FirstFreeQuery {
    FirstFreeQuery(
      therapists: different(QueriesW.lookupTherapistsMax),
      range: QueriesW.minutes(population.firstDay..<population.endDay))
  }

  /// Q6.
  public mutating func weeklyTimes() -> WeeklyTimesQuery {
    WeeklyTimesQuery(
      therapist: random.below(population.therapistCount), firstDay: population.firstDay,
      weeks: QueriesW.recurringWeeks)
  }

  private var nextWeek: Range<Int32> {
    QueriesW.minutes(population.firstDay..<population.firstDay + 7)
  }

  /// So many different therapists, ascending; all of them when there are fewer.
  private mutating func different(_ wanted: Int) -> [Int] {
    let count = population.therapistCount
    let size = min(wanted, count)
    // Floyd's way: as many draws as numbers, however many there are.
    var chosen: Set<Int> = []
    for bound in count - size..<count {
      let drawn = random.below(bound + 1)
      chosen.insert(chosen.contains(drawn) ? bound : drawn)
    }
    return chosen.sorted()
  }

  private static func minutes(_ days: Range<Int32>) -> Range<Int32> {
    days.lowerBound * 1_440..<days.upperBound * 1_440
  }
}
