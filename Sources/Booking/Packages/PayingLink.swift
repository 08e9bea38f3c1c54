internal import Accounting
internal import Availability
internal import Intervals

/// K-5: money for a package that is sold by its total value. The package goes on whatever becomes of it.
enum PayingLink {
  static func needs(_ wish: LinkPaymentWish) -> Needs {
    var needs = Needs()
    needs.links.insert(wish.link)
    need(wish.payment, in: &needs)
    return needs
  }

  /// What is needed for a way to pay; also where the package is linked in the same call.
  static func need(_ payment: LinkPayment, in needs: inout Needs) {
    if case .through(gateway: _, .saved(let method)) = payment {
      needs.paymentMethods.insert(method)
    }
  }

  static func decide(
    _ wish: LinkPaymentWish, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      guard let link = facts.links[wish.link], wish.isTheirs(command.actor, link) else {
        throw Refused(.notFound(id: wish.link.text, field: "link_id"))
      }
      guard let id = link.benefit, let benefit = facts.benefits[id] else {
        throw Refused(.nothingDueForPackage(link.id))
      }
      let paid = try pay(
        wish.payment, for: benefit, of: link.id, note: wish.note, facts: facts, stamp: stamp)
      return .change(
        Change(
          events: paid.events, effects: paid.effects,
          answer: .packageLinkPaid(link, paid.payment, intent: paid.intent)))
    } catch {
      return .refuse(error.refusal)
    }
  }

  /// What is done to pay for a package, or a part of it.
  struct Paid {
    let events: [Event]
    let effects: [Effect]
    /// Nil where a gateway is to be asked first.
    let payment: Payment?
    let intent: PaymentIntent?
  }

  /// - Parameters:
  ///   - benefit: the package's; may have been made in the same decision.
  ///   - facts: with the benefit's intents and payments, where it has any.
  static func pay(
    _ payment: LinkPayment, for benefit: Benefit, of link: PackageLinkID, note: String,
    facts: Facts, stamp: Stamp
  ) throws(Refused) -> Paid {
    var sale = BenefitSale(benefit, facts: facts, stamp: stamp)
    guard sale.outstanding > 0 else { throw Refused(.nothingDueForPackage(link)) }
    // What is under way may take all of it: that has to be known first.
    if let open = sale.open, open.isUnderWay {
      throw Refused(.paymentInFlight(open.id, open.state))
    }
    switch payment {
    case .byHand(let method, let amount):
      let amount = try amount.map { money throws(Refused) in
        try money.part(of: sale.outstanding, in: benefit.value.currency)
      }
      let moved = sale.record(amount ?? sale.outstanding, by: method, note: note)
      return Paid(events: sale.events, effects: sale.effects, payment: moved, intent: nil)
    case .through(let gateway, let source):
      if let open = sale.open, open.gateway != gateway {
        throw Refused(.gatewayMissing(open.gateway))
      }
      let choice = try source?.choice(of: benefit.client, at: gateway, facts)
      let id = sale.take(from: choice, through: gateway)
      return Paid(
        events: sale.events, effects: sale.effects, payment: nil, intent: sale.intent(id))
    }
  }
}

extension LinkPaymentWish {
  /// Staff record and begin payments for all, and clients pay for their own.
  fileprivate func isTheirs(_ actor: Actor, _ link: PackageLink) -> Bool {
    switch (actor, payment) {
    case (.staff, _), (.time, _), (.gateway, _): true
    case (.client(link.client), .through): true
    case (.client, _), (.therapist, _), (.link, _): false
    }
  }
}

extension Money {
  fileprivate func part(of most: Int64, in currency: Currency) throws(Refused) -> Int64 {
    func fault(_ field: String, _ expected: String) -> Refused {
      Refused(.invalid([FieldFault(field: field, expected: expected)]))
    }
    guard self.currency == currency else {
      throw fault(
        "amount.currency", "expected \(currency.code), got \(self.currency.code)")
    }
    guard 1...most ~= minorUnits else {
      throw fault(
        "amount.minor_units", "expected 1 to \(most), which is open, got \(minorUnits)")
    }
    return minorUnits
  }
}
