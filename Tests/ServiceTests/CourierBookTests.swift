internal import Availability
internal import Booking
internal import Intervals
internal import Service
internal import Testing

/// Which errands a courier takes, and as what.
struct CourierBookTests {
  private static let intent = ErrandSubject.intent(PaymentIntentID(rawValue: 1))
  private static let refund = ErrandSubject.refund(PaymentID(rawValue: 2))

  private func errand(_ kind: ErrandKind, _ number: Int64 = 1) -> Errand {
    Errand(kind: kind, number: number, due: Instant(msSinceEpoch: 0))
  }

  private func book(
    recordedBefore: Set<CourierBook.Key> = [], underWayMax: Int = 32
  ) -> CourierBook {
    CourierBook(underWayMax: underWayMax, recordedBefore: recordedBefore)
  }

  @Test("what moves money is asked once; the same question is looked up from then on")  // P-8
  func once() {
    for kind in ErrandKind.allCases {
      var book = book()
      let errand = errand(kind)
      #expect(book.begin(Self.intent, errand) == .begun(mayHaveBeenAsked: false))
      book.end(Self.intent, errand, .later)
      let isLookedUp = kind == .confirm || kind == .refund
      #expect(book.begin(Self.intent, errand) == .begun(mayHaveBeenAsked: isLookedUp))
      book.end(Self.intent, errand, .done)
      let next = self.errand(kind, 2)
      #expect(book.begin(Self.intent, next) == .begun(mayHaveBeenAsked: false))
    }
  }

  @Test("what was recorded before the process began may have been asked")  // P-8
  func recordedBefore() {
    let errand = errand(.confirm, 7)
    var book = book(recordedBefore: [CourierBook.Key(Self.intent, errand)])
    #expect(book.begin(Self.refund, self.errand(.refund, 7)) == .begun(mayHaveBeenAsked: false))
    #expect(book.begin(Self.intent, errand) == .begun(mayHaveBeenAsked: true))
  }

  @Test("of one thing, one is under way; of all, so many, and not one more")
  func bounds() {
    var book = book(underWayMax: 2)
    #expect(book.begin(Self.intent, errand(.prepare)) == .begun(mayHaveBeenAsked: false))
    #expect(book.begin(Self.intent, errand(.look, 2)) == .left)
    #expect(book.begin(Self.refund, errand(.refund)) == .begun(mayHaveBeenAsked: false))
    let third = ErrandSubject.method(PaymentMethodID(rawValue: 3))
    #expect(book.begin(third, errand(.setUp)) == .full)
    book.end(Self.intent, errand(.prepare), .done)
    #expect(book.begin(third, errand(.setUp)) == .begun(mayHaveBeenAsked: false))
  }

  @Test("what is never taken is set aside, until it is another question")
  func setAside() {
    var book = book()
    let errand = errand(.look)
    #expect(book.begin(Self.intent, errand) == .begun(mayHaveBeenAsked: false))
    book.end(Self.intent, errand, .never)
    #expect(book.begin(Self.intent, errand) == .left)
    #expect(book.begin(Self.intent, self.errand(.look, 2)) == .begun(mayHaveBeenAsked: false))
  }

  @Test("while it is held, nothing begins but by hand; once it stops, nothing at all")
  func held() {
    var book = book()
    book.hold()
    #expect(book.begin(Self.intent, errand(.look)) == .full)
    #expect(book.begin(Self.intent, errand(.look), byHand: true) == .begun(mayHaveBeenAsked: false))
    book.release()
    #expect(book.begin(Self.refund, errand(.refund)) == .begun(mayHaveBeenAsked: false))
    book.stop()
    let third = ErrandSubject.method(PaymentMethodID(rawValue: 3))
    #expect(book.begin(third, errand(.setUp)) == .full)
    #expect(book.begin(third, errand(.setUp), byHand: true) == .full)
  }
}
