internal import Availability
internal import Booking

/// Events about money: each writes its rows and says what it is about.
extension StoreTransaction {
  func moved(_ payment: Payment, of partner: PartnerID) throws -> Subject {
    try insert(payment, of: partner)
    return Subject(
      kind: "\(payment.direction.rawValue)_RECORDED", id: payment.id, version: payment.version,
      related: payment.purpose.idText)
  }

  func changed(_ payment: Payment, from old: Payment, of partner: PartnerID) throws -> Subject {
    try update(payment, from: old, of: partner)
    return Subject(
      kind: "\(payment.direction.rawValue)_CHANGED", id: payment.id, version: payment.version,
      related: payment.purpose.idText)
  }

  func made(_ intent: PaymentIntent, of partner: PartnerID) throws -> Subject {
    try insert(intent, of: partner)
    return Subject(
      kind: "PAYMENT_INTENT_MADE", id: intent.id, version: intent.version,
      related: intent.purpose.idText)
  }

  func changed(
    _ intent: PaymentIntent, from old: PaymentIntent, of partner: PartnerID
  ) throws -> Subject {
    try update(intent, from: old, of: partner)
    return Subject(
      kind: "PAYMENT_INTENT_CHANGED", id: intent.id, version: intent.version,
      related: intent.purpose.idText)
  }

  func made(_ method: PaymentMethod, of partner: PartnerID) throws -> Subject {
    try insert(method, of: partner)
    return Subject(
      kind: "PAYMENT_METHOD_MADE", id: method.id, version: method.version,
      related: IDText(method.client))
  }

  func changed(_ method: PaymentMethod, of partner: PartnerID) throws -> Subject {
    try update(method, of: partner)
    return Subject(
      kind: "PAYMENT_METHOD_CHANGED", id: method.id, version: method.version,
      related: IDText(method.client))
  }

  func made(_ benefit: Benefit, of partner: PartnerID) throws -> Subject {
    try insert(benefit, of: partner)
    return Subject(
      kind: "BENEFIT_MADE", id: benefit.id, version: benefit.version,
      related: IDText(benefit.client))
  }

  func changed(_ benefit: Benefit, from old: Benefit) throws -> Subject {
    try update(benefit, from: old)
    return Subject(
      kind: "BENEFIT_CHANGED", id: benefit.id, version: benefit.version,
      related: IDText(benefit.client))
  }

  func recorded(_ payout: Payout, of partner: PartnerID) throws -> Subject {
    try insert(payout, of: partner)
    return Subject(
      kind: "PAYOUT_RECORDED", id: payout.id, version: 1, related: IDText(payout.therapist))
  }
}
