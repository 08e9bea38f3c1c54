public import Intervals

/// What an appointment takes.
public struct Occupation: Hashable, Sendable {
  public let appointment: AppointmentID
  public let span: Span
  public let therapist: TherapistID
  /// Nil where the place has no rooms.
  public let room: RoomID?
  /// Nil while it is not known who comes.
  public let client: ClientID?

  public init(
    appointment: AppointmentID, span: Span, therapist: TherapistID, room: RoomID?,
    client: ClientID?
  ) {
    self.appointment = appointment
    self.span = span
    self.therapist = therapist
    self.room = room
    self.client = client
  }
}

/// What happened, as far as the index is concerned.
public enum IndexChange: Sendable {
  /// A therapist who is new, or whose profile replaces the one before; what is booked stays.
  case therapist(TherapistProfile)
  /// A client whose partner is known from here on; happens again without harm.
  case client(ClientID, of: PartnerID)
  /// A place is refreshed at all therapists who work there.
  case place(Place)
  case occupy(Occupation)
  case vacate(Occupation)
}
