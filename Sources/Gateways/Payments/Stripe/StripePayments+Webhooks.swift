internal import Availability
internal import Booking
public import Intervals

extension StripePayments {
  public func read(_ webhook: Webhook, now: Instant) async -> WebhookReading {
    guard let header = webhook.header("Stripe-Signature") else {
      return .refused(reason: "there is no Stripe-Signature")
    }
    guard let signature = StripeSignature(header) else {
      return .refused(reason: "the Stripe-Signature cannot be read")
    }
    switch signature.verdict(on: webhook.body, secret: webhookSecret, now: now) {
    case .wrong(let reason): return .refused(reason: reason)
    case .genuine: break
    }
    guard let event = StripeJSON.decode(StripeEvent.self, from: webhook.body), !event.id.isEmpty
    else { return .refused(reason: "the body is no event") }
    let subject = event.data.object
    let news: GatewayEvent.News?
    switch event.subject {
    case .intent:
      news = subject.metadata?["seduta_intent"].flatMap { PaymentIntentID($0) }
        .map { .intentChanged($0) }
    case .refund:
      news = subject.metadata?["seduta_refund"].flatMap { PaymentID($0) }
        .map { .refundChanged($0) }
    case .method:
      news = subject.metadata?["seduta_method"].flatMap { PaymentMethodID($0) }
        .map { .methodChanged($0) }
    case .dispute: return await read(dispute: subject, of: event)
    case .other: news = nil
    }
    guard let news else { return .ignored(kind: event.type) }
    return .event(GatewayEvent(gateway: name, id: event.id, news: news))
  }

  /// A dispute does not carry our metadata; the intent that it is about does.
  private func read(
    dispute: StripeEvent.Subject, of event: StripeEvent
  ) async -> WebhookReading {
    guard let state = dispute.disputeState, let amount = dispute.amount,
      let reference = dispute.paymentIntent
    else { return .ignored(kind: event.type) }
    switch await intent(reference) {
    case .unknown(let reason): return .later(reason: reason)
    case .error: return .ignored(kind: event.type)
    case .object(let intent, _):
      guard let id = intent.metadata?["seduta_intent"].flatMap({ PaymentIntentID($0) }) else {
        return .ignored(kind: event.type)
      }
      return .event(
        GatewayEvent(
          gateway: name, id: event.id, news: .disputed(id, state, amount: amount)))
    }
  }
}

/// What Stripe tells by itself.
private struct StripeEvent: Decodable {
  struct Content: Decodable {
    let object: Subject
  }

  /// Whatever it is about.
  struct Subject: Decodable {
    let metadata: [String: String]?
    /// Of a dispute, as are the two after it.
    let amount: Int64?
    let paymentIntent: String?
    let status: String?
  }

  enum Kind {
    case intent, refund, method, dispute, other
  }

  let id: String
  let type: String
  let data: Content

  var subject: Kind {
    switch type {
    // A charge has the metadata of its intent.
    case "charge.refunded": .intent
    case "charge.refund.updated", "refund.created", "refund.updated", "refund.failed": .refund
    case "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
      "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated":
      .dispute
    default:
      if type.hasPrefix("payment_intent.") {
        .intent
      } else if type.hasPrefix("setup_intent.") {
        .method
      } else {
        .other
      }
    }
  }
}

extension StripeEvent.Subject {
  /// Nil for an inquiry, which holds no money back.
  fileprivate var disputeState: DisputeState? {
    switch status {
    case "needs_response", "under_review": .open
    case "won": .won
    case "lost": .lost
    default: nil
    }
  }
}
