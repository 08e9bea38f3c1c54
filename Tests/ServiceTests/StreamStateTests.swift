internal import Service
internal import Testing

/// Where a stream is: one reply at a time, nothing missed, nothing after the end.
struct StreamStateTests {
  private func told(pauseMs: Int64 = 0) -> StreamState {
    var state = StreamState(pauseMs: pauseMs)
    #expect(state.began(atMs: 0) == .read)
    #expect(state.readEnded(hasFound: false, hasMore: false, atMs: 0) == .tell)
    #expect(state.flushed(atMs: 0) == .none)
    return state
  }

  @Test("a stream that begins reads, and tells that it has begun even where nothing is there")
  func beginning() {  // E-1
    _ = told()
  }

  @Test("while what was read is being told nothing is read, however often it rings")
  func oneAtATime() {  // E-1
    var state = told()
    #expect(state.rang(atMs: 1) == .read)
    #expect(state.readEnded(hasFound: true, hasMore: true, atMs: 1) == .tell)
    for ms in 2..<100 { #expect(state.rang(atMs: Int64(ms)) == .none) }
    #expect(state.stayedQuiet() == .none)
    #expect(state.flushed(atMs: 100) == .read)
  }

  @Test("what is written while it reads is read afterwards: the read may have missed it")
  func stale() {  // E-1
    var state = told()
    #expect(state.rang(atMs: 1) == .read)
    #expect(state.rang(atMs: 1) == .none)
    #expect(state.readEnded(hasFound: false, hasMore: false, atMs: 2) == .read)
    #expect(state.rang(atMs: 2) == .none)
    #expect(state.readEnded(hasFound: true, hasMore: false, atMs: 3) == .tell)
    #expect(state.flushed(atMs: 4) == .read)
    #expect(state.readEnded(hasFound: false, hasMore: false, atMs: 5) == .none)
  }

  @Test("what the filter leaves out is read over without a word, to where there is no more")
  func filtered() {  // E-1
    var state = StreamState(pauseMs: 0)
    #expect(state.began(atMs: 0) == .read)
    #expect(state.readEnded(hasFound: false, hasMore: true, atMs: 0) == .read)
    #expect(state.readEnded(hasFound: false, hasMore: false, atMs: 0) == .tell)
  }

  @Test("from one read to the next the pause passes, and what rang in it is read once at its end")
  func pause() {
    var state = told(pauseMs: 200)
    #expect(state.rang(atMs: 150) == .pause(ms: 50))
    #expect(state.rang(atMs: 199) == .none)
    #expect(state.pauseEnded(atMs: 200) == .read)
    #expect(state.readEnded(hasFound: false, hasMore: false, atMs: 201) == .none)
    #expect(state.pauseEnded(atMs: 400) == .none)
    #expect(state.rang(atMs: 400) == .read)
  }

  @Test("who hears nothing is told that the stream lives, and then of what is written")
  func quiet() {  // E-1
    var state = told()
    #expect(state.stayedQuiet() == .tell)
    #expect(state.stayedQuiet() == .none)
    #expect(state.rang(atMs: 1) == .none)
    #expect(state.flushed(atMs: 2) == .read)
  }

  @Test("who hears nothing is told so in a pause, too, and what rang in it is read afterwards")
  func quietInPause() {  // E-1
    var state = told(pauseMs: 200)
    #expect(state.rang(atMs: 150) == .pause(ms: 50))
    #expect(state.stayedQuiet() == .tell)
    #expect(state.pauseEnded(atMs: 200) == .none)
    #expect(state.flushed(atMs: 201) == .read)
  }

  @Test(
    "who hears nothing while it reads is told once it has read, whether it found anything or not",
    arguments: [false, true], [false, true])
  func quietWhileReading(_ hasFound: Bool, _ hasMore: Bool) {  // E-1
    var state = told()
    #expect(state.rang(atMs: 1) == .read)
    #expect(state.stayedQuiet() == .none)
    #expect(state.rang(atMs: 2) == .none)
    #expect(state.readEnded(hasFound: hasFound, hasMore: hasMore, atMs: 3) == .tell)
    #expect(state.flushed(atMs: 4) == .read)
    #expect(state.readEnded(hasFound: false, hasMore: false, atMs: 5) == .none)
  }

  @Test("a stream ends once, wherever it is, and nothing comes after", arguments: 0..<4)
  func ending(_ steps: Int) {
    var state = told(pauseMs: 10)
    if steps > 0 { _ = state.rang(atMs: 5) }
    if steps > 1 { _ = state.pauseEnded(atMs: 10) }
    if steps > 2 { _ = state.readEnded(hasFound: true, hasMore: true, atMs: 11) }
    #expect(state.ended() == true)
    #expect(state.isOver)
    #expect(state.ended() == false)
    #expect(state.rang(atMs: 20) == .none)
    #expect(state.pauseEnded(atMs: 20) == .none)
    #expect(state.readEnded(hasFound: true, hasMore: true, atMs: 20) == .none)
    #expect(state.flushed(atMs: 20) == .none)
    #expect(state.stayedQuiet() == .none)
  }
}
