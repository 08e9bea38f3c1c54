internal import Accounting
internal import Availability
internal import Intervals

/// P-10: money that was paid out to therapists: never more than the books say that they are owed.
enum PayoutDesk {
  static func needs(_ wish: PayoutWish) -> Needs {
    var needs = Needs()
    needs.therapists.insert(wish.therapist)
    needs.earningsOf.insert(wish.therapist)
    return needs
  }

  static func decide(_ wish: PayoutWish, facts: Facts, stamp: Stamp) -> Decision {
    guard facts.therapists[wish.therapist] != nil else {
      return .refuse(.notFound(id: wish.therapist.text, field: "therapist_id"))
    }
    guard wish.amount.minorUnits > 0 else {
      let expected = "expected more than 0, got \(wish.amount.minorUnits)"
      return .refuse(.invalid([FieldFault(field: "amount.minor_units", expected: expected)]))
    }
    let currency = wish.amount.currency
    let owed =
      facts.earnings[wish.therapist]?.first { $0.currency == currency }
      ?? Money(minorUnits: 0, currency: currency)
    guard wish.amount.minorUnits <= owed.minorUnits else {
      return .refuse(.payoutTooHigh(wish.therapist, owed: owed))
    }
    let payout = Payout(
      id: stamp.id(Ordinal.payout), therapist: wish.therapist, amount: wish.amount,
      method: wish.method, note: wish.note, at: stamp.at)
    return .change(Change(events: [.payoutRecorded(payout)], answer: .payout(payout)))
  }
}
