internal import Accounting
internal import Availability
internal import Intervals

/// P-1, P-5: benefits that pay for sessions as they are booked. Those of one decision share what there is.
struct BenefitBooking {
  private var facts: Facts
  private let stamp: Stamp
  private var ordinal = 0

  init(_ facts: Facts, _ stamp: Stamp) {
    self.facts = facts
    self.stamp = stamp
  }

  /// What is needed where benefits are wished for. The accounts of whoever books a PACKAGE service come with it.
  static func need(for wish: BookingWish, in needs: inout Needs) {
    guard wish.usesBenefits, case .registered(let client) = wish.attendee else { return }
    needs.benefitsOf.insert(client)
  }

  /// A client's benefits are theirs, and the staff's to use for them.
  static func check(_ wish: BookingWish, by actor: Actor) throws(Refused) {
    guard wish.usesBenefits else { return }
    switch actor {
    case .staff, .client, .time, .gateway: return
    case .therapist, .link:
      throw Refused(
        .invalid([
          FieldFault(
            field: "use_benefits", expected: "expected false: only staff and the client use them")
        ]))
    }
  }

  /// An appointment that is about to be made binding, paid as far as benefits reach. A session of a package is paid
  /// so in any case, and not booked otherwise.
  /// - Returns: the appointment, and the events that come after its own: what moved refers to it.
  mutating func pay(
    for appointment: Appointment, isWished: Bool = false
  ) throws(Refused) -> (appointment: Appointment, events: [Event]) {
    var appointment = appointment
    appointment.priceByPackage(facts)
    let due = appointment.payable
    guard due > 0, isWished || appointment.plan == .package else { return (appointment, []) }
    let (payments, events, paid) = BenefitPayment.pay(
      due, for: appointment, facts: facts, stamp: stamp, ordinal: &ordinal)
    guard paid == due || appointment.plan != .package else {
      throw Refused(.benefitRequired(appointment.service))
    }
    facts.learn(events)
    var booked = appointment
    booked.take(
      paid, completeAfterMinutes: facts.policy(of: appointment).completeAfterMinutes)
    return (booked, payments.map(Event.moneyMoved) + events)
  }

  /// The same for one of several.
  /// - Parameter refusal: the first reason why one is not paid as it has to be; it is left as it was then.
  mutating func pay(
    for appointment: Appointment, or refusal: inout Refusal?
  ) -> (appointment: Appointment, events: [Event]) {
    do throws(Refused) {
      return try pay(for: appointment)
    } catch {
      refusal = refusal ?? error.refusal
      return (appointment, [])
    }
  }
}

extension Appointment {
  /// K-5: by total value, a session costs its share of what is left of the sum.
  mutating func priceByPackage(_ facts: Facts) {
    guard isPaidByPackage, let link = package?.link,
      let benefit = facts.benefit(of: link, client: client)
    else { return }
    price = Money(minorUnits: benefit.valueOfNextSession, currency: benefit.value.currency)
  }

  /// Benefits pay for it as it is booked: where that is all, it stands, and nothing is to be charged any more.
  fileprivate mutating func take(_ amount: Int64, completeAfterMinutes: Int32) {
    let isWhole = amount == payable
    paid += amount
    guard isWhole else { return }
    if awaitsPayment { state = .scheduled }
    paymentStatus = .paid
    paymentDeadline = nil
    chargeAt = nil
    due = nextDue(completeAfterMinutes: completeAfterMinutes)
  }
}
