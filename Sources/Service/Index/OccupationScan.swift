internal import Availability
internal import Intervals
internal import Storage

/// What takes time, read from the store in any order, to be handed out by therapist, room or client.
///
/// Columns of numbers: millions of rows have to fit beside the index that is made of them.
struct OccupationScan: Sendable {
  private var keys: [UInt128] = []
  private var starts: [Int32] = []
  private var ends: [Int32] = []
  private var therapists = Names<TherapistKind>()
  private var rooms = Names<RoomKind>()
  private var clients = Names<ClientKind>()
  /// By appointment. Few have any.
  private(set) var buffers: [UInt128: Buffers] = [:]

  /// - Parameter rows: so many at most are expected.
  init(reserving rows: Int) {
    keys.reserveCapacity(rows)
    starts.reserveCapacity(rows)
    ends.reserveCapacity(rows)
    therapists.reserve(rows)
    rooms.reserve(rows)
    clients.reserve(rows)
  }

  mutating func append(_ row: BookedTime) {
    if row.buffers != .none { buffers[row.appointment.rawValue] = row.buffers }
    keys.append(row.appointment.rawValue)
    starts.append(row.span.start.sinceEpoch)
    ends.append(row.span.end.sinceEpoch)
    therapists.append(row.therapist)
    rooms.append(row.room)
    clients.append(row.client)
  }

  func byTherapist() -> Grouping<TherapistKind> { Grouping(therapists) }
  func byRoom() -> Grouping<RoomKind> { Grouping(rooms) }
  func byClient() -> Grouping<ClientKind> { Grouping(clients) }

  /// The spans of some rows, each with its appointment.
  func entries(_ rows: ArraySlice<UInt32>) -> [IntervalTree.Entry] {
    rows.compactMap { row in
      span(row).map { IntervalTree.Entry(span: $0, key: keys[Int(row)]) }
    }
  }

  private func span(_ row: UInt32) -> Span? {
    Span(
      from: Minute(sinceEpoch: starts[Int(row)]), to: Minute(sinceEpoch: ends[Int(row)]))
  }
}

extension OccupationScan {
  /// A column of ids, of which most come many times: numbers instead.
  struct Names<Kind: Identified>: Sendable {
    fileprivate private(set) var known: [ID<Kind>] = []
    fileprivate private(set) var numbers: [UInt32] = []
    private var numberOf: [ID<Kind>: UInt32] = [:]

    fileprivate static var none: UInt32 { .max }

    fileprivate mutating func reserve(_ rows: Int) { numbers.reserveCapacity(rows) }

    fileprivate mutating func append(_ id: ID<Kind>?) {
      guard let id else { return numbers.append(Names.none) }
      // Neighbouring rows often are about the same one.
      if let last = numbers.last, last != Names.none, known[Int(last)] == id {
        return numbers.append(last)
      }
      let number = numberOf[id] ?? UInt32(known.count)
      if Int(number) == known.count {
        known.append(id)
        numberOf[id] = number
      }
      numbers.append(number)
    }
  }

  /// Rows by one of their ids.
  struct Grouping<Kind: Identified>: Sendable {
    /// Each once.
    let ids: [ID<Kind>]
    private let numberOf: [ID<Kind>: Int]
    /// Where each id's rows begin in `rows`, and at last where all end.
    private let bounds: [Int]
    private let rows: [UInt32]

    fileprivate init(_ names: Names<Kind>) {
      ids = names.known
      numberOf = Dictionary(
        uniqueKeysWithValues: names.known.enumerated().map { ($0.element, $0.offset) })
      var places = Array(repeating: 0, count: ids.count + 1)
      for number in names.numbers where number != Names<Kind>.none { places[Int(number) + 1] += 1 }
      for number in ids.indices { places[number + 1] += places[number] }
      bounds = places
      var rows = Array(repeating: UInt32(0), count: places[ids.count])
      for (row, number) in names.numbers.enumerated() where number != Names<Kind>.none {
        rows[places[Int(number)]] = UInt32(row)
        places[Int(number)] += 1
      }
      self.rows = rows
    }

    func has(_ id: ID<Kind>) -> Bool { numberOf[id] != nil }

    /// In the order in which they were read.
    func rows(of id: ID<Kind>) -> ArraySlice<UInt32> {
      guard let number = numberOf[id] else { return [] }
      return rows[bounds[number]..<bounds[number + 1]]
    }
  }
}
