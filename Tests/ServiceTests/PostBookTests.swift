internal import Availability
internal import Booking
internal import Intervals
internal import Service
internal import Testing

/// Which messages leave, in which order, and for how long they are tried.
struct PostBookTests {
  private func key(_ position: Int64) -> PostBook.Key {
    PostBook.Key(partner: PartnerID(rawValue: 1), position: position, ordinal: 0)
  }

  private func thread(
    to recipient: String = "cli_1", about subject: String = "apt_1", by channel: Channel = .email
  ) -> PostBook.Thread {
    PostBook.Thread(
      partner: PartnerID(rawValue: 1), recipient: recipient, subject: subject, channel: channel)
  }

  private func begins(
    _ book: inout PostBook, _ position: Int64, of thread: PostBook.Thread
  ) -> Bool {
    if case .begun = book.begin(key(position), of: thread) { true } else { false }
  }

  @Test("of one thread one leaves at a time; other readers, matters and ways do not wait")  // N-4
  func threads() {
    var book = PostBook(underWayMax: 16)
    book.turnPage()
    #expect(begins(&book, 1, of: thread()))
    #expect(book.begin(key(2), of: thread()) == .left)
    #expect(begins(&book, 3, of: thread(to: "thr_1")))
    #expect(begins(&book, 4, of: thread(about: "apt_2")))
    #expect(begins(&book, 5, of: thread(by: .sms)))
  }

  @Test("what ended since a page was read keeps its thread closed until the next is read")  // N-4
  func outOfDate() {
    var book = PostBook(underWayMax: 16)
    book.turnPage()
    #expect(begins(&book, 1, of: thread()))
    // As the page says, the second could leave; but the first may have to be tried again before it.
    book.end(key(1), of: thread(), .noted)
    #expect(book.begin(key(2), of: thread()) == .left)
    book.turnPage()
    #expect(begins(&book, 2, of: thread()))
    // Under way while the next page is read: it may end before that is looked through.
    book.turnPage()
    book.end(key(2), of: thread(), .noted)
    #expect(book.begin(key(3), of: thread()) == .left)
  }

  @Test("what was sent and could not be noted is noted the next time, and not sent once more")
  func kept() {  // N-4
    var book = PostBook(underWayMax: 16)
    let note = DeliveryNote(
      position: 1, ordinal: 0, tries: 1, fate: .sent(reference: "r"), at: Instant(msSinceEpoch: 0))
    #expect(book.begin(key(1), of: thread()) == .begun(known: nil))
    book.end(key(1), of: thread(), .later(note))
    book.turnPage()
    #expect(book.begin(key(1), of: thread()) == .begun(known: note))
    // Held up once more, it is still known.
    book.end(key(1), of: thread(), .later(nil))
    book.turnPage()
    #expect(book.begin(key(1), of: thread()) == .begun(known: note))
    book.end(key(1), of: thread(), .noted)
    book.turnPage()
    #expect(book.begin(key(1), of: thread()) == .begun(known: nil))
  }

  @Test("what can never be noted is left alone; others of its thread go on")
  func setAside() {
    var book = PostBook(underWayMax: 16)
    #expect(begins(&book, 1, of: thread()))
    book.end(key(1), of: thread(), .never)
    book.turnPage()
    #expect(book.begin(key(1), of: thread()) == .left)
    #expect(begins(&book, 2, of: thread()))
  }

  @Test("no more begin than may be under way; none while held but by hand, none once stopped")
  func limits() {
    var book = PostBook(underWayMax: 2)
    #expect(begins(&book, 1, of: thread(about: "apt_1")))
    #expect(begins(&book, 2, of: thread(about: "apt_2")))
    #expect(book.begin(key(3), of: thread(about: "apt_3")) == .full)
    book.end(key(1), of: thread(about: "apt_1"), .noted)
    #expect(begins(&book, 3, of: thread(about: "apt_3")))
    book.end(key(2), of: thread(about: "apt_2"), .noted)
    book.hold()
    #expect(book.begin(key(4), of: thread(about: "apt_4")) == .full)
    #expect(
      book.begin(key(4), of: thread(about: "apt_4"), byHand: true) == .begun(known: nil))
    book.end(key(4), of: thread(about: "apt_4"), .noted)
    book.release()
    #expect(begins(&book, 5, of: thread(about: "apt_5")))
    book.end(key(5), of: thread(about: "apt_5"), .noted)
    book.stop()
    #expect(book.begin(key(6), of: thread(about: "apt_6"), byHand: true) == .full)
  }

  @Test("as many of one way as may: those of another begin all the same")  // N-4, N-5
  func ways() {
    var book = PostBook(underWayMax: 3, ofOneWayMax: 2)
    #expect(begins(&book, 1, of: thread(about: "apt_1")))
    #expect(begins(&book, 2, of: thread(about: "apt_2")))
    #expect(book.begin(key(3), of: thread(about: "apt_3")) == .crowded)
    #expect(begins(&book, 4, of: thread(about: "apt_3", by: .sms)))
    #expect(book.begin(key(5), of: thread(about: "apt_4", by: .sms)) == .full)
    book.end(key(1), of: thread(about: "apt_1"), .noted)
    #expect(begins(&book, 3, of: thread(about: "apt_3")))
  }

  @Test("it is tried again after 1, 5, 15, 60 minutes, then each hour, until three days are over")
  func patience() {  // N-4
    let promised = Instant(msSinceEpoch: 1_800_000_000_000)
    var (now, tries, pauses) = (promised, Int32(0), [Int64]())
    while true {
      tries += 1
      let fate = PostPatience.fate(
        afterTries: tries, promised: promised, at: now, error: "no route")
      guard case .retry(let next, let error) = fate else {
        #expect(fate == .givenUp(error: "no route"))
        break
      }
      #expect(error == "no route")
      pauses.append((next.msSinceEpoch - now.msSinceEpoch) / minuteMs)
      now = next
    }
    #expect(pauses.prefix(6) == [1, 5, 15, 60, 60, 60])
    #expect(pauses.dropFirst(3).allSatisfy { $0 == 60 })
    #expect(!PostPatience.isStale(promised: promised, at: now))
    #expect(PostPatience.isStale(promised: promised, at: now.advanced(byMs: hourMs)))
    #expect(!PostPatience.isStale(promised: promised, at: promised.advanced(byMs: 3 * dayMs - 1)))
    #expect(PostPatience.isStale(promised: promised, at: promised.advanced(byMs: 3 * dayMs)))
  }
}
