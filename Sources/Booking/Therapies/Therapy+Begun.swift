internal import Availability

extension Therapy {
  /// B-2: a client joins the therapist's list with the first that happens between them.
  /// - Returns: nothing where they are in therapy already.
  static func begun(_ pair: CarePair, facts: Facts, stamp: Stamp) -> [Event] {
    guard facts.therapies[pair] == nil else { return [] }
    return [
      .therapyBegun(Therapy(id: stamp.id(Ordinal.therapy), pair: pair, begunAt: stamp.at))
    ]
  }
}
