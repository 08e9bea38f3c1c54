internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Queries about money find their rows by an index: none reads a table through.
struct MoneyQueryTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private static let appointment = PaymentPurpose.appointment(appointmentID(1))
  private static let benefit = PaymentPurpose.benefit(creditID)

  @Test(
    "each query is led by its index, and reads in its order",
    arguments: [
      (StoreSnapshot.dueErrandsQuery, "gateway_errands_by_due"),
      (StoreSnapshot.nextErrandDueQuery, "gateway_errands_by_due"),
      (StoreSnapshot.dueBenefitsQuery, "benefits_by_due"),
      (StoreSnapshot.nextBenefitDueQuery, "benefits_by_due"),
      (StoreSnapshot.intentsQuery(for: appointment), "payment_intents_by_appointment"),
      (StoreSnapshot.intentsQuery(for: benefit), "payment_intents_by_benefit"),
      (StoreSnapshot.paymentsQuery(for: appointment), "payments_by_appointment"),
      (StoreSnapshot.paymentsQuery(for: benefit), "payments_by_benefit"),
      (StoreSnapshot.methodsQuery, "payment_methods_by_client"),
      (StoreSnapshot.benefitsQuery, "benefits_by_client"),
      (StoreSnapshot.accountQuery, "benefits_by_client"),
      (StoreSnapshot.payoutsQuery, "payouts_by_therapist"),
      (StoreSnapshot.linesQuery, "COVERING INDEX ledger_postings_by_owner"),
      (StoreSnapshot.openingQuery, "COVERING INDEX ledger_postings_by_owner"),
      (StoreSnapshot.earningsQuery, "COVERING INDEX ledger_postings_by_owner"),
      (StoreSnapshot.statementQuery, "ledger_postings_by_owner"),
      (StoreSnapshot.transfersQuery, "sqlite_autoindex_ledger_transfers_1"),
      (StoreSnapshot.transfersOfSubjectQuery, "ledger_transfers_by_subject"),
    ])
  func usesIndex(_ query: String, _ index: String) throws {
    let sql = query.replacing(/\$\d/) { _ in "1" }
    let plan = try scratch.rows("EXPLAIN QUERY PLAN \(sql)").map { $0[3] }
    #expect(plan.contains { $0.hasPrefix("SEARCH") && $0.contains(index) }, "\(plan)")
    #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
    #expect(!plan.contains { $0.contains("FOR ORDER BY") }, "\(plan)")
  }

  @Test("a page of payments is led by whoever has the fewest")  // P-1
  func payments() throws {
    for (query, index) in [
      (PaymentQuery(limit: 9), "payments_by_partner"),
      (PaymentQuery(appointment: appointmentID(1), limit: 9), "payments_by_appointment"),
      (PaymentQuery(benefit: creditID, limit: 9), "payments_by_benefit"),
      (PaymentQuery(pair: CarePair(anna, carlo), limit: 9), "appointments_by_client"),
    ] {
      let plan = try store.read { try $0.plan(ofPayments: partner, matching: query) }
      #expect(plan.first?.contains(index) == true, "\(plan)")
      #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
    }
  }

  @Test("what is deleted for its age is found by it")
  func tidying() throws {
    let plan = try scratch.rows("EXPLAIN QUERY PLAN DELETE FROM gateway_events WHERE at_ms < 1")
    #expect(plan.map { $0[3] }.contains { $0.contains("gateway_events_by_time") }, "\(plan)")
  }
}
