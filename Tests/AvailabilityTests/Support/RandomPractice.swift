import Availability
import Intervals

/// A therapist with hours, rooms and bookings of all kinds, near a random change of the clock.
struct RandomPractice {
  let zone: Zone
  let windows: [WeeklyWindow]
  let offer: Offer
  let place: Place
  let taken: [(UInt128, Span)]
  let booked: Booked
  let moment: Moment
  /// Some days around the changes of the clock.
  let range: Span

  private static let center = utc("2026-11-25T00:00Z").sinceEpoch

  init(_ random: inout SplitMix64) {
    let center = RandomPractice.center
    zone =
      random.chance(oneIn: 4)
      ? random.pick([rome, kathmandu, greenwich]) : randomZone(near: center, &random)
    let grid = Grid(
      stepMinutes: random.pick(Grid.allSteps), fullHoursOnly: random.chance(oneIn: 6))!
    let minutes = random.chance(oneIn: 8) ? random.int32(in: 1...1_500) : random.int32(in: 5...120)
    offer = AvailabilityTests.offer(minutes: minutes, grid: grid, at: [office, practice])
    let rooms = [[], [blueRoom], [redRoom, blueRoom]][Int(random.int32(in: 0...2))]
    place = AvailabilityTests.place(rooms: rooms)
    windows = RandomPractice.windows(&random)
    taken = RandomPractice.taken(upTo: 12, &random)
    booked = Booked(
      rooms: [
        blueRoom: RandomPractice.taken(upTo: 12, &random),
        redRoom: RandomPractice.taken(upTo: 12, &random),
      ],
      clients: [carlo: RandomPractice.taken(upTo: 4, &random)])
    let start = center - random.int32(in: 0...2_000)
    range = Span(
      from: Minute(sinceEpoch: start), lastingMinutes: random.int32(in: 1...2_000))!
    // Most often before it all, sometimes amidst it; the horizon falls into it now and then.
    let now = random.chance(oneIn: 3) ? center + random.int32(in: -1_500...1_500) : center - 3_000
    let isSoon = random.chance(oneIn: 4)
    moment = Moment(
      now: Minute(sinceEpoch: now).instant.advanced(byMs: Int64(random.int32(in: 0...2))),
      role: random.pick([.staff, .therapist, .client]),
      horizons: isSoon ? HorizonPolicy(staffMonths: 0, clientMonths: 0) : .standard)
  }

  var entry: TherapistEntry {
    therapist(
      zone: zone, windows: windows, offers: [offer],
      places: [place, AvailabilityTests.place(practice)],
      busy: taken)
  }

  var evaluator: Evaluator<Booked> {
    Evaluator(therapist: entry, moment: moment, occupancy: booked)
  }

  func wish(start: Minute, room: RoomID? = nil, client: ClientID? = nil) -> Wish {
    Wish(offer: offer, place: place, room: room, start: start, client: client)
  }

  /// A cheap condition that all starts meet: it spares tests most of the asking.
  func mightStart(at minute: Minute) -> Bool {
    offer.grid.allows(zone.local(minute))
  }

  private static func windows(_ random: inout SplitMix64) -> [WeeklyWindow] {
    var windows: [WeeklyWindow] = []
    for weekday in Weekday.allCases where !random.chance(oneIn: 5) {
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let opens = random.int32(in: 0...95) * 15
        let length =
          random.chance(oneIn: 5) ? random.int32(in: 1...1_440) : random.int32(in: 1...40) * 15
        windows.append(
          WeeklyWindow(
            weekday: weekday, opensMinute: opens, closesMinute: opens + length,
            location: random.chance(oneIn: 4) ? practice : office)!)
      }
    }
    return windows
  }

  private static func taken(upTo count: Int, _ random: inout SplitMix64) -> [(UInt128, Span)] {
    (0..<Int.random(in: 0...count, using: &random)).map { number in
      let start = Minute(sinceEpoch: center + random.int32(in: -2_500...2_500))
      return (UInt128(number), Span(from: start, lastingMinutes: random.int32(in: 1...200))!)
    }
  }
}
