/// Why money moved.
public enum TransferKind: String, CaseIterable, Hashable, Sendable {
  case charge = "CHARGE"
  case refund = "REFUND"
  case refundFailed = "REFUND_FAILED"
  case sessionRecognised = "SESSION_RECOGNISED"
  case recognitionReversed = "RECOGNITION_REVERSED"
  case penalty = "PENALTY"
  case commission = "COMMISSION"
  case fee = "FEE"
  case disputeOpened = "DISPUTE_OPENED"
  case disputeWon = "DISPUTE_WON"
  case disputeLost = "DISPUTE_LOST"
  case benefitSold = "BENEFIT_SOLD"
  case benefitGranted = "BENEFIT_GRANTED"
  case benefitUsed = "BENEFIT_USED"
  case benefitReturned = "BENEFIT_RETURNED"
  case benefitExpired = "BENEFIT_EXPIRED"
  case payout = "PAYOUT"
  /// The sum of a package, at linking (K-5).
  case packageSold = "PACKAGE_SOLD"
  case packageReturned = "PACKAGE_RETURNED"
  /// A session of a package at the price of the procedure that was chosen on it (K-5).
  case procedurePosted = "PROCEDURE_POSTED"
}

/// One movement of money: postings that sum to zero in every currency (P-9).
public struct Transfer: Hashable, Sendable {
  public let kind: TransferKind
  /// What it was for: an id as text.
  public let subject: String
  public let note: String
  /// One for each account and currency, by account, then currency. Never empty. Their debits, and
  /// so their credits, fit in `Int64` for each currency: they can be summed in any order.
  public let postings: [Posting]

  /// Nil unless the postings balance and leave something to move; `balanced` says why.
  /// - Parameter postings: lines of the same account and currency are merged; nil is a line of 0.
  public init?(kind: TransferKind, subject: String, note: String, postings: [Posting?]) {
    guard
      let transfer = try? Transfer.balanced(
        kind: kind, subject: subject, note: note, postings: postings)
    else { return nil }
    self = transfer
  }

  /// As the failable `init`, saying why not.
  public static func balanced(
    kind: TransferKind, subject: String, note: String, postings: [Posting?]
  ) throws(Unbalanced) -> Transfer {
    Transfer(
      kind: kind, subject: subject, note: note, merged: try merged(postings.compactMap { $0 }))
  }

  private init(kind: TransferKind, subject: String, note: String, merged: [Posting]) {
    self.kind = kind
    self.subject = subject
    self.note = note
    self.postings = merged
  }

  private struct Line: Hashable {
    let account: Account
    let currency: Currency
  }

  private static func merged(_ postings: [Posting]) throws(Unbalanced) -> [Posting] {
    // Sums of Int128, which no number of lines overflows.
    var sums: [Line: Int128] = [:]
    for posting in postings {
      let line = Line(account: posting.account, currency: posting.amount.currency)
      sums[line, default: 0] += Int128(posting.amount.minorUnits)
    }
    var totals: [Currency: (off: Int128, debits: Int128)] = [:]
    for (line, sum) in sums {
      totals[line.currency, default: (0, 0)].off += sum
      totals[line.currency, default: (0, 0)].debits += max(0, sum)
    }
    let ordered = totals.sorted { $0.key < $1.key }
    let off = ordered.filter { $0.value.off != 0 }
    guard off.isEmpty else {
      throw .off(off.map { Unbalanced.Difference(currency: $0.key, minorUnits: $0.value.off) })
    }
    if let large = ordered.first(where: { $0.value.debits > Int128(Int64.max) }) {
      throw .tooLarge(large.key)
    }
    let lines = sums.sorted {
      ($0.key.account, $0.key.currency) < ($1.key.account, $1.key.currency)
    }.compactMap { line, sum in
      Posting(line.account, Money(minorUnits: Int64(sum), currency: line.currency))
    }
    guard !lines.isEmpty else { throw .empty }
    return lines
  }
}
