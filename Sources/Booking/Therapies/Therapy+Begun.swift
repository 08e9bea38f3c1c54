internal import Availability

extension Therapy {
  /// B-2: a client joins the therapist's list with the first that happens between them.
  /// - Parameter number: which of the therapies that begin in one decision it is.
  /// - Returns: nothing where they are in therapy already.
  static func begun(
    _ pair: CarePair, number: Int = 0, facts: Facts, stamp: Stamp
  ) -> [Event] {
    let ordinal = number == 0 ? Ordinal.therapy : Ordinal.firstOfSeries + number
    guard facts.therapies[pair] == nil else { return [] }
    return [
      .therapyBegun(Therapy(id: stamp.id(ordinal), pair: pair, begunAt: stamp.at))
    ]
  }
}
