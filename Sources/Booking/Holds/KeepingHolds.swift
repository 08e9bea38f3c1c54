public import Availability
public import Intervals

/// S-12: renewing a hold, and giving it back.
enum KeepingHolds {
  static func needs(renewing id: HoldID) -> Needs {
    var needs = Needs()
    needs.holdsWhole.insert(id)
    return needs
  }

  static func needs(releasing id: HoldID) -> Needs {
    var needs = Needs()
    needs.holds.insert(id)
    return needs
  }

  static func renew(_ id: HoldID, by actor: Actor, facts: Facts, stamp: Stamp) -> Decision {
    guard let hold = known(id, to: actor, facts: facts) else { return .refuse(.unknownHold(id)) }
    guard hold.holds(at: stamp.at) else { return .refuse(.holdLapsed(id, at: hold.expiresAt)) }
    guard hold.expiresAt < hold.expiresAtMax else {
      return .refuse(.holdExhausted(id, at: hold.expiresAt))
    }
    // A hold refers to its service, which is never deleted.
    guard let service = facts.services[hold.service] else { return .refuse(.unknownHold(id)) }
    let deadline = facts.policy(of: service).holdDeadline(
      at: stamp.at, notAfter: hold.expiresAtMax)
    // A policy that has become shorter takes nothing away from whoever asks for more time.
    let renewed = hold.renewed(until: max(hold.expiresAt, deadline))
    return .change(Change(events: [.holdRenewed(renewed)], answer: .holdRenewed(renewed)))
  }

  static func release(_ id: HoldID, by actor: Actor, facts: Facts, stamp: Stamp) -> Decision {
    guard let hold = known(id, to: actor, facts: facts) else { return .refuse(.unknownHold(id)) }
    let events: [Event] =
      if hold.holds(at: stamp.at) {
        [.holdReleased(hold)]
      } else if hold.state == .held {
        [.holdLapsed(id)]
      } else {
        []
      }
    return .change(Change(events: events, answer: .holdReleased))
  }

  /// Nil for one that is not there, is nothing of the actor's, was booked or released.
  private static func known(_ id: HoldID, to actor: Actor, facts: Facts) -> Hold? {
    facts.holds[id].flatMap { $0.isKnown(to: actor) ? $0 : nil }
  }
}

extension Hold {
  /// A hold that a session with a therapist is to take over; or why it cannot.
  /// - Parameter hold: nil where the partner has none of that id.
  public static func takenOver(
    _ hold: Hold?, named id: HoldID, for therapist: TherapistID, by actor: Actor, at now: Instant
  ) -> Result<Hold, Refused> {
    guard let hold, hold.isKnown(to: actor), hold.therapist == therapist else {
      return .failure(Refused(.unknownHold(id)))
    }
    guard hold.holds(at: now) else { return .failure(Refused(.holdLapsed(id, at: hold.expiresAt))) }
    return .success(hold)
  }

  /// Of one that was booked or released nothing is told any more.
  fileprivate func isKnown(to actor: Actor) -> Bool {
    switch state {
    case .held, .lapsed: isVisible(to: actor)
    case .booked, .released: false
    }
  }
}

extension Refusal {
  fileprivate static func unknownHold(_ id: HoldID) -> Refusal {
    .notFound(id: id.text, field: "hold_id")
  }
}
