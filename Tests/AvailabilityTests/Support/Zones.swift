import Availability
import Intervals

private func zone(_ name: String, from initial: Int32, _ transitions: [(String, Int32)]) -> Zone {
  Zone(
    name: name, initialOffsetMinutes: initial,
    transitions: transitions.map { Zone.Transition(at: utc($0), offsetMinutes: $1) })!
}

let rome = zone(
  "Europe/Rome", from: 60,
  [
    ("2026-03-29T01:00Z", 120), ("2026-10-25T01:00Z", 60),
    ("2027-03-28T01:00Z", 120), ("2027-10-31T01:00Z", 60),
  ])

/// Changed its clocks at midnight, until it gave daylight saving up in 2019.
let saoPaulo = zone(
  "America/Sao_Paulo", from: -120,
  [
    ("2017-02-19T02:00Z", -180), ("2017-10-15T03:00Z", -120), ("2018-02-18T02:00Z", -180),
    ("2018-11-04T03:00Z", -120), ("2019-02-17T02:00Z", -180),
  ])

/// Changes by half an hour.
let lordHowe = zone(
  "Australia/Lord_Howe", from: 660,
  [
    ("2026-04-04T15:00Z", 630), ("2026-10-03T15:30Z", 660),
    ("2027-04-03T15:00Z", 630), ("2027-10-02T15:30Z", 660),
  ])

/// Half an hour off the full one, with summer time in the southern summer.
let adelaide = zone(
  "Australia/Adelaide", from: 630,
  [
    ("2026-04-04T16:30Z", 570), ("2026-10-03T16:30Z", 630),
    ("2027-04-03T16:30Z", 570), ("2027-10-02T16:30Z", 630),
  ])

/// Crossed the date line: 2011-12-30 did not take place.
let apia = zone(
  "Pacific/Apia", from: -600,
  [
    ("2011-04-02T14:00Z", -660), ("2011-09-24T14:00Z", -600), ("2011-12-30T10:00Z", 840),
    ("2012-03-31T14:00Z", 780), ("2012-09-29T14:00Z", 840),
  ])

/// Put its clocks back at one minute past midnight, into the day before.
let stJohns = zone(
  "America/St_Johns", from: -210, [("2010-03-14T03:31Z", -150), ("2010-11-07T02:31Z", -210)])

let kathmandu = zone("Asia/Kathmandu", from: 345, [])

let greenwich = zone("UTC", from: 0, [])

/// A zone, and a minute near which its clocks change.
struct ClockChange {
  let zone: Zone
  let near: Minute

  static let known: [ClockChange] = [
    (rome, "2026-10-25T01:00Z"), (rome, "2027-03-28T01:00Z"),
    (lordHowe, "2026-10-03T15:30Z"), (lordHowe, "2027-04-03T15:00Z"),
    (adelaide, "2026-10-03T16:30Z"), (adelaide, "2027-04-03T16:30Z"),
    (saoPaulo, "2018-02-18T02:00Z"), (saoPaulo, "2018-11-04T03:00Z"),
    (apia, "2011-12-30T10:00Z"), (stJohns, "2010-11-07T02:31Z"),
    (kathmandu, "2026-11-25T00:00Z"), (greenwich, "2026-11-25T00:00Z"),
  ].map { ClockChange(zone: $0, near: utc($1)) }
}
