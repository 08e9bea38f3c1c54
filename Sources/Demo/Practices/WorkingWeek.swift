internal import Availability

/// A working pattern with the places where it is worked.
struct WorkingWeek {
  private let pattern: WorkingPattern
  private let offices: [LocationID]
  private let online: LocationID?

  /// - Parameter offices: two at most; without any, `online` is where all hours are.
  init(_ pattern: WorkingPattern, offices: [LocationID], online: LocationID?) {
    self.pattern = pattern
    self.offices = offices
    self.online = online
  }

  var windows: [WeeklyWindow] {
    shifts.flatMap { shift in
      shift.locations.compactMap {
        WeeklyWindow(
          weekday: shift.weekday, opensMinute: shift.opensMinute,
          closesMinute: shift.closesMinute, location: $0)
      }
    }
  }

  /// Sessions begin an hour after each other, with ten minutes in between.
  ///
  /// - Parameter stepMinutes: of the grid of starts.
  func sessionHours(stepMinutes: Int32) -> [SessionHour] {
    shifts.flatMap { shift in
      let late = shift.opensMinute % stepMinutes
      let first = late == 0 ? shift.opensMinute : shift.opensMinute + stepMinutes - late
      let lastStart = shift.closesMinute - SessionHour.sessionMinutes
      return stride(from: first, through: lastStart, by: Int(SessionHour.minutes)).map {
        SessionHour(weekday: shift.weekday, minuteOfDay: $0, locations: shift.locations)
      }
    }
  }

  private struct PlacedShift {
    let weekday: Weekday
    let opensMinute: Int32
    let closesMinute: Int32
    let locations: [LocationID]
  }

  /// Monday first.
  private var shifts: [PlacedShift] {
    let weekdays = pattern.weekdays
    return weekdays.enumerated().flatMap { index, weekday in
      let places = locations(onWorkingDay: index, of: weekdays.count)
      return pattern.shifts.filter { $0.weekdays.contains(weekday) }.map {
        PlacedShift(
          weekday: weekday, opensMinute: $0.opensMinute, closesMinute: $0.closesMinute,
          locations: places)
      }
    }
  }

  /// Who has two offices changes every day; who works online too does so on the last two days.
  private func locations(onWorkingDay index: Int, of count: Int) -> [LocationID] {
    let remote = online.map { [$0] } ?? []
    if offices.isEmpty { return remote }
    let office = [offices[index % offices.count]]
    return index >= count - 2 ? office + remote : office
  }
}

/// An hour of every week into which one session fits.
struct SessionHour {
  static let minutes: Int32 = 60
  static let sessionMinutes: Int32 = 50

  let weekday: Weekday
  /// Local.
  let minuteOfDay: Int32
  /// Where the therapist could be then.
  let locations: [LocationID]
}
