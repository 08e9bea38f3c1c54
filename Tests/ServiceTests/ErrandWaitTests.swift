internal import Service
internal import Testing

/// A read that waits: what it does, whatever happens in which order.
struct ErrandWaitTests {
  @Test("what nothing is being asked about is answered after one read")
  func nothingPending() {
    var wait = ErrandWait()
    #expect(wait.began() == .read)
    #expect(wait.readEnded(isPending: false) == .answer)
    #expect(wait.rang() == .none)
    #expect(wait.timeEnded() == .none)
  }

  @Test("what is pending is read again when it rings, and answered once it no longer is")
  func untilDone() {
    var wait = ErrandWait()
    #expect(wait.began() == .read)
    #expect(wait.readEnded(isPending: true) == .none)
    #expect(wait.rang() == .read)
    #expect(wait.readEnded(isPending: true) == .none)
    #expect(wait.rang() == .read)
    #expect(wait.readEnded(isPending: false) == .answer)
  }

  @Test("a ring during a read is not lost: the read may have come too early")
  func ringDuringRead() {
    var wait = ErrandWait()
    #expect(wait.began() == .read)
    #expect(wait.rang() == .none)
    #expect(wait.rang() == .none)
    #expect(wait.readEnded(isPending: true) == .read)
    #expect(wait.readEnded(isPending: false) == .answer)
  }

  @Test("a ring before the beginning begins it")
  func ringFirst() {
    var wait = ErrandWait()
    #expect(wait.rang() == .read)
    #expect(wait.began() == .none)
    #expect(wait.readEnded(isPending: false) == .answer)
  }

  @Test("when the time is over it is answered as it stands, pending or not")
  func timeOver() {
    var resting = ErrandWait()
    #expect(resting.began() == .read)
    #expect(resting.readEnded(isPending: true) == .none)
    #expect(resting.timeEnded() == .read)
    #expect(resting.readEnded(isPending: true) == .answer)
    var reading = ErrandWait()
    #expect(reading.began() == .read)
    #expect(reading.timeEnded() == .none)
    #expect(reading.readEnded(isPending: true) == .answer)
  }

  @Test("who gave up is answered nothing, and nothing is read any more")
  func givenUp() {
    var wait = ErrandWait()
    #expect(wait.began() == .read)
    #expect(wait.gaveUp() == .none)
    #expect(wait.readEnded(isPending: false) == .none)
    #expect(wait.rang() == .none)
    #expect(wait.timeEnded() == .none)
  }

  @Test(
    "in any order of events there is one read at a time, and one answer, which comes",
    arguments: 0..<400)
  func anyOrder(_ seed: UInt64) {
    var dice = Dice(seed: seed)
    var wait = ErrandWait()
    var (reads, answers) = (0, 0)
    // Whether something was written that no read has begun after.
    var isUnseen = true
    var isTimeOver = false
    func note(_ action: ErrandWait.Action) {
      switch action {
      case .none: break
      case .read:
        reads += 1
        isUnseen = false
      case .answer: answers += 1
      }
    }
    note(wait.began())
    for _ in 0..<30 {
      switch dice.next() % 4 {
      case 0:
        isUnseen = true
        note(wait.rang())
      case 1 where dice.next() % 8 == 0:
        isTimeOver = true
        note(wait.timeEnded())
      default:
        guard reads > 0 else { continue }
        reads -= 1
        let isPending = isUnseen || dice.next() % 3 != 0
        let before = answers
        note(wait.readEnded(isPending: isPending))
        #expect(answers == before || !isPending || isTimeOver)
      }
      #expect(reads <= 1)
      #expect(answers <= 1)
      // It never rests on what it has not seen.
      #expect(!isUnseen || reads == 1 || answers == 1)
    }
    note(wait.timeEnded())
    if reads == 1 { note(wait.readEnded(isPending: true)) }
    #expect(answers == 1)
  }
}
