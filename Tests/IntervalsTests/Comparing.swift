internal import Intervals
internal import Testing

/// Every question about each span, put to a tree and to a scan.
func expectSame(
  _ tree: IntervalTree, _ scan: LinearScan, asked: [Span],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(tree.violations() == [], sourceLocation: sourceLocation)
  #expect(tree.count == scan.entries.count, sourceLocation: sourceLocation)
  #expect(tree.isEmpty == scan.entries.isEmpty, sourceLocation: sourceLocation)
  #expect(tree.entries == scan.entries, sourceLocation: sourceLocation)
  for span in asked {
    expectSameOverlaps(tree, scan, with: span, sourceLocation: sourceLocation)
  }
}

func expectSameOverlaps(
  _ tree: IntervalTree, _ scan: LinearScan, with span: Span,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let expected = scan.overlaps(span)
  #expect(tree.overlaps(span) == expected, sourceLocation: sourceLocation)
  #expect(tree.firstOverlap(span) == expected.first, sourceLocation: sourceLocation)
  #expect(tree.overlapsAny(span) == !expected.isEmpty, sourceLocation: sourceLocation)
}

/// Every gap within some minutes from -1, put to a tree and to a scan.
func expectSameGaps(
  _ tree: IntervalTree, _ scan: LinearScan, upTo end: Int32,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for length in 1...Int32(3) {
    for from in -1...end {
      for until in from...end {
        let found = tree.nextGap(
          lastingMinutes: length, from: minute(from), until: minute(until))
        let expected = scan.nextGap(
          lastingMinutes: length, from: minute(from), until: minute(until))
        #expect(found == expected, sourceLocation: sourceLocation)
      }
    }
  }
}
