internal import Accounting
internal import Availability
internal import Intervals

/// K-5: what comes in for the sum of a package: in parts, whenever, and by whichever way.
extension BenefitSale {
  /// Recorded by hand.
  /// - Parameter amount: 1 to `outstanding`, in minor units.
  mutating func record(_ amount: Int64, by method: String, note: String) -> Payment {
    let payment = Payment(
      id: stamp.id(Ordinal.payment), purpose: .benefit(benefit.id), direction: .payment,
      amount: money(amount), method: method, note: note, at: stamp.at)
    move(payment)
    if outstanding == 0 { tell(.paid) }
    askForWhatIsOpen()
    return payment
  }

  /// A gateway is to take all that is open.
  /// - Parameters:
  ///   - choice: nil leaves it to the client's own browser.
  ///   - gateway: that of the open intent, where there is one.
  mutating func take(from choice: MethodChoice?, through gateway: String) -> PaymentIntentID {
    let (due, now) = (money(outstanding), stamp.at)
    if let open {
      change(open.id) { $0.take(due, from: choice, isOffSession: false, at: now) }
      return open.id
    }
    let intent = PaymentIntent.made(
      stamp.id(Ordinal.intent), for: .benefit(benefit.id), by: benefit.client, of: due,
      from: choice, through: gateway, isOffSession: false, at: now)
    make(intent)
    return intent.id
  }

  /// A gateway has taken money. What is more than is owed goes back, as far as it came by the same intent.
  mutating func receivedForPackage(by id: PaymentIntentID) {
    if outstanding == 0 { tell(.paid) }
    let excess = min(payments.keptInAll - benefit.owed, intent(id)?.refundable ?? 0)
    if excess > 0 { giveBack(excess, because: "more than is owed") }
    askForWhatIsOpen()
  }

  /// An intent that is open takes what is open now, and no more; none where nothing is.
  mutating func askForWhatIsOpen() {
    guard let open, open.errand?.kind != .cancel else { return }
    let (due, now) = (money(outstanding), stamp.at)
    guard outstanding > 0 else { return change(open.id) { $0.stop(at: now) } }
    guard open.amount != due, !open.isUnderWay else { return }
    change(open.id) {
      $0.amount = due
      $0.ask(.prepare, at: now)
    }
  }
}
