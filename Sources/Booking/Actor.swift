public import Availability

/// On whose behalf a change is made.
public enum Actor: Hashable, Sendable {
  /// The partner's staff, by a name of the partner's choosing (may be empty).
  case staff(name: String)
  case therapist(TherapistID)
  /// A client; without an id while they book for the first time.
  case client(ClientID?)
  /// Whoever has the signed link of an appointment: someone for its client.
  case link(AppointmentID)
  /// What time brings by itself. Nobody calls as this.
  case time
  /// A payment gateway, by its name: what it did, said, or did not answer. Nobody calls as this.
  case gateway(String)

  public var kind: ActorKind {
    switch self {
    case .staff: .staff
    case .therapist: .therapist
    case .client: .client
    case .link: .linkHolder
    case .time: .time
    case .gateway: .gateway
    }
  }

  /// Whose rules hold: how far ahead they book, and what their cancelling is called.
  public var role: Role {
    switch self {
    case .staff, .time, .gateway: .staff
    case .therapist: .therapist
    case .client, .link: .client
    }
  }

  /// What is kept with every transition: the id, or the staff's name.
  public var label: String {
    switch self {
    case .staff(let name): name
    case .therapist(let id): id.text
    case .client(let id): id?.text ?? ""
    case .link(let id): id.text
    case .time: ""
    case .gateway(let name): name
    }
  }
}

/// What an actor is, as the history says it.
public enum ActorKind: String, CaseIterable, Sendable {
  case staff = "STAFF"
  case therapist = "THERAPIST"
  case client = "CLIENT"
  case linkHolder = "LINK_HOLDER"
  case time = "SYSTEM"
  case gateway = "GATEWAY"
}
