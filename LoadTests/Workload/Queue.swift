/// First in, first out, without moving the rest at every removal.
struct Queue<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  private var first = 0

  var count: Int { elements.count - first }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func removeFirst() -> Element? {
    guard first < elements.count else { return nil }
    defer {
      first += 1
      // Half of it is spent: moving the rest now costs each element one move on average.
      if first * 2 >= elements.count {
        elements.removeFirst(first)
        first = 0
      }
    }
    return elements[first]
  }
}
