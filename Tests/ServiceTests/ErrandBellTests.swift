internal import Availability
internal import Booking
internal import Service
internal import Synchronization
internal import Testing

/// Who waits for a gateway's answer is rung for, and never forgotten.
@Suite(.timeLimit(.minutes(1)))
struct ErrandBellTests {
  private let one = ErrandSubject.intent(PaymentIntentID(rawValue: 1))
  private let other = ErrandSubject.method(PaymentMethodID(rawValue: 1))

  @Test("each ring reaches all who listen for that subject, and nobody else, until they leave")
  func rings() throws {
    let bell = ErrandBell(capacity: 8)
    let heard = Heard()
    let first = try #require(bell.listen(for: one) { heard.note("first") })
    let second = try #require(bell.listen(for: one) { heard.note("second") })
    _ = try #require(bell.listen(for: other) { heard.note("other") })
    bell.ring([one])
    #expect(heard.sorted == ["first", "second"])
    bell.leave(first)
    bell.ring([one, other])
    #expect(heard.sorted == ["first", "other", "second", "second"])
    bell.leave(second)
    bell.ring([one])
    #expect(heard.sorted == ["first", "other", "second", "second"])
  }

  @Test("as many listen as may; who leaves makes room, once")
  func capacity() throws {
    let bell = ErrandBell(capacity: 2)
    let first = try #require(bell.listen(for: one) {})
    _ = try #require(bell.listen(for: other) {})
    #expect(bell.listen(for: one) {} == nil)
    #expect(bell.count == 2)
    bell.leave(first)
    bell.leave(first)
    #expect(bell.count == 1)
    #expect(bell.listen(for: one) {} != nil)
    #expect(bell.listen(for: one) {} == nil)
  }

  @Test("one subject's listeners leave room for others'")
  func capacityOfSubject() throws {
    let bell = ErrandBell(capacity: 3, ofSubject: 2)
    let first = try #require(bell.listen(for: one) {})
    _ = try #require(bell.listen(for: one) {})
    #expect(bell.listen(for: one) {} == nil)
    _ = try #require(bell.listen(for: other) {})
    bell.leave(first)
    #expect(bell.listen(for: one) {} != nil)
    #expect(bell.listen(for: other) {} == nil)
  }

  @Test("who is rung for may leave, and listen anew, at once")
  func leavingWhenRung() throws {
    let bell = ErrandBell(capacity: 4)
    let heard = Heard()
    let seat = Seat()
    let place = bell.listen(for: one) { [one] in
      heard.note("rung")
      if let place = seat.place { bell.leave(place) }
      _ = bell.listen(for: one) { heard.note("anew") }
    }
    seat.place = place
    bell.ring([one])
    #expect(heard.sorted == ["rung"])
    #expect(bell.count == 1)
    bell.ring([one])
    #expect(heard.sorted == ["anew", "rung"])
  }

  @Test("many come, go and are rung for on many threads, and nobody is left behind")
  func crowd() async throws {
    let bell = ErrandBell(capacity: 10_000)
    let heard = Heard()
    await withTaskGroup { tasks in
      for crowd in 0..<8 {
        tasks.addTask { [one, other] in
          for turn in 0..<500 {
            let subject = (crowd + turn) % 2 == 0 ? one : other
            let place = bell.listen(for: subject) { heard.note("rung") }
            bell.ring([subject])
            if let place { bell.leave(place) }
          }
        }
      }
    }
    #expect(bell.count == 0)
    // At least their own ring.
    #expect(heard.sorted.count >= 8 * 500)
  }
}

/// Where someone listens.
private final class Seat: Sendable {
  private let taken = Mutex<ErrandBell.Place?>(nil)

  var place: ErrandBell.Place? {
    get { taken.withLock { $0 } }
    set { taken.withLock { $0 = newValue } }
  }
}

/// What was heard.
private final class Heard: Sendable {
  private let names = Mutex<[String]>([])

  func note(_ name: String) {
    names.withLock { $0.append(name) }
  }

  var sorted: [String] { names.withLock { $0.sorted() } }
}
