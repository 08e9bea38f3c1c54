/// The kinds of call that a run makes and reports on.
public enum CallKind: String, CaseIterable, Sendable {
  /// The free starts of one therapist for a month: Q1.
  case search
  /// The first starts among many therapists in the next week: Q2.
  case searchMany = "search-many"
  /// The first free start of each of many therapists: Q5.
  case batchLookup = "batch-lookup"
  /// Books a start that was offered: Q4.
  case book
  /// Cancels a booking of this run: Q4.
  case cancel
  /// Opens a connection: from the first packet until Welcome.
  case connect
}

/// How often each kind of call is made, in percent. Cancellations come on top: one for each booking
/// above what a run holds at once, so that slots do not run out.
public struct Mix: Equatable, Sendable {
  /// Searches of one therapist.
  public let searchPercent: Int
  /// Searches across therapists.
  public let searchManyPercent: Int
  /// Lookups of first free starts.
  public let batchLookupPercent: Int
  /// Bookings.
  public let bookPercent: Int

  /// Nil unless each is 0 or more and together they are 100.
  public init?(
    searchPercent: Int = 0, searchManyPercent: Int = 0, batchLookupPercent: Int = 0,
    bookPercent: Int = 0
  ) {
    let percents = [searchPercent, searchManyPercent, batchLookupPercent, bookPercent]
    guard percents.allSatisfy((0...100).contains), percents.reduce(0, +) == 100 else { return nil }
    self.init(
      search: searchPercent, many: searchManyPercent, lookup: batchLookupPercent, book: bookPercent)
  }

  private init(search: Int = 0, many: Int = 0, lookup: Int = 0, book: Int = 0) {
    searchPercent = search
    searchManyPercent = many
    batchLookupPercent = lookup
    bookPercent = book
  }

  /// Q1 alone.
  public static let search = Mix(search: 100)
  /// Q2 alone.
  public static let searchMany = Mix(many: 100)
  /// Q5 alone.
  public static let batchLookup = Mix(lookup: 100)
  /// Q4 alone: bookings and their cancellations.
  public static let book = Mix(book: 100)
  /// A platform's day: 95 % searches, of which some 5 % across therapists; 5 % bookings.
  public static let mixed = Mix(search: 90, many: 5, book: 5)

  /// The kind of call for a number drawn from 0 to 99.
  func kind(drawn: Int) -> CallKind {
    if drawn < searchPercent { return .search }
    if drawn < searchPercent + searchManyPercent { return .searchMany }
    return drawn < 100 - bookPercent ? .batchLookup : .book
  }
}
