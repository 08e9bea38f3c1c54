internal import Availability

/// How a therapist's week is usually laid out, wherever they work.
struct WorkingPattern: Sendable {
  let shifts: [Shift]

  init(_ shifts: Shift...) {
    self.shifts = shifts
  }

  /// The days worked, Monday first.
  var weekdays: [Weekday] {
    Weekday.allCases.filter { day in shifts.contains { $0.weekdays.contains(day) } }
  }
}

/// Hours without a break, on some days of the week.
struct Shift: Sendable {
  let weekdays: [Weekday]
  /// Minutes after local midnight.
  let opensMinute: Int32
  let closesMinute: Int32

  /// The times are written as a clock shows them: 9_30 is half past nine.
  init(_ weekdays: [Weekday], _ opens: Int32, _ closes: Int32) {
    self.weekdays = weekdays
    opensMinute = opens / 100 * 60 + opens % 100
    closesMinute = closes / 100 * 60 + closes % 100
  }
}

extension [Weekday] {
  static let workdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
  static let mondayToThursday: [Weekday] = [.monday, .tuesday, .wednesday, .thursday]
}
