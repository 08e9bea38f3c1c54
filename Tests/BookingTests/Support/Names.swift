internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

let partner = PartnerID(rawValue: 1)
let otherPartner = PartnerID(rawValue: 2)

let office = LocationID(rawValue: 11)
let video = LocationID(rawValue: 12)
let villa = LocationID(rawValue: 13)

let blueRoom = RoomID(rawValue: 21)
let redRoom = RoomID(rawValue: 22)

/// Of the practice.
let anna = TherapistID(rawValue: 31)
/// Of the practice.
let bruno = TherapistID(rawValue: 32)
/// Of another partner.
let foreigner = TherapistID(rawValue: 39)

let carlo = ClientID(rawValue: 41)
let daria = ClientID(rawValue: 42)

/// 50 minutes with Anna, at the office.
let individual = ServiceID(rawValue: 51)
/// 20 minutes with Anna, by video, free.
let firstTalk = ServiceID(rawValue: 52)
/// 60 minutes with Bruno, at the office.
let couple = ServiceID(rawValue: 53)

let desk = Actor.staff(name: "desk")

func holdID(_ number: UInt128) -> HoldID {
  HoldID(rawValue: 2_000 + number)
}

func appointmentID(_ number: UInt128) -> AppointmentID {
  AppointmentID(rawValue: 1_000 + number)
}

/// A point in time: `utc("2026-11-23T09:00Z")`.
func utc(_ text: String) -> Minute {
  Minute(sinceEpoch: wall(text).sinceEpoch)
}

/// What clocks in Rome show, as a point in time: `inRome("2026-11-24T10:00")`.
func inRome(_ text: String) -> Minute {
  rome.edge(wall(text))
}

/// What clocks show: `wall("2026-11-24T10:00")`.
func wall(_ text: String) -> LocalMinute {
  let clock = text.dropFirst(11).prefix(5).split(separator: ":").map { Int32($0)! }
  return LocalMinute(
    date: CivilDate(String(text.prefix(10)))!, minuteOfDay: clock[0] * 60 + clock[1])
}

func span(_ start: Minute, minutes: Int32) -> Span {
  Span(from: start, lastingMinutes: minutes)!
}

let rome = Zone(
  name: "Europe/Rome", initialOffsetMinutes: 60,
  transitions: [
    Zone.Transition(at: utc("2027-03-28T01:00Z"), offsetMinutes: 120),
    Zone.Transition(at: utc("2027-10-31T01:00Z"), offsetMinutes: 60),
  ])!

func euro(_ cents: Int64) -> Money {
  Money(minorUnits: cents, currency: Currency("EUR")!)
}

extension Decision {
  var refusal: Refusal? {
    switch self {
    case .refuse(let refusal): refusal
    case .change: nil
    }
  }

  var change: Change? {
    switch self {
    case .refuse: nil
    case .change(let change): change
    }
  }

  /// Of a booking that went well.
  var booked: Appointment? {
    if case .booked(let appointment) = change?.answer { appointment } else { nil }
  }

  /// Of a hold that was taken or renewed.
  var held: Hold? {
    switch change?.answer {
    case .holdTaken(let hold), .holdRenewed(let hold): hold
    default: nil
    }
  }

  /// Of a cancellation that went well.
  var cancelled: Appointment? {
    if case .cancelled(let cancellation) = change?.answer { cancellation.appointment } else { nil }
  }

  /// Of a booking that the rules of S-4 refused.
  var discrepancies: [Discrepancy] {
    if case .unbookable(let discrepancies, _, _) = refusal { discrepancies } else { [] }
  }
}
