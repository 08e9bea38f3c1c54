public import Intervals

extension TherapistProfile {
  /// Whether a location is open for all of a span: else an appointment there that takes it lies
  /// outside the hours (S-13).
  public func isOpen(at location: LocationID, during span: Span) -> Bool {
    guard let hours = hours(at: location) else { return false }
    var openings = Openings(hours, in: zone, around: span)
    while let opening = openings.next(), opening.start <= span.start {
      if opening.contains(span) { return true }
    }
    return false
  }

  /// Whether the locations together are open for all of a span.
  public func isOpenAnywhere(during span: Span) -> Bool {
    var found: [Span] = []
    for hours in hoursByLocation.values {
      var openings = Openings(hours, in: zone, around: span)
      while let opening = openings.next(), opening.start < span.end { found.append(opening) }
    }
    var openUntil = span.start
    for opening in found.sorted() where opening.start <= openUntil {
      openUntil = max(openUntil, opening.end)
    }
    return openUntil >= span.end
  }
}
