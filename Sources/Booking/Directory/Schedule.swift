public import Availability

/// A therapist's weekly hours, with dated exceptions (FHIR: Schedule; S-8).
public struct Schedule: Hashable, Sendable {
  public let therapist: TherapistID
  public var windows: [WeeklyWindow]
  public var exceptions: [ScheduleException]
  /// Calendars of `PublicHolidays` on whose days no window opens.
  public var publicHolidays: [String]
  public var version: Int64

  public init(
    therapist: TherapistID, windows: [WeeklyWindow], exceptions: [ScheduleException] = [],
    publicHolidays: [String] = [], version: Int64
  ) {
    self.therapist = therapist
    self.windows = windows
    self.exceptions = exceptions
    self.publicHolidays = publicHolidays
    self.version = version
  }

  /// So many exceptions a schedule has at most.
  public static let exceptionsMax = 1_000

  /// The days of its calendars of public holidays, each once, ascending.
  public var holidays: [CivilDate] {
    // Most have one calendar or none: then its days are shared by all who close on them.
    if publicHolidays.count < 2 { return publicHolidays.first.flatMap(HolidayDays.of) ?? [] }
    return Set(publicHolidays.flatMap { HolidayDays.of($0) ?? [] }).sorted()
  }

  /// A therapist's profile with these hours instead of its own.
  func applied(to profile: TherapistProfile) -> TherapistProfile {
    TherapistProfile(
      id: profile.id, partner: profile.partner, zone: profile.zone, languages: profile.languages,
      specialities: profile.specialities, insurers: profile.insurers, windows: windows,
      exceptions: exceptions, holidays: holidays, offers: profile.offers, places: profile.places,
      caps: profile.caps)
  }

  /// The same with its exceptions as they are listed: in order of their first day, then id.
  func inOrder() -> Schedule {
    var result = self
    result.exceptions.sort { ($0.firstDay, $0.id) < ($1.firstDay, $1.id) }
    return result
  }
}

private enum HolidayDays {
  private static let byCalendar = Dictionary(
    uniqueKeysWithValues: PublicHolidays.names.map { name in
      (name, PublicHolidays.calendar(name)?.holidays.map(\.day) ?? [])
    })

  static func of(_ calendar: String) -> [CivilDate]? { byCalendar[calendar] }
}

/// The fields of a schedule that an update can name.
public enum ScheduleField: String, CaseIterable, Sendable {
  case windows
  case exceptions
  case publicHolidays = "public_holidays"
}

extension Schedule {
  /// This schedule with the named fields taken from another.
  func taking(_ fields: Set<ScheduleField>, from other: Schedule) -> Schedule {
    var result = self
    for field in ScheduleField.allCases where fields.contains(field) {
      switch field {
      case .windows: result.windows = other.windows
      case .exceptions: result.exceptions = other.exceptions
      case .publicHolidays: result.publicHolidays = other.publicHolidays
      }
    }
    return result
  }
}
