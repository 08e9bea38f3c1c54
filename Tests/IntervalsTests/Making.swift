internal import Intervals

func minute(_ sinceEpoch: Int32) -> Minute { Minute(sinceEpoch: sinceEpoch) }

/// A span of a test, which knows that it is not empty.
func span(_ start: Int32, _ end: Int32) -> Span {
  guard let span = Span(from: minute(start), to: minute(end)) else {
    preconditionFailure("a test asks for an empty span")
  }
  return span
}

func entry(_ start: Int32, _ end: Int32, key: UInt128 = 0) -> IntervalTree.Entry {
  IntervalTree.Entry(span: span(start, end), key: key)
}

/// All spans within so many minutes from 0.
func allSpans(within minutes: Int32) -> [Span] {
  (0..<minutes).flatMap { start in (start + 1...minutes).map { end in span(start, end) } }
}

/// All orders of some elements.
func permutations<Element>(_ elements: [Element]) -> [[Element]] {
  guard !elements.isEmpty else { return [[]] }
  return elements.indices.flatMap { first in
    var rest = elements
    let element = rest.remove(at: first)
    return permutations(rest).map { [element] + $0 }
  }
}

/// All choices of so many elements, in their order.
func choices<Element>(of number: Int, from elements: ArraySlice<Element>) -> [[Element]] {
  guard number > 0 else { return [[]] }
  guard let first = elements.first else { return [] }
  let rest = elements.dropFirst()
  return choices(of: number - 1, from: rest).map { [first] + $0 } + choices(of: number, from: rest)
}
