/// Asks the same questions over and over, in the shares of a mix: what a server is asked whose answers
/// were prepared, so that client and wire do the same work as with a server that finds them.
public struct Replay: Sendable {
  private let mix: Mix
  private let searching: [CallKind: Wish]
  private let booking: Booking?
  private var random: SplitMix64
  private var cancelsNext = false

  /// - Parameters:
  ///   - searching: The question of each kind of search that the mix has.
  ///   - booking: What is booked and cancelled, where the mix books.
  public init(seed: UInt64, mix: Mix, searching: [CallKind: Wish], booking: Booking?) {
    self.mix = mix
    self.searching = searching
    self.booking = booking
    random = SplitMix64(seed: seed)
  }

  /// The next question; nil when the mix asks for what there is no question of.
  public mutating func next() -> Wish? {
    let kind = mix.kind(drawn: random.below(100))
    guard kind == .book else { return searching[kind] }
    defer { cancelsNext.toggle() }
    return booking.map { cancelsNext ? .cancel($0) : .book($0.slot, client: $0.client) }
  }
}
