internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

let intentID = PaymentIntentID(rawValue: 4_001)
let savedMethod = PaymentMethodID(rawValue: 4_101)
let creditID = BenefitID(rawValue: 4_201)

func appointmentID(_ number: UInt128) -> AppointmentID { AppointmentID(rawValue: 1_000 + number) }

func at(minutes: Int64) -> Instant { noon.advanced(byMs: minutes * 60_000) }

/// Of an appointment of Carlo's, or of another purpose.
func intent(
  _ id: PaymentIntentID = intentID, for purpose: PaymentPurpose = .appointment(appointmentID(1)),
  reference: String = "", source: MethodChoice? = nil, attempt: Int32 = 0,
  state: PaymentIntentState = .requiresPaymentMethod, captured: Int64 = 0, errand: Errand? = nil,
  version: Int64 = 1
) -> PaymentIntent {
  PaymentIntent(
    id: id, purpose: purpose, client: carlo, gateway: "sandbox", amount: euro(7_000),
    reference: reference, source: source, isOffSession: attempt > 0, attempt: attempt,
    state: state, captured: captured, errand: errand, version: version, createdAt: noon,
    changedAt: noon.advanced(byMs: version))
}

func method(
  _ id: PaymentMethodID = savedMethod, of client: ClientID = carlo,
  state: PaymentMethodState = .active, isDefault: Bool = false, errand: Errand? = nil,
  version: Int64 = 1
) -> PaymentMethod {
  PaymentMethod(
    id: id, client: client, gateway: "sandbox",
    choice: state == .pending ? nil : MethodChoice(token: "tok_1", customer: "cus_1"),
    reference: "seti_1", state: state, isDefault: isDefault, brand: "visa", lastDigits: "4242",
    expiryMonth: 12, expiryYear: 2_030, errand: errand, version: version, createdAt: noon,
    changedAt: noon.advanced(byMs: version))
}

func credit(
  _ id: BenefitID = creditID, of client: ClientID = carlo, left: Int64 = 10_000,
  state: BenefitState = .active, expiresAt: Instant? = nil, version: Int64 = 1
) -> Benefit {
  Benefit(
    id: id, client: client, kind: .credit, origin: .granted, value: euro(10_000), valueLeft: left,
    state: state, expiresAt: expiresAt, version: version, createdAt: noon,
    changedAt: noon.advanced(byMs: version))
}

func money(
  _ number: UInt128, for purpose: PaymentPurpose = .appointment(appointmentID(1)),
  _ cents: Int64 = 7_000, _ direction: Payment.Direction = .payment, source: MoneySource = .hand,
  benefitValue: Int64 = 0, returns: PaymentID? = nil, state: MovementState = .succeeded,
  reference: String = "", failure: String = "", errand: Errand? = nil, version: Int64 = 1
) -> Payment {
  Payment(
    id: PaymentID(rawValue: 3_000 + number), purpose: purpose, direction: direction,
    source: source, amount: euro(cents), method: "card", note: "no. \(number)",
    benefitValue: benefitValue, returns: returns, state: state, reference: reference,
    failure: failure, errand: errand, version: version,
    at: noon.advanced(byMs: Int64(number)))
}

extension Appointment {
  /// The same with another plan and other money.
  func with(
    plan: PaymentPlan = .onSite, paid: Int64 = 0, fee: Int64 = 0, chargeAt: Instant? = nil,
    givingUpAt: Instant? = nil, paymentMethod: PaymentMethodID? = nil, commission: Int64 = 0,
    version: Int64 = 1
  ) -> Appointment {
    Appointment(
      id: id, therapist: therapist, client: client, service: service, location: location,
      room: room, span: span, buffers: buffers, zoneName: zoneName, plan: plan, price: price,
      bookedAt: bookedAt, state: state, paymentStatus: paymentStatus, version: version,
      changedAt: changedAt, cancelReason: cancelReason, paid: paid, fee: fee, chargeAt: chargeAt,
      givingUpAt: givingUpAt, paymentMethod: paymentMethod, commission: commission, due: due)
  }
}
