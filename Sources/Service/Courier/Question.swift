internal import Availability
internal import Booking
internal import Gateways
internal import Storage

/// What a gateway is asked, with all that it has to be told: an errand together with what it is about.
struct Question: Sendable {
  enum Form: Sendable {
    case prepare(PreparedWish)
    case confirm(ConfirmWish)
    case look(reference: String)
    case cancel(reference: String)
    case refund(Gateways.RefundWish)
    case lookAtRefund(reference: String, intentReference: String)
    case setUp(Gateways.SetUpWish)
    case lookAtSetUp(reference: String)
    case detach(token: String)
    /// The gateway never told of such a thing: it need not be asked.
    case none
  }

  let subject: ErrandSubject
  /// As what the answer counts.
  let kind: ErrandKind
  let form: Form
}

extension StoreSnapshot {
  /// - Parameter mayHaveBeenAsked: what takes or gives money is looked up instead.
  /// - Returns: nil where the errand is not open any more.
  func question(of due: DueErrand, mayHaveBeenAsked: Bool) throws -> Question? {
    switch due.subject {
    case .intent(let id):
      guard let intent = try paymentIntent(id)?.intent, intent.errand == due.errand else {
        return nil
      }
      return try question(about: intent, of: due.partner, mayHaveBeenAsked: mayHaveBeenAsked)
    case .refund(let id):
      guard let refund = try payment(id)?.payment, let errand = refund.errand,
        errand == due.errand, case .gateway(let intent) = refund.source,
        let intent = try paymentIntent(intent)?.intent
      else { return nil }
      return refund.question(errand.kind, of: intent, mayHaveBeenAsked: mayHaveBeenAsked)
    case .method(let id):
      guard let method = try paymentMethod(id)?.method, let errand = method.errand,
        errand == due.errand
      else { return nil }
      let customer = try customer(of: method.client, due.partner, at: method.gateway)
      return method.question(errand.kind, customer: customer)
    }
  }

  private func question(
    about intent: PaymentIntent, of partner: PartnerID, mayHaveBeenAsked: Bool
  ) throws -> Question? {
    guard let errand = intent.errand else { return nil }
    func question(_ kind: ErrandKind, _ form: Question.Form) -> Question {
      Question(subject: .intent(intent.id), kind: kind, form: form)
    }
    let look: Question.Form =
      intent.reference.isEmpty ? .none : .look(reference: intent.reference)
    switch errand.kind {
    case .prepare:
      let named = intent.source?.customer ?? ""
      return question(
        .prepare,
        .prepare(
          PreparedWish(
            intent: intent.id, reference: intent.reference, amount: intent.amount,
            customer: named.isEmpty
              ? try customer(of: intent.client, partner, at: intent.gateway) : named,
            description: intent.purpose.text, confirmsInBrowser: intent.source == nil)))
    case .confirm:
      if mayHaveBeenAsked { return question(.look, look) }
      // What the client's own browser confirms, only it can.
      guard let source = intent.source, !intent.reference.isEmpty else {
        return question(.confirm, look)
      }
      return question(
        .confirm,
        .confirm(
          ConfirmWish(
            reference: intent.reference, intent: intent.id, attempt: intent.attempt,
            token: source.token, customer: source.customer, isOffSession: intent.isOffSession)))
    case .look: return question(.look, look)
    case .cancel:
      return question(
        .cancel, intent.reference.isEmpty ? .none : .cancel(reference: intent.reference))
    case .refund, .lookAtRefund, .setUp, .lookAtSetUp, .detach: return nil
    }
  }

  /// The gateway's id of a client who has saved something there; empty where it has none.
  private func customer(
    of client: ClientID, _ partner: PartnerID, at gateway: String
  ) throws -> String {
    try paymentMethods(of: client, partner).lazy
      .filter { $0.gateway == gateway }
      .compactMap { $0.choice?.customer }.first { !$0.isEmpty } ?? ""
  }
}

