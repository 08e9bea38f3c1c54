public import Intervals

/// What two sessions cannot share at once.
public enum Resource: Hashable, Sendable {
  case therapist(TherapistID)
  case room(RoomID)
  case client(ClientID)
}

/// Something that is in the way, and of whom.
public struct Collision: Hashable, Sendable {
  public let occupant: Occupant
  /// Of the session, without buffers.
  public let span: Span
  public let resource: Resource
  /// When it lapses unless it is renewed; nil for an appointment.
  public let holdExpiresAt: Instant?

  public init(
    occupant: Occupant, span: Span, resource: Resource, holdExpiresAt: Instant? = nil
  ) {
    self.occupant = occupant
    self.span = span
    self.resource = resource
    self.holdExpiresAt = holdExpiresAt
  }

  public init(appointment: AppointmentID, span: Span, resource: Resource) {
    self.init(occupant: .appointment(appointment), span: span, resource: resource)
  }
}

/// A cap that leaves no room for another session.
public struct ReachedCap: Hashable, Sendable {
  /// The day, or the Monday of the week.
  public let firstDay: CivilDate
  public let cap: Int
  /// How many sessions start in it already, holds among them.
  public let count: Int

  public init(firstDay: CivilDate, cap: Int, count: Int) {
    self.firstDay = firstDay
    self.cap = cap
    self.count = count
  }
}

/// A rule that a wished session breaks (S-4).
public enum Discrepancy: Hashable, Sendable {
  /// Not wholly within the hours of the chosen location.
  case outsideLocationHours
  /// Not wholly within the hours of all locations together. `outsideLocationHours` is named too.
  case outsideSchedule
  /// The start has passed.
  case inPast
  case therapistBusy([Collision])
  /// Of the room that was named, or of all the place's rooms, none of which is free.
  case roomBusy([Collision])
  case clientBusy([Collision])
  /// The last day on which a session may start; it would have been included.
  case beyondHorizon(lastDay: CivilDate)
  /// The first start of which notice would be given in time.
  case underNotice(earliestStart: Minute)
  /// No start of the grid, or in the second pass of a repeated hour (S-9).
  case offGrid
  /// One of them at least.
  case overCap(day: ReachedCap?, week: ReachedCap?)

  /// The number that S-4 gives it.
  public var kind: Int {
    switch self {
    case .outsideLocationHours: 1
    case .outsideSchedule: 2
    case .inPast: 3
    case .therapistBusy: 4
    case .roomBusy: 5
    case .clientBusy: 6
    case .beyondHorizon: 7
    case .underNotice: 8
    case .offGrid: 9
    case .overCap: 10
    }
  }
}
