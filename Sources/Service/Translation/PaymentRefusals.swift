internal import Accounting
internal import Availability
internal import Booking
internal import Wire

/// What the wire says where money is in the way.
extension Seduta_Wire_V1_Status {
  /// - Parameter name: the gateway that would be needed; empty is any.
  static func gatewayMissing(_ name: String) -> Self {
    name.isEmpty
      ? precondition(
        "GATEWAY_MISSING", subject: "", "This server has no payment gateway.", metadata: [:])
      : precondition(
        "GATEWAY_MISSING", subject: name,
        "This server does not have the payment gateway \"\(name)\".", metadata: ["gateway": name])
  }

  static func paymentInFlight(_ id: PaymentIntentID, _ state: PaymentIntentState) -> Self {
    precondition(
      "PAYMENT_IN_FLIGHT", subject: id.text,
      "What came of \(id) is not known yet: it is \(state.rawValue). Read it with Payments/GetIntent.",
      metadata: ["intent_id": id.text, "state": state.rawValue])
  }

  static func intentNotOpen(_ id: PaymentIntentID, _ state: PaymentIntentState) -> Self {
    precondition(
      "INTENT_STATE", subject: id.text,
      "\(id) is \(state.rawValue): there is nothing to go on with.",
      metadata: ["state": state.rawValue])
  }

  static func paymentMethodRequired(_ service: ServiceID) -> Self {
    precondition(
      "PAYMENT_METHOD_REQUIRED", subject: service.text,
      "\(service) is charged to a saved payment method, and the client has none that is ACTIVE.",
      metadata: [:])
  }

  static func paymentMethodNotActive(_ id: PaymentMethodID, _ state: PaymentMethodState) -> Self {
    precondition(
      "PAYMENT_METHOD_NOT_ACTIVE", subject: id.text,
      "\(id) is \(state.rawValue) and cannot be used.", metadata: ["state": state.rawValue])
  }

  static func benefitRequired(_ service: ServiceID) -> Self {
    precondition(
      "BENEFIT_REQUIRED", subject: service.text,
      "\(service) is paid by sessions of the client's, and none are left that pay for it.",
      metadata: [:])
  }

  static func noBenefit(_ id: AppointmentID) -> Self {
    precondition(
      "NO_BENEFIT", subject: id.text, "The client has no benefit that pays for \(id).",
      metadata: [:])
  }

  static func payoutTooHigh(_ therapist: TherapistID, owed: Money) -> Self {
    precondition(
      "PAYOUT_TOO_HIGH", subject: therapist.text,
      "\(therapist) is owed \(owed.minorUnits) minor units of \(owed.currency.code), and no more can be "
        + "paid out.",
      metadata: [
        "owed_minor_units": "\(owed.minorUnits)", "currency": owed.currency.code,
      ])
  }
}
