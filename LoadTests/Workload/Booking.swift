/// A start that a search offered.
public struct Slot: Equatable, Sendable {
  /// The therapist's number in the run's population.
  public let therapist: Int
  /// "thr_...".
  public let therapistID: String
  /// "svc_...".
  public let serviceID: String
  /// "loc_...".
  public let locationID: String
  /// When the session begins, in milliseconds since 1970 in UTC.
  public let startMs: Int64
  /// When it ends (exclusive).
  public let endMs: Int64

  public init(
    therapist: Int, therapistID: String, serviceID: String, locationID: String, startMs: Int64,
    endMs: Int64
  ) {
    self.therapist = therapist
    self.therapistID = therapistID
    self.serviceID = serviceID
    self.locationID = locationID
    self.startMs = startMs
    self.endMs = endMs
  }

  /// Whether the two cannot both be kept by one person: half-open, so touching is no overlap.
  func overlaps(_ other: Slot) -> Bool {
    overlaps(startMs: other.startMs, endMs: other.endMs)
  }

  func overlaps(startMs otherStartMs: Int64, endMs otherEndMs: Int64) -> Bool {
    startMs < otherEndMs && otherStartMs < endMs
  }
}

/// A booking that the server acknowledged to this run.
public struct Booking: Equatable, Sendable {
  /// "apt_...".
  public let appointmentID: String
  /// What was booked.
  public let slot: Slot
  /// The client's number in the run's population.
  public let client: Int
  /// "cli_...".
  public let clientID: String

  public init(appointmentID: String, slot: Slot, client: Int, clientID: String) {
    self.appointmentID = appointmentID
    self.slot = slot
    self.client = client
    self.clientID = clientID
  }
}
