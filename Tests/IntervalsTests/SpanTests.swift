internal import Intervals
internal import Testing

struct SpanTests {
  @Test("an empty or reversed span cannot be made")
  func neverEmpty() {
    #expect(Span(from: minute(5), to: minute(5)) == nil)
    #expect(Span(from: minute(5), to: minute(4)) == nil)
    #expect(Span(from: minute(5), lastingMinutes: 0) == nil)
    #expect(Span(from: minute(5), lastingMinutes: -3) == nil)
    #expect(Span(from: minute(5), lastingMinutes: 1) == span(5, 6))
    #expect(span(5, 55).lengthMinutes == 50)
  }

  @Test("spans that only touch do not overlap; those that share one minute do")
  func overlap() {
    #expect(!span(0, 10).overlaps(span(10, 20)))
    #expect(!span(10, 20).overlaps(span(0, 10)))
    #expect(span(0, 11).overlaps(span(10, 20)))
    #expect(span(0, 100).overlaps(span(40, 41)))
    #expect(span(40, 41).overlaps(span(0, 100)))
  }

  @Test("overlapping is the same as sharing a minute, for all small spans")
  func overlapIsSharing() {
    for one in allSpans(within: 5) {
      for other in allSpans(within: 5) {
        let shared = (Int32(0)..<5).map(minute).filter { one.contains($0) && other.contains($0) }
        #expect(one.overlaps(other) == !shared.isEmpty)
        #expect(one.intersection(other)?.start == shared.first)
        #expect(one.intersection(other)?.end == shared.last?.advanced(byMinutes: 1))
        #expect(one.contains(other) == (one.intersection(other) == other))
      }
    }
  }

  @Test("a span holds its start and not its end")
  func halfOpen() {
    #expect(span(10, 20).contains(minute(10)))
    #expect(span(10, 20).contains(minute(19)))
    #expect(!span(10, 20).contains(minute(20)))
    #expect(!span(10, 20).contains(minute(9)))
  }

  @Test("spans are in order of start, then end")
  func order() {
    #expect(span(0, 9) < span(1, 2))
    #expect(span(0, 2) < span(0, 9))
    #expect(!(span(0, 2) < span(0, 2)))
  }
}
