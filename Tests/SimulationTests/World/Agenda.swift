internal import Availability
internal import Booking
internal import Intervals

/// What is going to happen, and when: the simulation's only clock.
enum Item {
  /// Somebody books.
  case arrival
  case passTime(AppointmentID)
  case expire(BenefitID)
  case expireLink(PackageLinkID)
  /// The number of the errand that was due then.
  case errand(ErrandSubject, Int64)
  /// What the courier of a run of the process is told; lost if that run has ended.
  case answer(ErrandAnswered, run: Int)
  /// An answer after the courier has stopped waiting.
  case lateAnswer(ErrandAnswered)
  case news(GatewayEvent)
  case gateway(GatewayDeed)
  case deed(Deed)
  /// A slot has to be free by now, unless it is paid.
  case slotCheck(AppointmentID)
}

/// A queue by time, then by the order of asking: a binary heap.
struct Agenda {
  private struct Entry {
    let at: Instant
    let number: UInt64
    let item: Item

    func isBefore(_ other: Entry) -> Bool {
      at == other.at ? number < other.number : at < other.at
    }
  }

  private var heap: [Entry] = []
  private var count: UInt64 = 0

  mutating func add(_ item: Item, at instant: Instant) {
    count += 1
    heap.append(Entry(at: instant, number: count, item: item))
    var place = heap.count - 1
    while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func next() -> (at: Instant, item: Item)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.at, first.item)
  }

  private mutating func sink() {
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) { least = child }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
