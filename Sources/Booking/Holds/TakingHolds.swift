internal import Availability
internal import Intervals

/// S-12: taking a slot for a time.
enum TakingHolds {
  static func needs(_ wish: HoldWish) -> Needs {
    var needs = Needs()
    needs.calendars.insert(wish.therapist)
    needs.services.insert(wish.service)
    if let client = wish.client { needs.clients.insert(client) }
    if let id = wish.id { needs.holds.insert(id) }
    return needs
  }

  static func decide(
    _ wish: HoldWish, of partner: PartnerID, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      return .change(try take(wish, of: partner, by: actor, facts: facts, stamp: stamp))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func take(
    _ wish: HoldWish, of partner: PartnerID, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    let session = try NamedSession(
      therapist: wish.therapist, service: wish.service, location: wish.location, room: wish.room,
      of: partner, facts: facts)
    if let client = wish.client, facts.clients[client] == nil {
      throw Refused(.notFound(id: client.text, field: "client_id"))
    }
    let id = wish.id ?? stamp.id(Ordinal.hold)
    if facts.holds[id] != nil || facts.takenElsewhere.contains(id.text) {
      throw Refused(.idTaken(id: id.text, field: "hold_id"))
    }
    let slot = try session.slot(
      Wish(
        offer: session.offer, place: session.place, room: wish.room, start: wish.start,
        client: wish.client),
      by: actor, facts: facts, stamp: stamp)
    let policy = facts.policy(of: session.service)
    let latest = policy.latestHoldDeadline(at: stamp.at)
    let hold = Hold(
      id: id, therapist: wish.therapist, service: wish.service, location: wish.location,
      room: slot.room, client: wish.client, span: slot.span, buffers: session.offer.buffers,
      takenAt: stamp.at, expiresAtMax: latest,
      expiresAt: policy.holdDeadline(at: stamp.at, notAfter: latest), state: .held)
    let cleared = LapsedHolds.cleared(
      for: hold.heldTime.occupation, facts: facts, at: stamp.at)
    return Change(events: cleared + [.holdTaken(hold)], answer: .holdTaken(hold))
  }
}
