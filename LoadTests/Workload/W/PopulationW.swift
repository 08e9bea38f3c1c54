/// Population W: the therapists and bookings that every performance goal is measured on.
///
/// So many therapists in five zones, who work Monday to Friday, 9 to 12 and 13 to 17, each with an
/// own location of one room and one service: 50 minutes on a 30-minute grid. Of the seven hours of
/// each working day in 26 weeks, 60 % are booked from the full hour: some 546 bookings a therapist,
/// and some 77 starts that are free in a month.
///
/// All of it follows from the numbers here, therapist by therapist: nothing but the one asked about
/// is ever in memory. Points in time are minutes since 1970-01-01T00:00Z.
public struct PopulationW: Hashable, Sendable {
  /// Therapists are numbered from 0; locations, rooms and services have their therapist's number.
  public let therapistCount: Int
  public let seed: UInt64
  /// The first day on which sessions are booked, in days since 1970-01-01.
  public let firstDay: Int32

  public init(therapistCount: Int, seed: UInt64 = 1, firstDay: Int32) {
    precondition(therapistCount > 0, "a population has a therapist")
    self.therapistCount = therapistCount
    self.seed = seed
    self.firstDay = firstDay
  }
}

/// What a wall clock shows, in minutes since 1970-01-01T00:00 on it, and in which of `zoneNames`.
///
/// The population knows no zones' rules: who draws bookings from it says what a reading is in UTC.
public typealias WallClock = (_ localMinute: Int32, _ zone: Int) -> Int32

// MARK: The directory

extension PopulationW {
  /// IANA names; a therapist's zone is an index into them.
  public static let zoneNames = [
    "Europe/Rome", "Europe/Warsaw", "Europe/Vienna", "Europe/Bucharest", "America/Sao_Paulo",
  ]
  /// BCP 47; a therapist speaks the language of their zone.
  public static let languages = ["it", "pl", "de", "ro", "pt-BR"]
  /// A therapist has one of these specialities, whatever the zone.
  public static let specialities = [
    "anxiety", "depression", "couples", "trauma", "adolescents", "eating-disorders", "addiction",
  ]
  public static let serviceKind = "individual"

  public static let sessionMinutes: Int32 = 50
  public static let gridMinutes: Int32 = 30
  public static let weeks = 26
  public static let days = weeks * 7
  /// Monday is 1.
  public static let workingWeekdays = 1...5
  /// When a working day opens and closes, in minutes after local midnight.
  public static let windows: [Range<Int32>] = [540..<720, 780..<1020]
  /// The starts of a working day that may be booked, in minutes after local midnight.
  public static let bookableMinutes: [Int32] = windows.flatMap {
    Array(stride(from: $0.lowerBound, to: $0.upperBound, by: 60))
  }
  public static let bookedPercent = 60
  /// One client for some 20 bookings.
  public static let clientsPerTherapist = 27

  public var clientCount: Int { therapistCount * PopulationW.clientsPerTherapist }
  /// The day after the last one on which sessions are booked.
  public var endDay: Int32 { firstDay + Int32(PopulationW.days) }

  public func zone(of therapist: Int) -> Int { therapist % PopulationW.zoneNames.count }

  public func language(of therapist: Int) -> String { PopulationW.languages[zone(of: therapist)] }

  public func speciality(of therapist: Int) -> String {
    PopulationW.specialities[therapist % PopulationW.specialities.count]
  }

  /// The clients who book with a therapist, and with nobody else.
  public func clients(of therapist: Int) -> Range<Int> {
    let first = therapist * PopulationW.clientsPerTherapist
    return first..<first + PopulationW.clientsPerTherapist
  }

  public func therapist(of client: Int) -> Int { client / PopulationW.clientsPerTherapist }

  /// Monday is 1.
  static func weekday(_ day: Int32) -> Int {
    // 1970-01-01 was a Thursday.
    let sinceMonday = (Int(day) + 3) % 7
    return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
  }
}

// MARK: What is booked

/// A session booked in population W.
public struct BookingW: Hashable, Sendable {
  /// Unique in the population, ascending with therapist and start; not every number is there.
  public let number: Int
  public let therapist: Int
  public let client: Int
  /// In UTC.
  public let start: Int32

  /// In UTC; the session ends before it.
  public var end: Int32 { start + PopulationW.sessionMinutes }
}

extension PopulationW {
  /// What is booked with a therapist, in order of start.
  public func bookings(of therapist: Int, inUTC: WallClock) -> [BookingW] {
    let zone = zone(of: therapist)
    let clients = clients(of: therapist)
    var bookings: [BookingW] = []
    bookings.reserveCapacity(PopulationW.bookingsMax)
    for hour in hours(of: therapist) where hour.isBooked {
      bookings.append(
        BookingW(
          number: therapist * PopulationW.bookingsMax + hour.index, therapist: therapist,
          client: clients.lowerBound + bookings.count % clients.count,
          start: inUTC(hour.localStart, zone)))
    }
    return bookings
  }
}

// MARK: Hours

extension PopulationW {
  /// An hour of a working day, which is booked or free.
  struct Hour: Hashable, Sendable {
    /// Counts the therapist's hours from 0.
    let index: Int
    let localStart: Int32
    let isBooked: Bool
  }

  /// The most that a therapist can have: all hours, of which there are as many whatever day is first.
  public static let bookingsMax = weeks * workingWeekdays.count * bookableMinutes.count

  /// When the hour with this index begins; the same for all therapists.
  func localStart(ofHour index: Int) -> Int32 {
    let perDay = PopulationW.bookableMinutes.count
    let workingDays = PopulationW.workingWeekdays.count
    // The working days before the first day in its week.
    let before = min(PopulationW.weekday(firstDay) - 1, workingDays)
    let monday = firstDay - Int32(PopulationW.weekday(firstDay) - 1)
    let (week, weekday) = (before + index / perDay).quotientAndRemainder(dividingBy: workingDays)
    let day = monday + Int32(week * 7 + weekday)
    return day * 1_440 + PopulationW.bookableMinutes[index % perDay]
  }

  /// All hours of a therapist, in order.
  func hours(of therapist: Int) -> [Hour] {
    // Different therapists' streams have nothing to do with each other.
    var mixer = SplitMix64(seed: seed)
    var random = SplitMix64(seed: mixer.next() ^ UInt64(therapist))
    random = SplitMix64(seed: random.next())
    var hours: [Hour] = []
    hours.reserveCapacity(PopulationW.bookingsMax)
    for day in firstDay..<endDay
    where PopulationW.workingWeekdays.contains(PopulationW.weekday(day)) {
      for minute in PopulationW.bookableMinutes {
        hours.append(
          Hour(
            index: hours.count, localStart: day * 1_440 + minute,
            isBooked: random.below(100) < PopulationW.bookedPercent))
      }
    }
    return hours
  }
}
