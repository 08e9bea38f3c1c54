/// Draws a run's requests from a seed: the same seed, population and answers give the same requests.
/// It learns from the answers which starts can be booked.
public struct Generator: Sendable {
  /// How much a run asks for at once.
  public struct Limits: Sendable {
    /// Bookings held before the oldest is cancelled for each new one.
    public var heldMax = 256
    /// Offered starts that are remembered.
    public var offersMax = 1024
    /// Therapists in a search across therapists.
    public var candidatesMax = 200
    /// Different sets of candidates.
    public var candidateSets = 64
    /// Therapists in a lookup of first free starts.
    public var lookupsMax = 1_000
    /// Different sets of therapists to look up.
    public var lookupSets = 4

    public init() {}
  }

  private static let dayMs: Int64 = 86_400_000
  /// A therapist books 6 months ahead (S-2): a month that begins within five lies inside.
  private static let firstDaysMax = 150
  private static let monthDays: Int64 = 30
  private static let weekDays: Int64 = 7
  /// Offers tried before a booking gives way to a search.
  private static let offersTriedMax = 8

  /// The therapists of each candidate set; a searchMany names a set by its place here.
  public let candidateSets: [[Int]]
  /// The therapists of each lookup set; a batchLookup names a set by its place here.
  public let lookupSets: [[Int]]

  private let mix: Mix
  private let therapists: Int
  private let clients: Int
  private let limits: Limits
  private let tomorrowMs: Int64
  private var random: SplitMix64
  private var offers: [Slot] = []
  private var commitments: Commitments
  private var held = Queue<Booking>()

  /// - Parameters:
  ///   - therapists: How many there are; at least one.
  ///   - clients: How many there are; at least one if the mix books.
  ///   - nowMs: The time at which the run begins, in milliseconds since 1970 in UTC.
  public init(
    seed: UInt64, mix: Mix, therapists: Int, clients: Int, nowMs: Int64, limits: Limits = Limits()
  ) {
    precondition(therapists > 0, "a load needs a therapist")
    precondition(clients > 0 || mix.bookPercent == 0, "bookings need a client")
    self.mix = mix
    self.therapists = therapists
    self.clients = clients
    self.limits = limits
    tomorrowMs = (nowMs / Self.dayMs + 1) * Self.dayMs
    random = SplitMix64(seed: seed)
    commitments = Commitments(therapists: therapists, clients: clients)
    candidateSets = Self.drawSets(
      limits.candidateSets, of: limits.candidatesMax, among: therapists, from: &random)
    lookupSets = Self.drawSets(
      limits.lookupSets, of: limits.lookupsMax, among: therapists, from: &random)
  }

  /// The next request. The caller makes it, and says below what came of it.
  public mutating func next() -> Wish {
    if held.count > limits.heldMax, let oldest = held.removeFirst() { return .cancel(oldest) }
    switch mix.kind(drawn: random.below(100)) {
    case .searchMany:
      let untilMs = tomorrowMs + Self.weekDays * Self.dayMs
      return .searchMany(
        candidates: random.below(candidateSets.count), fromMs: tomorrowMs, untilMs: untilMs)
    case .batchLookup:
      let untilMs = tomorrowMs + Self.monthDays * Self.dayMs
      return .batchLookup(
        therapists: random.below(lookupSets.count), fromMs: tomorrowMs, untilMs: untilMs)
    case .book:
      return nextBooking() ?? nextSearch()
    case .search, .cancel, .connect:
      return nextSearch()
    }
  }

  /// Whether a therapist is of a candidate set.
  public func isCandidate(_ therapist: Int, in set: Int) -> Bool {
    // Sets ascend: halving the rest finds one among 200 in eight steps.
    let candidates = candidateSets[set]
    var rest = candidates.indices
    while let middle = rest.isEmpty ? nil : rest.lowerBound + rest.count / 2 {
      if candidates[middle] == therapist { return true }
      rest =
        candidates[middle] < therapist ? middle + 1..<rest.upperBound : rest.lowerBound..<middle
    }
    return false
  }

  /// How many starts of a search's answer are worth an `offered` now. 0: none, save the work.
  public var offersWanted: Int {
    guard mix.bookPercent > 0, offers.count < limits.offersMax else { return 0 }
    return offers.isEmpty ? 16 : 2
  }

  /// A place to begin in an answer of so many starts, so that not only the first ones are booked.
  public mutating func pick(of count: Int) -> Int { random.below(count) }

  /// A search offered this.
  public mutating func offered(_ slot: Slot) {
    if offers.count < limits.offersMax { offers.append(slot) }
  }

  /// A booking was acknowledged.
  public mutating func booked(_ booking: Booking) { held.append(booking) }

  /// A booking was refused: nothing was taken. One whose answer never came is not reported here, so
  /// its time stays out of use.
  public mutating func bookingRefused(_ slot: Slot, client: Int) {
    commitments.remove(slot, client: client)
  }

  /// A cancellation was acknowledged: its slot can be booked again.
  public mutating func cancelled(_ booking: Booking) {
    commitments.remove(booking.slot, client: booking.client)
    offered(booking.slot)
  }

  private mutating func nextSearch() -> Wish {
    let fromMs = tomorrowMs + Int64(random.below(Self.firstDaysMax)) * Self.dayMs
    return .search(
      therapist: random.below(therapists), fromMs: fromMs,
      untilMs: fromMs + Self.monthDays * Self.dayMs)
  }

  private mutating func nextBooking() -> Wish? {
    for _ in 0..<Self.offersTriedMax where !offers.isEmpty {
      let drawn = random.below(offers.count)
      offers.swapAt(drawn, offers.count - 1)
      let slot = offers.removeLast()
      let client = random.below(clients)
      guard commitments.allows(slot), commitments.allows(slot, client: client) else { continue }
      commitments.add(slot, client: client)
      return .book(slot, client: client)
    }
    return nil
  }

  private static func drawSets(
    _ count: Int, of sizeMax: Int, among therapists: Int, from random: inout SplitMix64
  ) -> [[Int]] {
    let size = min(sizeMax, therapists)
    return (0..<count).map { _ in
      // Floyd's way: `size` different numbers with `size` draws, however many there are.
      var chosen: Set<Int> = []
      for bound in therapists - size..<therapists {
        let drawn = random.below(bound + 1)
        chosen.insert(chosen.contains(drawn) ? bound : drawn)
      }
      return chosen.sorted()
    }
  }
}
