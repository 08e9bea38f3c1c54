internal import Accounting
internal import Testing

@Suite struct AccountTests {
  @Test("the chart of accounts is known by these words, and in this order")  // P-9
  func chart() {
    let words = [
      "CLIENT", "THERAPIST", "PARTNER", "GATEWAY", "HAND", "FEES", "PENALTIES",
      "DEFERRED_REVENUE", "PROMOTIONS", "DISPUTES", "BANK",
    ]
    #expect(AccountKind.allCases.map(\.rawValue) == words)
    #expect(AccountKind.allCases.reversed().sorted() == AccountKind.allCases)
    for kind in AccountKind.allCases {
      let isBelowItself = kind < kind
      #expect(!isBelowItself)
    }
  }

  @Test("movements are known by these words")  // P-9
  func movements() {
    let words = [
      "CHARGE", "REFUND", "REFUND_FAILED", "SESSION_RECOGNISED", "RECOGNITION_REVERSED",
      "PENALTY", "COMMISSION", "FEE", "DISPUTE_OPENED", "DISPUTE_WON", "DISPUTE_LOST",
      "BENEFIT_SOLD", "BENEFIT_GRANTED", "BENEFIT_USED", "BENEFIT_RETURNED", "BENEFIT_EXPIRED",
      "PAYOUT", "PACKAGE_SOLD", "PACKAGE_RETURNED", "PROCEDURE_POSTED",
    ]
    #expect(TransferKind.allCases.map(\.rawValue) == words)
  }

  @Test("accounts are in the order of the chart, then of their owners")  // P-9
  func order() {
    let bank = Account(kind: .bank, owner: "a")
    #expect([bank, sandbox, daria, anna, carlo].sorted() == [carlo, daria, anna, sandbox, bank])
  }
}
