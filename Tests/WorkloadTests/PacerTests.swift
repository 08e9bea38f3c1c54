internal import Testing
internal import Workload

struct PacerTests {
  @Test("requests are due at equal distances, whatever became of those before")
  func equalDistances() {
    var pacer = Pacer(requestsPerSecond: 1_000, startNs: 500)
    // Nothing was sent for three milliseconds: all that were missed come at once, each with its own time.
    let late = (0..<4).map { _ in pacer.takeDue(nowNs: 3_000_500) }
    #expect(late == [500, 1_000_500, 2_000_500, 3_000_500])
    #expect(pacer.takeDue(nowNs: 3_000_500) == nil)
    #expect(pacer.nextNs == 4_000_500)
  }

  @Test("nothing is due before its time, and it is at its time")
  func notBefore() {
    var pacer = Pacer(requestsPerSecond: 10, startNs: 1_000)
    #expect(pacer.takeDue(nowNs: 999) == nil)
    #expect(pacer.takeDue(nowNs: 1_000) == 1_000)
  }

  @Test("a rate that does not divide a second does not drift")
  func noDrift() {
    var pacer = Pacer(requestsPerSecond: 3, startNs: 0)
    for _ in 0..<3_000_000 { _ = pacer.takeDue(nowNs: .max) }
    #expect(pacer.nextNs == 1_000_000 * 1_000_000_000)
  }

  @Test("what was not sent before the end is counted, the end excluded")
  func unsent() {
    var pacer = Pacer(requestsPerSecond: 10, startNs: 0)
    _ = pacer.takeDue(nowNs: 0)
    #expect(pacer.unsent(beforeNs: 1_000_000_000) == 9)
    #expect(pacer.unsent(beforeNs: 0) == 0)
  }
}
