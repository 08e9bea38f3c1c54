public import Intervals

/// What two sessions cannot share at once.
public enum Resource: Hashable, Sendable {
  case therapist(TherapistID)
  case room(RoomID)
  case client(ClientID)
}

/// Something that is in the way, and of whom.
public struct Collision: Hashable, Sendable {
  public let appointment: AppointmentID
  public let span: Span
  public let resource: Resource

  public init(appointment: AppointmentID, span: Span, resource: Resource) {
    self.appointment = appointment
    self.span = span
    self.resource = resource
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
  /// No start of the grid, or in the second pass of a repeated hour (S-9).
  case offGrid

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
    case .offGrid: 9
    }
  }
}
