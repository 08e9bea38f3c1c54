import Availability
import Intervals

let partner = PartnerID(rawValue: 1)
let office = LocationID(rawValue: 11)
let practice = LocationID(rawValue: 12)
let video = LocationID(rawValue: 13)
let blueRoom = RoomID(rawValue: 21)
let redRoom = RoomID(rawValue: 22)
let anna = TherapistID(rawValue: 31)
let carlo = ClientID(rawValue: 41)
let individual = ServiceID(rawValue: 51)

func appointment(_ number: UInt128) -> AppointmentID {
  AppointmentID(rawValue: number)
}

func tree(_ taken: [(UInt128, Span)]) -> IntervalTree {
  IntervalTree(taken.map { IntervalTree.Entry(span: $0.1, key: $0.0) })
}

func offer(
  _ id: ServiceID = individual, kind: String = "individual", minutes: Int32 = 50,
  grid: Grid = .standard, mode: SessionMode = .inPerson, at locations: [LocationID] = [office],
  cents: Int64 = 7_000, currency: String = "EUR", buffers: Buffers = .none,
  policy: BookingPolicy = .standard
) -> Offer {
  Offer(
    id: id, kind: kind, durationMinutes: minutes, grid: grid, mode: mode, locations: locations,
    price: Price(minorUnits: cents, currency: currency), buffers: buffers, policy: policy)
}

func place(
  _ id: LocationID = office, mode: SessionMode = .inPerson, city: String = "Roma",
  rooms: [RoomID] = []
) -> Place {
  Place(id: id, mode: mode, city: mode == .online ? "" : city, rooms: rooms)
}

/// Minutes after midnight; hours from 24 on are of the next day.
private func minutes(_ text: String) -> Int32 {
  let clock = text.split(separator: ":").map { Int32($0)! }
  return clock[0] * 60 + clock[1]
}

/// "09:00" to "13:00"; hours from 24 on are of the next day.
func window(
  _ weekday: Weekday, _ opens: String, _ closes: String, at location: LocationID = office,
  from: String? = nil, until: String? = nil
) -> WeeklyWindow {
  WeeklyWindow(
    weekday: weekday, opensMinute: minutes(opens), closesMinute: minutes(closes),
    location: location, validFrom: from.map(day), validUntil: until.map(day))!
}

private func exception(
  _ first: String, _ last: String?, _ effect: ScheduleException.Effect
) -> ScheduleException {
  ScheduleException(
    id: ScheduleExceptionID(rawValue: 61), firstDay: day(first), lastDay: day(last ?? first),
    effect: effect, note: "")!
}

/// Closed as a whole on some days.
func closed(_ first: String, to last: String? = nil, at location: LocationID? = nil)
  -> ScheduleException
{
  exception(first, last, .closed(.wholeDays, at: location))
}

/// Closed from "12:00" to "13:00" on some days.
func closed(
  _ first: String, to last: String? = nil, _ opens: String, _ closes: String,
  at location: LocationID? = nil
) -> ScheduleException {
  let hours = ScheduleException.Hours.between(
    opensMinute: minutes(opens), closesMinute: minutes(closes))
  return exception(first, last, .closed(hours, at: location))
}

/// Open from "18:00" to "20:00" on some days.
func extra(
  _ first: String, to last: String? = nil, _ opens: String, _ closes: String,
  at location: LocationID = office
) -> ScheduleException {
  exception(
    first, last,
    .extraHours(opensMinute: minutes(opens), closesMinute: minutes(closes), at: location))
}

/// A hold by itself: number, time and deadline.
func held(
  _ number: UInt128, _ span: Span, until expiresAt: Instant, buffers: Buffers = .none,
  therapist: TherapistID = anna, room: RoomID? = nil, client: ClientID? = nil
) -> HeldTime {
  HeldTime(
    occupation: Occupation(
      occupant: .hold(HoldID(rawValue: number)), span: span, buffers: buffers,
      therapist: therapist, room: room, client: client),
    expiresAt: expiresAt)
}

func everyDay(_ opens: String, _ closes: String, at location: LocationID = office) -> [WeeklyWindow]
{
  Weekday.allCases.map { window($0, opens, closes, at: location) }
}

func therapist(
  _ id: TherapistID = anna, of partner: PartnerID = partner, zone: Zone = rome,
  languages: [String] = ["it"], specialities: [String] = [], insurers: [String] = [],
  windows: [WeeklyWindow] = everyDay("09:00", "13:00"), exceptions: [ScheduleException] = [],
  holidays: [String] = [], offers: [Offer] = [offer()], places: [Place] = [place()],
  caps: SessionCaps = .none, busy: [(UInt128, Span)] = [], held: [HeldTime] = []
) -> TherapistEntry {
  TherapistEntry(
    id: id, partner: partner, zone: zone, languages: languages, specialities: specialities,
    insurers: insurers, windows: windows, exceptions: exceptions, holidays: holidays.map(day),
    offers: offers, places: places, caps: caps,
    busy: BusyTimes(sessions: tree(busy), held: held))
}

/// What takes the time of rooms and clients, as a test says it.
struct Booked: Occupancy {
  var rooms: [RoomID: [(UInt128, Span)]] = [:]
  var clients: [ClientID: [(UInt128, Span)]] = [:]
  var held: [HeldTime] = []

  func busy(of room: RoomID) -> BusyTimes {
    BusyTimes(sessions: tree(rooms[room] ?? []), held: holds { $0.room == room })
  }

  func busy(of client: ClientID) -> BusyTimes {
    BusyTimes(sessions: tree(clients[client] ?? []), held: holds { $0.client == client })
  }

  /// Rooms and clients are held without buffers.
  private func holds(_ concern: (Occupation) -> Bool) -> [HeldTime] {
    held.filter { concern($0.occupation) }.map {
      let all = $0.occupation
      return HeldTime(
        occupation: Occupation(
          occupant: all.occupant, span: all.span, buffers: .none, therapist: all.therapist,
          room: all.room, client: all.client),
        expiresAt: $0.expiresAt)
    }
  }
}

func moment(_ now: String, _ role: Role = .staff) -> Moment {
  Moment(now: utc(now).instant, role: role)
}
