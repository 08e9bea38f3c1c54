internal import Availability
internal import Booking
internal import Intervals

/// Fills a city's diary: first with those who come every week, then, week by week, with single
/// sessions up to what is usual.
///
/// Therapists take turns in an order that is dealt out, so that all who share rooms get some.
struct DiaryFilling {
  private(set) var clientele: Clientele
  private(set) var diary: Diary

  private let practitioners: [Practitioner]
  private let plan: DemoPlan
  private let zone: Zone
  private let at: Instant
  /// For each therapist, how many hours of each week are to be booked yet.
  private var hoursLeft: [[Int]]

  private static let attempts = 12

  init(
    of city: City, in zone: Zone, practitioners: [Practitioner], plan: DemoPlan, at: Instant,
    dice: inout Dice
  ) {
    self.practitioners = practitioners
    self.plan = plan
    self.zone = zone
    self.at = at
    var goals: [[Int]] = []
    for practitioner in practitioners {
      goals.append(
        (0..<plan.weeksBooked).map { week in
          Demand.hours(
            Demand.percent(week: week, of: plan.weeksBooked), of: practitioner.hours.count,
            dice: &dice)
        })
    }
    hoursLeft = goals
    clientele = Clientele(
      of: city, sessions: goals.map { $0.reduce(0, +) }, at: at, dice: &dice)
    diary = Diary(practitioners, at: at)
    guard plan.weeksBooked > 0 else { return }
    bookRegulars(dice: &dice)
    for week in 0..<plan.weeksBooked { bookSingles(week: week, dice: &dice) }
  }

  private mutating func bookRegulars(dice: inout Dice) {
    var turns: [(practitioner: Int, turn: Int)] = []
    for (number, practitioner) in practitioners.enumerated() {
      let count = Demand.hours(
        Demand.regularPercent, of: practitioner.hours.count, dice: &dice)
      turns += (0..<count).map { (number, $0) }
    }
    dice.shuffle(&turns)
    for (practitioner, turn) in turns {
      guard let client = clientele.regular(turn, of: practitioner) else { continue }
      bookRegular(client, with: practitioner, dice: &dice)
    }
  }

  /// The same hour for most of the weeks: some begin late, some stop early, some miss one.
  private mutating func bookRegular(_ client: Int, with practitioner: Int, dice: inout Dice) {
    let count = plan.weeksBooked
    for _ in 0..<DiaryFilling.attempts {
      let session = session(of: practitioner, asRegular: true, dice: &dice)
      let first = dice.happens(percent: 80) ? 0 : min(1, count - 1)
      let end = dice.happens(percent: 55) ? count : max(first + 1, dice.within(count / 2...count))
      guard book(session, with: practitioner, for: client, week: first, dice: &dice) else {
        continue
      }
      for week in (first + 1)..<max(first + 1, end) where !dice.happens(percent: 7) {
        _ = book(session, with: practitioner, for: client, week: week, dice: &dice)
      }
      return
    }
  }

  private mutating func bookSingles(week: Int, dice: inout Dice) {
    var turns: [Int] = []
    for number in practitioners.indices {
      turns += Array(repeating: number, count: max(0, hoursLeft[number][week]))
    }
    dice.shuffle(&turns)
    for practitioner in turns where hoursLeft[practitioner][week] > 0 {
      for _ in 0..<DiaryFilling.attempts {
        let session = session(of: practitioner, asRegular: false, dice: &dice)
        let isNew = session.offer.kind == PriceList.Kind.firstVisit.rawValue
        guard let client = clientele.anyone(of: practitioner, isNew: isNew, dice: &dice) else {
          return
        }
        if book(session, with: practitioner, for: client, week: week, dice: &dice) { break }
      }
    }
  }

  private struct Session {
    let hour: SessionHour
    let offer: Offer
    let place: Place
  }

  /// One that the therapist offers at that hour. Late hours are asked for more often.
  private func session(of practitioner: Int, asRegular: Bool, dice: inout Dice) -> Session {
    let practitioner = practitioners[practitioner]
    var hour = dice.pick(practitioner.hours)
    if dice.happens(percent: 30) {
      let other = dice.pick(practitioner.hours)
      if other.minuteOfDay > hour.minuteOfDay { hour = other }
    }
    let location = dice.pick(hour.locations)
    let offers = practitioner.profile.offers.filter { $0.locations.contains(location) }
    let chance = dice.below(100)
    let wanted: PriceList.Kind =
      switch chance {
      case ..<12: .couple
      case ..<22: asRegular ? .individual : .firstVisit
      default: .individual
      }
    guard let place = practitioner.profile.place(location),
      let offer = offers.first(where: { $0.kind == wanted.rawValue })
        ?? offers.first(where: { $0.kind == PriceList.Kind.individual.rawValue })
    else { preconditionFailure("individual sessions are offered wherever a therapist works") }
    return Session(hour: hour, offer: offer, place: place)
  }

  /// False when it cannot be booked, or the client has a session that day.
  private mutating func book(
    _ session: Session, with practitioner: Int, for client: Int, week: Int, dice: inout Dice
  ) -> Bool {
    let daysAhead = (session.hour.weekday.rawValue - plan.today.weekday.rawValue + 7) % 7
    let day = plan.today.adding(days: 7 * week + daysAhead)
    guard !clientele.hasSession(client, on: day) else { return false }
    let start = zone.edge(LocalMinute(date: day, minuteOfDay: session.hour.minuteOfDay))
    let isBooked = diary.book(
      session.offer, at: session.place, of: practitioners[practitioner].therapist.id,
      for: clientele.ids[client], start: start, id: dice.id(at: at))
    guard isBooked else { return false }
    clientele.noteSession(of: client, on: day)
    hoursLeft[practitioner][week] -=
      Int((session.offer.durationMinutes + SessionHour.minutes - 1) / SessionHour.minutes)
    return true
  }
}
