internal import Availability
internal import Intervals

/// P-2, P-7: what clients pay with, saved at the gateway.
enum PaymentMethodDesk {
  static func needs(_ wish: SetUpWish) -> Needs {
    var needs = Needs()
    needs.clients.insert(wish.client)
    needs.wallets.insert(wish.client)
    if let id = wish.id { needs.paymentMethods.insert(id) }
    return needs
  }

  /// The wallets of the clients whose methods these are come with them.
  static func needs(_ wish: MethodWish) -> Needs {
    var needs = Needs()
    needs.paymentMethods.insert(wish.method)
    return needs
  }

  /// Begins to save one; the gateway is asked next.
  static func setUp(_ wish: SetUpWish, by actor: Actor, facts: Facts, stamp: Stamp) -> Decision {
    do throws(Refused) {
      guard actor.disposes(of: wish.client), facts.clients[wish.client] != nil else {
        throw Refused(.notFound(id: wish.client.text, field: "client_id"))
      }
      let id = wish.id ?? stamp.id(Ordinal.paymentMethod)
      if facts.paymentMethods[id] != nil || facts.takenElsewhere.contains(id.text) {
        throw Refused(.idTaken(id: id.text, field: "payment_method_id"))
      }
      let method = PaymentMethod(
        id: id, client: wish.client, gateway: wish.gateway,
        choice: wish.token.map { MethodChoice(token: $0) }, isDefault: wish.makeDefault,
        errand: Errand(kind: .setUp, number: 1, due: stamp.at), createdAt: stamp.at,
        changedAt: stamp.at)
      return .change(
        Change(events: [.paymentMethodMade(method)], answer: .paymentMethod(method)))
    } catch {
      return .refuse(error.refusal)
    }
  }

  static func change(_ wish: MethodWish, by actor: Actor, facts: Facts, stamp: Stamp) -> Decision {
    do throws(Refused) {
      guard let method = facts.paymentMethods[wish.method], actor.disposes(of: method.client)
      else { throw Refused(.notFound(id: wish.method.text, field: "payment_method_id")) }
      if let seen = wish.seenVersion, seen != method.version {
        throw Refused(
          .staleVersion(id: method.id.text, seen: seen, current: method.version))
      }
      let changed: [PaymentMethod]
      switch wish.change {
      case .makeDefault:
        guard method.state == .active else {
          throw Refused(.paymentMethodNotActive(method.id, method.state))
        }
        changed = Wallet(of: method.client, facts).making(method, at: stamp.at)
      case .detach: changed = Wallet(of: method.client, facts).detaching(method, at: stamp.at)
      case .refresh: changed = method.lookedUp(at: stamp.at).map { [$0] } ?? []
      }
      return .change(
        Change(
          events: changed.map(Event.paymentMethodChanged),
          answer: .paymentMethod(changed.last { $0.id == method.id } ?? method)))
    } catch {
      return .refuse(error.refusal)
    }
  }
}

extension Actor {
  /// Whether what a client pays with is theirs to see and to change: therapists have nothing to do with it.
  fileprivate func disposes(of client: ClientID) -> Bool {
    switch self {
    case .staff, .time, .gateway: true
    case .client(let id): id == client
    case .therapist, .link: false
    }
  }
}

extension PaymentMethod {
  /// The gateway is to be asked how the saving stands; nil where that is known for good, or the gateway does not know
  /// of it yet.
  fileprivate func lookedUp(at now: Instant) -> PaymentMethod? {
    switch state {
    case .pending, .requiresAction:
      guard !reference.isEmpty else { return nil }
      return stepping(at: now) {
        $0.errand = Errand(kind: .lookAtSetUp, number: version + 1, due: now)
      }
    case .active, .failed, .detached: return nil
    }
  }
}
