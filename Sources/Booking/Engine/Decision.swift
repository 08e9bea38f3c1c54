public import Availability
public import Intervals

/// What the engine says to a command.
public enum Decision: Hashable, Sendable {
  case refuse(Refusal)
  case change(Change)
}

/// What is to be made durable, all of it or nothing, and what the caller is told.
public struct Change: Hashable, Sendable {
  public let events: [Event]
  /// Promised in the transaction, performed after it.
  public let effects: [Effect]
  public let answer: Answer

  public init(events: [Event], effects: [Effect] = [], answer: Answer) {
    self.events = events
    self.effects = effects
    self.answer = answer
  }
}

/// Something that happened.
public enum Event: Hashable, Sendable {
  case clientRegistered(Client)
  /// The client is on the therapist's list from here on; happens again without harm.
  case clientListed(TherapistID, ClientID)
  case appointmentBooked(Appointment, Transition)
  case appointmentCancelled(Appointment, Transition)
  case holdTaken(Hold)
  case holdRenewed(Hold)
  case holdReleased(Hold)
  /// The appointment takes its place.
  case holdBooked(Hold, by: AppointmentID)
  /// It was over at its deadline; from here on nothing is kept of what it took.
  case holdLapsed(HoldID)
  case locationPut(Location)
  case therapistPut(Therapist)
  case servicePut(HealthcareService)
  case schedulePut(Schedule)
  case policyPut(PartnerPolicy)
}

/// Something to be done outside, at least once (N-1, N-4).
public enum Effect: Hashable, Sendable {
  case message(MessageKind, to: Recipient, about: AppointmentID)
}

public enum MessageKind: String, CaseIterable, Sendable {
  case bookingConfirmed = "BOOKING_CONFIRMED"
  case appointmentCancelled = "APPOINTMENT_CANCELLED"
}

public enum Recipient: Hashable, Sendable {
  case therapist(TherapistID)
  case client(ClientID)
}

/// What the caller is told when it went well.
public enum Answer: Hashable, Sendable {
  case client(Client)
  case booked(Appointment)
  case cancelled(Appointment)
  case holdTaken(Hold)
  case holdRenewed(Hold)
  case holdReleased
  case directory(DirectoryEntry, created: Bool)
  case imported(created: Int, replaced: Int)
  case schedule(ChangedSchedule)
  case policy(PartnerPolicy)
}

/// Why not, with the facts. An answer like any other.
public enum Refusal: Hashable, Sendable {
  /// No such thing, or it is another partner's; `field` says which part of the request named it.
  case notFound(id: String, field: String)
  /// Fields that only the facts show to be wrong.
  case invalid([FieldFault])
  /// The id that the caller chose is taken.
  case idTaken(id: String, field: String)
  /// The slot cannot be booked (S-4): every discrepancy that stands in the way, those that were
  /// overridden besides (S-6), and what could be booked instead.
  case unbookable([Discrepancy], overridden: [Discrepancy], alternatives: [Minute])
  /// The hold's deadline has come (S-12).
  case holdLapsed(HoldID, at: Instant)
  /// The hold has lasted as long as it may (S-12).
  case holdExhausted(HoldID, at: Instant)
  /// Someone changed it meanwhile (B-14).
  case staleVersion(id: String, seen: Int64, current: Int64)
  /// The table of A-1 has no such step.
  case transition(AppointmentID, from: AppointmentState, to: AppointmentState)
  /// A session that has begun cannot be cancelled any more.
  case begun(AppointmentID, at: Minute)
  /// Something depends on what would go.
  case inUse(id: String, by: String, field: String)
}

/// A refusal on its way out of a part of a decision.
public struct Refused: Error {
  public let refusal: Refusal

  init(_ refusal: Refusal) {
    self.refusal = refusal
  }
}

/// A field of the request, and what was expected there.
public struct FieldFault: Hashable, Sendable {
  /// As proto names: "service.location_ids[1]".
  public let field: String
  public let expected: String

  public init(field: String, expected: String) {
    self.field = field
    self.expected = expected
  }
}
