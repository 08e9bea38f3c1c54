/// The kinds of call that a run makes and reports on.
public enum CallKind: String, CaseIterable, Sendable {
  /// The free starts of one therapist for a month: Q1.
  case search
  /// The first starts among many therapists in the next week: Q2.
  case searchMany = "search-many"
  /// Books a start that was offered.
  case book
  /// Cancels a booking of this run.
  case cancel
}

/// How often each kind of call is made, in percent. Cancellations come on top: one for each booking
/// above what a run holds at once, so that slots do not run out.
public struct Mix: Equatable, Sendable {
  /// Searches of one therapist.
  public let searchPercent: Int
  /// Searches across therapists.
  public let searchManyPercent: Int
  /// Bookings.
  public let bookPercent: Int

  /// Nil unless each is 0 or more and together they are 100.
  public init?(searchPercent: Int, searchManyPercent: Int, bookPercent: Int) {
    guard min(searchPercent, searchManyPercent, bookPercent) >= 0,
      searchPercent + searchManyPercent + bookPercent == 100
    else { return nil }
    self.init(search: searchPercent, many: searchManyPercent, book: bookPercent)
  }

  private init(search: Int, many: Int, book: Int) {
    searchPercent = search
    searchManyPercent = many
    bookPercent = book
  }

  /// Q1 alone.
  public static let search = Mix(search: 100, many: 0, book: 0)
  /// Q2 alone.
  public static let searchMany = Mix(search: 0, many: 100, book: 0)
  /// Q4 alone: bookings and their cancellations.
  public static let book = Mix(search: 0, many: 0, book: 100)
  /// A platform's day: 95 % searches, of which some 5 % across therapists; 5 % bookings.
  public static let mixed = Mix(search: 90, many: 5, book: 5)

  /// The kind of call for a number drawn from 0 to 99.
  func kind(drawn: Int) -> CallKind {
    if drawn < searchPercent { return .search }
    return drawn < searchPercent + searchManyPercent ? .searchMany : .book
  }
}
