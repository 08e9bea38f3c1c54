/// How strips of a document are spread over pages.
enum PageBreaks {
  /// A part of a document that no page break may divide.
  struct Strip: Hashable {
    /// In points.
    let height: Double
    /// Of what stands above it where it is the first of a page.
    let headHeight: Double
    /// A headline is not the last of its page.
    let staysWithNext: Bool
  }

  /// Indices by page: at least one page. The first page has less room; a strip that is higher than a
  /// page gets one alone.
  static func pages(_ strips: [Strip], firstRoom: Double, room: Double) -> [Range<Int>] {
    var pages: [Range<Int>] = []
    var first = 0
    var left = firstRoom
    for (index, strip) in strips.enumerated() {
      var needed = strip.height
      if strip.staysWithNext, index + 1 < strips.count { needed += strips[index + 1].height }
      // An empty first page may be too full for anything: then it stands alone.
      if needed > left, index > first || pages.isEmpty {
        pages.append(first..<index)
        first = index
        left = room - strip.headHeight
      }
      left -= strip.height
    }
    pages.append(first..<strips.count)
    return pages
  }
}
