public import Availability

/// On whose behalf a call is made.
public enum Actor: Hashable, Sendable {
  /// The partner's staff, by a name of the partner's choosing (may be empty).
  case staff(name: String)
  case therapist(TherapistID)
  /// A client; without an id while they book for the first time.
  case client(ClientID?)

  public var role: Role {
    switch self {
    case .staff: .staff
    case .therapist: .therapist
    case .client: .client
    }
  }

  /// What is kept with every transition: the id, or the staff's name.
  public var label: String {
    switch self {
    case .staff(let name): name
    case .therapist(let id): id.text
    case .client(let id): id?.text ?? ""
    }
  }
}
