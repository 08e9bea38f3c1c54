internal import Availability
internal import Booking
internal import Storage
internal import Wire

/// Intents, payment methods, and the money that moved.
extension StoreQueries {
  /// How something stands that a gateway may be asked about.
  struct Standing {
    let reply: Seduta_Wire_V1_Reply
    /// Whether something is being asked of the gateway about it.
    let isPending: Bool
  }

  /// For an answer that may wait for the gateway's.
  func standing(
    of query: Authorised<StoreQuery>, _ asked: AwaitedQuery, from caller: Caller
  ) throws -> Standing {
    do {
      return try store.read { snapshot in
        try standing(
          of: asked, of: caller.principal.partner, as: caller.actor, reading: snapshot)
      }
    } catch let unknown as UnknownID {
      return Standing(reply: .refusal(unknown.status), isPending: false)
    }
  }

  func standing(
    of asked: AwaitedQuery, of partner: PartnerID, as actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Standing {
    switch asked {
    case .paymentIntent(let id):
      guard let found = try snapshot.paymentIntent(id), found.owner == partner,
        isTheirs(found.intent.client, actor)
      else { throw UnknownID(id: id.text, field: "intent_id") }
      var response = Seduta_V1_PaymentsGetIntentResponse()
      response.intent = found.intent.message
      return Standing(
        reply: try Seduta_Wire_V1_Reply(response), isPending: found.intent.isAwaited)
    case .paymentMethod(let id):
      guard let found = try snapshot.paymentMethod(id), found.owner == partner,
        isTheirs(found.method.client, actor)
      else { throw UnknownID(id: id.text, field: "payment_method_id") }
      var response = Seduta_V1_PaymentMethodsGetResponse()
      response.paymentMethod = found.method.message
      return Standing(
        reply: try Seduta_Wire_V1_Reply(response), isPending: found.method.isAwaited)
    }
  }

  /// What a client pays with is for the client and for staff to see.
  func isTheirs(_ client: ClientID, _ actor: Actor) -> Bool {
    switch actor {
    case .staff: true
    case .client(let own): client == own
    case .therapist, .link, .time, .gateway: false
    }
  }

  func intents(
    for purpose: PaymentPurpose, of partner: PartnerID, as actor: Actor,
    reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    switch purpose {
    case .appointment(let id):
      _ = try visible(id, of: partner, to: actor, reading: snapshot)
    case .benefit(let id):
      _ = try visible(id, of: partner, to: actor, reading: snapshot)
    }
    var response = Seduta_V1_PaymentsListIntentsResponse()
    response.intents = try fitting(
      snapshot.paymentIntents(for: purpose).map { intent in
        isTheirs(intent.client, actor) ? intent.message : intent.messageWithoutSecrets
      })
    return try Seduta_Wire_V1_Reply(response)
  }

  func methods(
    of client: ClientID, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    try requireClient(client, of: partner, reading: snapshot)
    var response = Seduta_V1_PaymentMethodsListResponse()
    response.paymentMethods = try fitting(
      snapshot.paymentMethods(of: client, partner).filter { $0.state != .detached }.map(\.message))
    return try Seduta_Wire_V1_Reply(response)
  }

  func payments(
    of appointment: AppointmentID?, _ therapy: TherapyID?, _ benefit: BenefitID?,
    _ page: Page<PaymentKind>, of partner: PartnerID, as actor: Actor,
    reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    if let appointment {
      _ = try visible(appointment, of: partner, to: actor, reading: snapshot)
    }
    if let benefit { _ = try visible(benefit, of: partner, to: actor, reading: snapshot) }
    let pair = try therapy.map {
      try self.therapy($0, of: partner, as: actor, reading: snapshot).pair
    }
    let found = try snapshot.payments(
      of: partner,
      matching: PaymentQuery(
        appointment: appointment, pair: pair, benefit: benefit, after: page.after,
        limit: page.limit + 1))
    var response = Seduta_V1_PaymentsListResponse()
    (response.payments, response.nextPageToken) = try page.cut(found, id: \.id, message: \.message)
    return try Seduta_Wire_V1_Reply(response)
  }
}
