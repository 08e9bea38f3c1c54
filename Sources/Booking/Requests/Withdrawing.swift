/// B-6: the client takes a request back before it is answered.
enum Withdrawing {
  static func needs(_ wish: WithdrawWish) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(wish.appointment)
    return needs
  }

  static func decide(
    _ wish: WithdrawWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let request = try Appointment.openRequest(
        wish.appointment, to: actor, seen: wish.seenVersion, facts: facts, at: stamp.at)
      let stepped = request.stepping(.withdrawn, by: actor, at: stamp.at, reason: wish.reason) {
        $0.state = .cancelledByClient
        $0.cancelReason = wish.reason
        $0.due = nil
      }
      return .change(
        Change(
          events: [stepped.event],
          effects: Messages.cancelled(stepped.appointment, isQuiet: false),
          answer: .withdrawn(stepped.appointment)))
    } catch {
      return .refuse(error.refusal)
    }
  }
}
