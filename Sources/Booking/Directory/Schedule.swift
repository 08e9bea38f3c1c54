public import Availability

/// A therapist's weekly hours (FHIR: Schedule).
public struct Schedule: Hashable, Sendable {
  public let therapist: TherapistID
  public var windows: [WeeklyWindow]
  public var version: Int64

  public init(therapist: TherapistID, windows: [WeeklyWindow], version: Int64) {
    self.therapist = therapist
    self.windows = windows
    self.version = version
  }
}
