/// What an account stands for. Balances are debits less credits.
public enum AccountKind: String, CaseIterable, Hashable, Sendable {
  /// Receivable from a client: a debit is an open claim.
  case client = "CLIENT"
  /// Payable to a therapist: a credit is owed to them.
  case therapist = "THERAPIST"
  /// The platform's own revenue: commissions, benefits that lapsed.
  case partner = "PARTNER"
  /// Held at a payment gateway.
  case gateway = "GATEWAY"
  /// Taken by hand, outside any gateway.
  case hand = "HAND"
  /// What gateways cost.
  case fees = "FEES"
  /// Fees for cancelling and for not showing up, earned per therapist.
  case penalties = "PENALTIES"
  /// Received or promised by a client, and not earned yet.
  case deferredRevenue = "DEFERRED_REVENUE"
  /// Given away: benefits that were granted, discounts.
  case promotions = "PROMOTIONS"
  /// Withdrawn by a gateway until a dispute is decided.
  case disputes = "DISPUTES"
  /// Paid out.
  case bank = "BANK"
}

extension AccountKind: Comparable {
  /// In the order of the chart above.
  public static func < (left: AccountKind, right: AccountKind) -> Bool {
    for kind in allCases {
      if kind == right { return false }
      if kind == left { return true }
    }
    return false
  }
}

/// Where money is, or to whom it is owed.
public struct Account: Hashable, Sendable {
  public let kind: AccountKind
  /// Whose account it is: an id as text, or a gateway's name.
  public let owner: String

  public init(kind: AccountKind, owner: String) {
    self.kind = kind
    self.owner = owner
  }
}

extension Account: Comparable {
  public static func < (left: Account, right: Account) -> Bool {
    (left.kind, left.owner) < (right.kind, right.owner)
  }
}
