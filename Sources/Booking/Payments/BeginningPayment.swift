internal import Accounting
internal import Availability
internal import Intervals

/// P-3, P-4: the client pays now.
enum BeginningPayment {
  static func needs(_ wish: BeginWish) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(wish.appointment)
    if case .saved(let id) = wish.source { needs.paymentMethods.insert(id) }
    return needs
  }

  static func decide(
    _ wish: BeginWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let appointment = try Appointment.known(
        wish.appointment, to: actor, seen: wish.seenVersion, facts: facts)
      guard !appointment.isTooLateToPay(at: stamp.at) else {
        throw Refused(
          .transition(appointment.id, from: .paymentCancelled, to: .paymentProcessing))
      }
      var till = Till(appointment, facts: facts, by: actor, stamp: stamp)
      let intent = try begin(wish, on: &till)
      till.step(.paymentBegun) {
        if $0.state == .initiated { $0.state = .paymentProcessing }
        $0.paymentStatus = .processing
      }
      return .change(
        Change(
          events: till.events, effects: till.effects,
          answer: .paymentBegun(till.appointment, intent: intent.flatMap(till.intent))))
    } catch {
      return .refuse(error.refusal)
    }
  }

  /// - Returns: nil where the money moves outside.
  private static func begin(
    _ wish: BeginWish, on till: inout Till
  ) throws(Refused) -> PaymentIntentID? {
    let appointment = till.appointment
    guard let gateway = wish.gateway else {
      if wish.source != nil { throw Refused(.gatewayMissing("")) }
      try appointment.require(.paymentProcessing)
      return nil
    }
    guard appointment.takesPayments, let client = appointment.client else {
      throw Refused(.notInState(appointment.id, appointment.state, .recordPayment))
    }
    guard appointment.payable > 0 else { throw Refused(.nothingDue(appointment.id)) }
    if let open = till.open, open.isUnderWay {
      throw Refused(.paymentInFlight(open.id, open.state))
    }
    if let open = till.open, open.gateway != gateway {
      throw Refused(.gatewayMissing(open.gateway))
    }
    let choice = try wish.source?.choice(of: client, at: gateway, till.facts)
    return till.take(
      appointment.payable, from: choice, through: gateway, isOffSession: wish.isOffSession)
  }
}

extension SourceWish {
  /// What is meant, if the client may pay with it through a gateway.
  func choice(
    of client: ClientID, at gateway: String, _ facts: Facts
  ) throws(Refused) -> MethodChoice {
    switch self {
    case .token(let token): return MethodChoice(token: token)
    case .saved(let id):
      guard let method = facts.paymentMethods[id], method.client == client else {
        throw Refused(.notFound(id: id.text, field: "payment_method_id"))
      }
      guard method.gateway == gateway else { throw Refused(.gatewayMissing(method.gateway)) }
      guard method.state == .active, let choice = method.choice else {
        throw Refused(.paymentMethodNotActive(id, method.state))
      }
      return MethodChoice(token: choice.token, customer: choice.customer, saved: id)
    }
  }
}
