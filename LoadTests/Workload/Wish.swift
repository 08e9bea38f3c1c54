/// What to ask next.
public enum Wish: Sendable {
  /// The free starts of one therapist.
  case search(therapist: Int, fromMs: Int64, untilMs: Int64)
  /// The first starts among the therapists of one of the generator's candidate sets.
  case searchMany(candidates: Int, fromMs: Int64, untilMs: Int64)
  /// The first free start of each therapist of one of the generator's lookup sets.
  case batchLookup(therapists: Int, fromMs: Int64, untilMs: Int64)
  /// To book a start that was offered.
  case book(Slot, client: Int)
  /// To cancel a booking of this run.
  case cancel(Booking)

  /// The kind that it is counted under.
  public var kind: CallKind {
    switch self {
    case .search: .search
    case .searchMany: .searchMany
    case .batchLookup: .batchLookup
    case .book: .book
    case .cancel: .cancel
    }
  }
}
