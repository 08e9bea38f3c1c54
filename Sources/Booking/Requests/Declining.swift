/// B-6: the therapist declines; the slot is free at once.
enum Declining {
  static func needs(_ wish: DeclineWish) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(wish.appointment)
    return needs
  }

  static func decide(
    _ wish: DeclineWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let request = try Appointment.openRequest(
        wish.appointment, to: actor, seen: wish.seenVersion, facts: facts, at: stamp.at)
      let stepped = request.stepping(.declined, by: actor, at: stamp.at, reason: wish.reason) {
        $0.state = .declined
        $0.cancelReason = wish.reason
        $0.due = nil
      }
      let tellsWhy = facts.policy(of: request).declineReasonInMessage
      let message = Messages.toClient(
        .requestDeclined, stepped.appointment, note: tellsWhy ? wish.reason : "")
      return .change(
        Change(
          events: [stepped.event], effects: wish.isQuiet ? [] : [message],
          answer: .declined(stepped.appointment)))
    } catch {
      return .refuse(error.refusal)
    }
  }
}
