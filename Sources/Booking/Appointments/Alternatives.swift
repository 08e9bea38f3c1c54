internal import Availability
internal import Intervals

extension Appointment {
  /// up to three near starts of the same service, as if this one were not there, but not its own.
  /// - Parameter client: who would come.
  func alternatives(
    for client: ClientID?, by actor: Actor, facts: Facts, at now: Instant
  ) -> [Minute] {
    var index = facts.index
    guard index.apply(.vacate(occupation)), let therapist = index.therapist(therapist),
      let offer = therapist.profile.offer(service),
      let place = therapist.profile.place(location)
    else { return [] }
    let evaluator = Evaluator(
      therapist: therapist, moment: Moment(now: now, role: actor.role), occupancy: index)
    return evaluator.alternatives(
      to: Wish(offer: offer, place: place, room: nil, start: span.start, client: client),
      leavingOut: span.start)
  }
}
