internal import Availability
internal import Intervals
internal import Limits
internal import Workload

/// The questions to one world, drawn once and asked of ours and of the limits alike.
final class Questions {
  let months: StableArray<limits_month>
  let sessions: StableArray<limits_session>
  let bookings: StableArray<limits_session>
  let weeklies: StableArray<limits_weekly>
  /// Q2, and Q5.
  let firstStarts: Candidates
  let firstFree: Candidates
  /// Q2 again, as ours is asked.
  let firstOfMany: [SlotQuery]
  private let nextWeek: Span
  private let moment: Moment

  init(_ world: World, seed: UInt64 = 1) {
    moment = world.moment
    var queries = QueriesW(of: world.population, seed: seed)
    months = Questions.draw {
      let query = queries.month()
      return limits_month(
        therapist: UInt32(query.therapist), from: query.range.lowerBound,
        until: query.range.upperBound)
    }
    sessions = Questions.draw {
      let query = queries.collision(inUTC: Zones.inUTC)
      return limits_session(
        therapist: UInt32(query.therapist), client: UInt32(query.client),
        start: query.session.lowerBound)
    }
    bookings = Questions.draw {
      let query = queries.booking(inUTC: Zones.inUTC)
      return limits_session(
        therapist: UInt32(query.therapist), client: UInt32(query.client),
        start: query.session.lowerBound)
    }
    weeklies = Questions.draw {
      let query = queries.weeklyTimes()
      return limits_weekly(
        therapist: UInt32(query.therapist), first_day: query.firstDay, weeks: Int32(query.weeks))
    }
    let first = (0..<Questions.many).map { _ in queries.firstStarts() }
    firstStarts = Candidates(
      first.map(\.candidates), range: first[0].range, wanted: first[0].limit)
    nextWeek = Span(
      from: Minute(sinceEpoch: first[0].range.lowerBound),
      to: Minute(sinceEpoch: first[0].range.upperBound))!
    firstOfMany = first.map { [nextWeek, moment] query in
      let candidates = query.candidates.map { TherapistID(rawValue: PopulationW.rawID($0)) }
      return SlotQuery(
        range: nextWeek, filter: SlotFilter(therapists: candidates), limit: query.limit,
        after: nil, moment: moment)
    }
    let lookups = (0..<Questions.lookups).map { _ in queries.firstFree() }
    firstFree = Candidates(lookups.map(\.therapists), range: lookups[0].range, wanted: 1)
  }

  private static func draw<Question>(_ next: () -> Question) -> StableArray<Question> {
    StableArray((0..<singles).map { _ in next() })
  }

  /// Q2+.
  func ofEveryone(_ language: String?) -> SlotQuery {
    SlotQuery(
      range: nextWeek, filter: SlotFilter(language: language), limit: QueriesW.startsWanted,
      after: nil, moment: moment)
  }

  /// A bit for each therapist who speaks a language.
  func speakers(of language: String, _ population: PopulationW) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: (population.therapistCount + 63) / 64)
    for therapist in 0..<population.therapistCount
    where population.language(of: therapist) == language {
      bits[therapist / 64] |= 1 << UInt64(therapist % 64)
    }
    return bits
  }

  /// How many there are of those that ask about one therapist.
  static let singles = 131_072
  static let many = 2_048
  static let lookups = 64
}

/// Questions about many therapists, as the limits read them.
final class Candidates {
  let queries: StableArray<limits_many>
  private let therapists: StableArray<UInt32>

  init(_ lists: [[Int]], range: Range<Int32>, wanted: Int) {
    therapists = StableArray(lists.flatMap { $0.map(UInt32.init) })
    var queries: [limits_many] = []
    var first = 0
    for list in lists {
      queries.append(
        limits_many(
          therapists: therapists.at(first..<first + list.count), count: UInt32(list.count),
          from: range.lowerBound, until: range.upperBound, wanted: UInt32(wanted)))
      first += list.count
    }
    self.queries = StableArray(queries)
  }
}