extension Payment {
  fileprivate func question(
    _ kind: ErrandKind, of intent: PaymentIntent, mayHaveBeenAsked: Bool
  ) -> Question? {
    let look = Question(
      subject: .refund(id), kind: .lookAtRefund,
      form: .lookAtRefund(reference: reference, intentReference: intent.reference))
    switch kind {
    case .refund:
      guard !mayHaveBeenAsked else { return look }
      return Question(
        subject: .refund(id), kind: .refund,
        form: .refund(
          Gateways.RefundWish(
            refund: id, intentReference: intent.reference, amount: amount, reason: note)))
    case .lookAtRefund: return look
    case .prepare, .confirm, .look, .cancel, .setUp, .lookAtSetUp, .detach: return nil
    }
  }
}

extension PaymentMethod {
  /// - Parameter customer: the gateway's id of the client, as others of their methods have it.
  fileprivate func question(_ kind: ErrandKind, customer: String) -> Question? {
    func question(_ form: Question.Form) -> Question {
      Question(subject: .method(id), kind: kind, form: form)
    }
    switch kind {
    case .setUp:
      let named = choice?.customer ?? ""
      return question(
        .setUp(
          Gateways.SetUpWish(
            method: id, client: client, token: choice?.token ?? "",
            customer: named.isEmpty ? customer : named)))
    case .lookAtSetUp:
      return question(reference.isEmpty ? .none : .lookAtSetUp(reference: reference))
    case .detach: return question(choice.map { .detach(token: $0.token) } ?? .none)
    case .prepare, .confirm, .look, .cancel, .refund, .lookAtRefund: return nil
    }
  }
}

extension PaymentPurpose {
  /// What a gateway's pages call it: an id, which says nothing of who comes to whom.
  fileprivate var text: String {
    switch self {
    case .appointment(let id): id.text
    case .benefit(let id): id.text
    }
  }
}

extension PaymentGateway {
  /// - Returns: what came of it; a gateway that says nothing for too long is one that did not answer.
  func answer(_ question: Question, withinMs ms: Int64) async -> ErrandAnswered.Answer {
    switch question.subject {
    case .intent(let id):
      .intent(
        id,
        await inTime(ms, orElse: .late) { await self.intent(id, question.form) })
    case .refund(let id):
      .refund(
        id,
        await inTime(ms, orElse: .late) { await self.refund(id, question.form) })
    case .method(let id):
      .method(
        id, await inTime(ms, orElse: .late) { await self.method(question.form) })
    }
  }

  private func intent(
    _ id: PaymentIntentID, _ form: Question.Form
  ) async -> GatewayAnswer<IntentReport> {
    switch form {
    case .prepare(let wish): await prepare(wish)
    case .confirm(let wish): await confirm(wish)
    case .look(let reference): await look(reference: reference)
    case .cancel(let reference): await cancel(reference: reference, intent: id)
    case .none, .refund, .lookAtRefund, .setUp, .lookAtSetUp, .detach: .notFound
    }
  }

  private func refund(
    _ id: PaymentID, _ form: Question.Form
  ) async -> GatewayAnswer<RefundReport> {
    switch form {
    case .refund(let wish): await refund(wish)
    case .lookAtRefund(let reference, let intentReference):
      await lookAtRefund(reference: reference, refund: id, intentReference: intentReference)
    case .none, .prepare, .confirm, .look, .cancel, .setUp, .lookAtSetUp, .detach: .notFound
    }
  }

  private func method(_ form: Question.Form) async -> GatewayAnswer<SetUpReport> {
    switch form {
    case .setUp(let wish): await setUp(wish)
    case .lookAtSetUp(let reference): await lookAtSetUp(reference: reference)
    case .detach(let token): await detach(token: token)
    case .none, .prepare, .confirm, .look, .cancel, .refund, .lookAtRefund: .notFound
    }
  }
}

extension GatewayAnswer {
  fileprivate static var late: GatewayAnswer { .unknown("no answer in time") }
}
