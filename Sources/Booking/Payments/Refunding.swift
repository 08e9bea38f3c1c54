internal import Accounting
internal import Availability
internal import Intervals

/// P-6: giving back by hand of man, the way the money came.
enum Refunding {
  static func needs(_ wish: RefundWish) -> Needs {
    var needs = Needs()
    switch wish.purpose {
    case .appointment(let id): needs.appointmentsWhole.insert(id)
    case .benefit(let id): needs.benefits.insert(id)
    }
    return needs
  }

  static func decide(
    _ wish: RefundWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      switch wish.purpose {
      case .appointment(let id):
        return .change(try refund(id, wish, by: actor, facts: facts, stamp: stamp))
      case .benefit(let id):
        return .change(
          try BenefitPurchase.refund(id, wish, by: actor, facts: facts, stamp: stamp))
      }
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func refund(
    _ id: AppointmentID, _ wish: RefundWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    let appointment = try Appointment.known(id, to: actor, seen: wish.seenVersion, facts: facts)
    var till = Till(appointment, facts: facts, by: actor, stamp: stamp)
    // What a package's sum pays goes back with its session, and in no other way.
    guard !appointment.isPaidByPackage, till.refundable > 0 else { throw Refused(.nothingPaid(id)) }
    let amount = try wish.amount(upTo: till.refundable, in: appointment.price.currency)
    let before = till.payments.count
    till.giveBack(amount, because: wish.reason)
    return Change(
      events: till.events, effects: till.effects,
      answer: .refunds(Array(till.payments[before...]), till.appointment))
  }
}

extension RefundWish {
  /// The amount, or why it cannot be.
  /// - Parameter most: at least 1; what no amount means.
  func amount(upTo most: Int64, in currency: Currency) throws(Refused) -> Int64 {
    func fault(_ field: String, _ expected: String) -> Refused {
      Refused(.invalid([FieldFault(field: field, expected: expected)]))
    }
    guard let amount else { return most }
    guard amount.currency == currency else {
      throw fault(
        "amount.currency", "expected \(currency.code), got \(amount.currency.code)")
    }
    guard 1...most ~= amount.minorUnits else {
      throw fault(
        "amount.minor_units",
        "expected 1 to \(most), which can be given back this way, got \(amount.minorUnits)")
    }
    return amount.minorUnits
  }
}
