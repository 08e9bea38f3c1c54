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
  cents: Int64 = 7_000, currency: String = "EUR"
) -> Offer {
  Offer(
    id: id, kind: kind, durationMinutes: minutes, grid: grid, mode: mode, locations: locations,
    price: Price(minorUnits: cents, currency: currency))
}

func place(
  _ id: LocationID = office, mode: SessionMode = .inPerson, city: String = "Roma",
  rooms: [RoomID] = []
) -> Place {
  Place(id: id, mode: mode, city: mode == .online ? "" : city, rooms: rooms)
}

/// "09:00" to "13:00"; hours from 24 on are of the next day.
func window(
  _ weekday: Weekday, _ opens: String, _ closes: String, at location: LocationID = office
) -> WeeklyWindow {
  func minutes(_ text: String) -> Int32 {
    let clock = text.split(separator: ":").map { Int32($0)! }
    return clock[0] * 60 + clock[1]
  }
  return WeeklyWindow(
    weekday: weekday, opensMinute: minutes(opens), closesMinute: minutes(closes),
    location: location)!
}

func everyDay(_ opens: String, _ closes: String, at location: LocationID = office) -> [WeeklyWindow]
{
  Weekday.allCases.map { window($0, opens, closes, at: location) }
}

func therapist(
  _ id: TherapistID = anna, of partner: PartnerID = partner, zone: Zone = rome,
  languages: [String] = ["it"], specialities: [String] = [], insurers: [String] = [],
  windows: [WeeklyWindow] = everyDay("09:00", "13:00"), offers: [Offer] = [offer()],
  places: [Place] = [place()], busy: [(UInt128, Span)] = []
) -> TherapistEntry {
  TherapistEntry(
    id: id, partner: partner, zone: zone, languages: languages, specialities: specialities,
    insurers: insurers, windows: windows, offers: offers, places: places, busy: tree(busy))
}

/// What takes the time of rooms and clients, as a test says it.
struct Booked: Occupancy {
  var rooms: [RoomID: [(UInt128, Span)]] = [:]
  var clients: [ClientID: [(UInt128, Span)]] = [:]

  func busy(of room: RoomID) -> IntervalTree { tree(rooms[room] ?? []) }
  func busy(of client: ClientID) -> IntervalTree { tree(clients[client] ?? []) }
}

func moment(
  _ now: String, _ role: Role = .staff, horizons: HorizonPolicy = .standard
) -> Moment {
  Moment(now: utc(now).instant, role: role, horizons: horizons)
}
