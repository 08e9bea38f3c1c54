public import Availability

/// A change of a therapist's hours that tells what falls outside them (S-13).
public struct ScheduleChange: Hashable, Sendable {
  public enum Step: Hashable, Sendable {
    /// Takes the fields that are named from the schedule.
    case update(Schedule, Set<ScheduleField>)
    case addExceptions([ScheduleException])
    case removeExceptions([ScheduleExceptionID])

    public var kind: Kind {
      switch self {
      case .update: .update
      case .addExceptions: .addExceptions
      case .removeExceptions: .removeExceptions
      }
    }
  }

  public enum Kind: Hashable, Sendable {
    case update, addExceptions, removeExceptions
  }

  public let therapist: TherapistID
  /// The schedule's version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  public let step: Step

  public init(therapist: TherapistID, seenVersion: Int64?, step: Step) {
    self.therapist = therapist
    self.seenVersion = seenVersion
    self.step = step
  }
}

/// A schedule as changed, and what stands outside its hours now.
public struct ChangedSchedule: Hashable, Sendable {
  public let schedule: Schedule
  public let kind: ScheduleChange.Kind
  /// Appointments that are not over and not wholly within the hours of their location, nearest
  /// first; at most `affectedMax` of them.
  public let affected: [Appointment]
  /// How many there are in all.
  public let affectedCount: Int

  /// So many are named at most: an answer must fit a frame.
  public static let affectedMax = 1_000

  public init(
    schedule: Schedule, kind: ScheduleChange.Kind, affected: [Appointment], affectedCount: Int
  ) {
    self.schedule = schedule
    self.kind = kind
    self.affected = affected
    self.affectedCount = affectedCount
  }
}
