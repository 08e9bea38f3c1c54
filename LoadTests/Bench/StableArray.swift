/// Values that stay in their place for as long as this lives, so that C may read them.
final class StableArray<Element: BitwiseCopyable>: Sequence {
  private let elements: UnsafeMutableBufferPointer<Element>

  init(_ values: [Element]) {
    elements = .allocate(capacity: values.count)
    _ = elements.initialize(fromContentsOf: values)
  }

  deinit { elements.deallocate() }

  var count: Int { elements.count }

  subscript(index: Int) -> Element { elements[index] }

  /// Where the whole begins.
  var start: UnsafePointer<Element>? { UnsafePointer(elements.baseAddress) }

  /// Where a part begins.
  func at(_ batch: Range<Int>) -> UnsafePointer<Element> {
    UnsafePointer(elements[batch].base.baseAddress!) + batch.lowerBound
  }

  func makeIterator() -> UnsafeMutableBufferPointer<Element>.Iterator { elements.makeIterator() }
}
