/// What happened, as far as the index is concerned.
public enum IndexChange: Sendable {
  /// A therapist who is new, or whose profile replaces the one before; what is booked stays.
  case therapist(TherapistProfile)
  /// A client whose partner is known from here on; happens again without harm.
  case client(ClientID, of: PartnerID)
  /// A place is refreshed at all therapists who work there.
  case place(Place)
  /// An appointment takes its time. A hold that it takes over is released before.
  case occupy(Occupation)
  /// An appointment gives its time back.
  case vacate(Occupation)
  /// A hold takes its time, or is renewed: it replaces the one of the same id.
  case hold(HeldTime)
  /// A hold gives its time back, whatever its deadline.
  case release(HeldTime)
}
