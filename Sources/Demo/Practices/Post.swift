/// Where a therapist works: at one office, at two on different days, from home, or at an office and
/// on some days from home too.
struct Post: Sendable {
  enum Office: Hashable, Sendable {
    /// The larger and the smaller practice that colleagues share.
    case largePractice, smallPractice
    /// An office of one's own, with one room.
    case own
  }

  /// Two at most; on different days.
  let offices: [Office]
  let worksOnline: Bool

  private init(_ offices: Office..., worksOnline: Bool) {
    self.offices = offices
    self.worksOnline = worksOnline
  }

  /// The posts of a neighbourhood: twelve colleagues. More of them share a practice than it has
  /// rooms, as therapists do; on a busy evening the rooms decide what can still be booked.
  static let ofNeighbourhood = [
    Post(.largePractice, worksOnline: true),
    Post(.largePractice, .smallPractice, worksOnline: true),
    Post(.own, worksOnline: true),
    Post(.largePractice, worksOnline: false),
    Post(.smallPractice, worksOnline: false),
    Post(worksOnline: true),
    Post(.largePractice, worksOnline: false),
    Post(.smallPractice, .largePractice, worksOnline: true),
    Post(.own, .largePractice, worksOnline: false),
    Post(.largePractice, worksOnline: true),
    Post(.smallPractice, worksOnline: true),
    Post(.largePractice, .own, worksOnline: true),
  ]
}
