internal import Accounting
public import Availability
public import Booking
public import Intervals

/// Therapists of five cities with offices, prices, hours, clients and bookings for the weeks to
/// come: what an empty database is filled with to be shown.
///
/// It follows from the plan and the zones' rules alone. E-mail addresses and telephone numbers are
/// well formed, and nobody's. The time that it takes grows with the number of bookings.
public struct DemoPopulation: Sendable {
  /// When all of it is put in: midnight UTC of the plan's day, before every booking's start.
  public let at: Instant
  public let locations: [Location]
  public let therapists: [Therapist]
  public let services: [HealthcareService]
  /// In the therapists' order.
  public let schedules: [Schedule]
  /// With their ids; their consents were given before `at`.
  public let clients: [Registration]
  /// With their ids, and rooms where the location has any. Made one after another at `at` by staff,
  /// when directory and clients are in, each is accepted.
  public let bookings: [BookingWish]

  /// - Parameter zone: the rules of an IANA zone, for at least as long as is booked. A city whose
  ///   zone is not known has no therapists; the others have more.
  public init(plan: DemoPlan, zone: (String) -> Zone?) {
    precondition(plan.therapistCount >= 0, "a population has no fewer than no therapists")
    precondition((0...26).contains(plan.weeksBooked), "staff book for 26 weeks at most")
    let at = LocalMinute(date: plan.today, minuteOfDay: 0).asUTC.instant
    var locations: [Location] = []
    var practitioners: [Practitioner] = []
    var clients: [Registration] = []
    var bookings: [BookingWish] = []
    let cities = City.all.compactMap { city in zone(city.zoneName).map { (city, $0) } }
    for (number, (city, zone)) in cities.enumerated() {
      var dice = Dice(seed: plan.seed, stream: number)
      let share =
        plan.therapistCount / cities.count
        + (number < plan.therapistCount % cities.count ? 1 : 0)
      let directory = CityDirectory(
        of: city, in: zone, therapistCount: share, at: at, dice: &dice)
      let filling = DiaryFilling(
        of: city, in: zone, practitioners: directory.practitioners, plan: plan, at: at,
        dice: &dice)
      locations += directory.locations
      practitioners += directory.practitioners
      clients += filling.clientele.registrations
      bookings += filling.diary.bookings
    }
    self.at = at
    self.locations = locations
    therapists = practitioners.map(\.therapist)
    services = practitioners.flatMap(\.services)
    schedules = practitioners.map(\.schedule)
    self.clients = clients
    self.bookings = bookings
  }

  /// Everything but clients and bookings, as one import.
  public var directory: DirectoryPut {
    var entries: [DirectoryPut.Entry] = []
    func add(_ list: String, _ values: [DirectoryEntry]) {
      for (index, value) in values.enumerated() {
        entries.append(
          DirectoryPut.Entry(path: "\(list)[\(index)]", value: value, mode: .replace))
      }
    }
    add("locations", locations.map { .location($0, Set(LocationField.allCases)) })
    add("therapists", therapists.map { .therapist($0, Set(TherapistField.allCases)) })
    add("services", services.map { .service($0, Set(HealthcareServiceField.allCases)) })
    add("schedules", schedules.map { .schedule($0) })
    return DirectoryPut(entries: entries, isImport: true)
  }
}

extension LocalMinute {
  /// The point in time at which a clock in Greenwich shows this.
  fileprivate var asUTC: Minute { Minute(sinceEpoch: sinceEpoch) }
}
