/// How far ahead may be seen and booked, in calendar months from today (S-2).
public struct HorizonPolicy: Hashable, Sendable {
  /// For staff and therapists.
  public let staffMonths: Int
  public let clientMonths: Int

  public init(staffMonths: Int, clientMonths: Int) {
    self.staffMonths = staffMonths
    self.clientMonths = clientMonths
  }

  public static let standard = HorizonPolicy(staffMonths: 6, clientMonths: 1)

  /// The last day on which a session may start; it is included.
  public func lastDay(for role: Role, today: CivilDate) -> CivilDate {
    today.adding(months: months(for: role))
  }

  func months(for role: Role) -> Int {
    switch role {
    case .staff, .therapist: staffMonths
    case .client: clientMonths
    }
  }
}

/// When a service can be booked, with all that partner and therapist set for it reckoned in.
public struct BookingPolicy: Hashable, Sendable {
  public let horizons: HorizonPolicy
  /// How long before its start a session can still be booked; 0 is up to the start (S-4, kind 8).
  public let minimumNoticeMinutes: Int32

  /// - Parameter minimumNoticeMinutes: at least 0, at most a year.
  public init(horizons: HorizonPolicy, minimumNoticeMinutes: Int32) {
    precondition((0...527_040).contains(minimumNoticeMinutes), "notice is given within a year")
    self.horizons = horizons
    self.minimumNoticeMinutes = minimumNoticeMinutes
  }

  public static let standard = BookingPolicy(horizons: .standard, minimumNoticeMinutes: 0)
}
