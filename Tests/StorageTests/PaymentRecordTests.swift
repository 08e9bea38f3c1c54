internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct PaymentRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.book([
      session(1, span(0, 50)), session(2, span(100, 150), client: daria),
      session(3, span(200, 250), therapist: bruno),
    ])
  }

  private func payment(
    _ number: UInt128, of appointment: UInt128, _ cents: Int64 = 7_000,
    _ direction: Payment.Direction = .payment
  ) -> Payment {
    Payment(
      id: PaymentID(rawValue: 3_000 + number),
      purpose: .appointment(self.appointment(appointment)), direction: direction,
      amount: euro(cents), method: "card", note: "no. \(number)",
      at: noon.advanced(byMs: Int64(number)))
  }

  private func appointment(_ number: UInt128) -> AppointmentID {
    AppointmentID(rawValue: 1_000 + number)
  }

  private func list(
    _ query: PaymentQuery, of owner: PartnerID = partner
  ) throws -> [Payment] {
    try store.read { try $0.payments(of: owner, matching: query) }
  }

  @Test("payments and refunds are read back as they were written, by id")  // P-1 P-6
  func readBack() throws {
    let all = [
      payment(1, of: 1), payment(2, of: 2, 1), payment(3, of: 1, 7_000, .refund),
      payment(4, of: 3, .max),
    ]
    try store.apply(all.reversed().map(Event.moneyMoved))
    #expect(try list(PaymentQuery(limit: 9)) == all)
    #expect(try list(PaymentQuery(limit: 9), of: otherPartner) == [])
    #expect(try list(PaymentQuery(after: all[1].id, limit: 1)) == [all[2]])
    #expect(
      try list(PaymentQuery(appointment: appointment(1), limit: 9)) == [all[0], all[2]])
  }

  @Test("those of a therapy are those of its two, and of nobody else")  // P-1
  func ofTherapy() throws {
    try store.apply((1...3).map { .moneyMoved(payment($0, of: $0)) })
    func ids(_ pair: CarePair, _ appointment: AppointmentID? = nil) throws -> [PaymentID] {
      try list(PaymentQuery(appointment: appointment, pair: pair, limit: 9)).map(\.id)
    }
    #expect(try ids(CarePair(anna, carlo)) == [payment(1, of: 1).id])
    #expect(try ids(CarePair(anna, daria)) == [payment(2, of: 2).id])
    #expect(try ids(CarePair(bruno, carlo)) == [payment(3, of: 3).id])
    #expect(try ids(CarePair(bruno, daria)) == [])
    #expect(try ids(CarePair(anna, carlo), appointment(2)) == [])
  }

  @Test("each is an event that names its appointment")  // E-1
  func events() throws {
    let (paid, back) = (payment(1, of: 1), payment(2, of: 1, 1, .refund))
    try store.apply([.moneyMoved(paid), .moneyMoved(back)])
    #expect(
      try scratch.rows(
        "SELECT kind, subject_id, related_id FROM events ORDER BY position DESC LIMIT 2")
        == [
          ["REFUND_RECORDED", back.id.text, appointment(1).text],
          ["PAYMENT_RECORDED", paid.id.text, appointment(1).text],
        ])
  }

  @Test("no payment is of nothing, or of an appointment that is not there")
  func guarded() {
    for wrong in [payment(1, of: 1, 0), payment(1, of: 1, -1), payment(1, of: 9)] {
      #expect(throws: StoreError.self) { try store.apply([.moneyMoved(wrong)]) }
    }
    // What was given back is never more than what was paid (P-6).
    #expect(throws: (any Error).self) {
      try scratch.tamper("UPDATE appointments SET refunded_minor_units = 1")
    }
  }
}
