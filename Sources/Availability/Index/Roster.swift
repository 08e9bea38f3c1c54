internal import Intervals

/// What is needed to search among all therapists of a partner without looking at each: who has which
/// label, and who may be free in which hour.
///
/// Members are numbered in the order of their ids, so that of several who are free at the same time
/// the first ones found are the ones wanted.
struct Roster: Sendable {
  /// The index's row of each member; members ascend by id.
  private(set) var rows: ContiguousArray<Int32> = []
  private(set) var ids: ContiguousArray<TherapistID> = []
  private(set) var hours: HourColumns?
  private var labels: [Label: RowSet] = [:]

  /// Something that a filter asks for and that a therapist has or offers.
  enum Label: Hashable {
    case language(String)
    case speciality(String)
    case insurer(String)
    case kind(String)
    case city(String)
    case mode(SessionMode)
  }

  /// - Parameter coverage: of the therapists' start tables; nil where there are none.
  init(over coverage: Span?) {
    hours = coverage.map(HourColumns.init)
  }

  var count: Int { ids.count }

  /// - Returns: the number of the new member; those of members after it have become one higher.
  mutating func add(_ id: TherapistID, row: Int) -> Int {
    let member = firstMember(notBelow: id)
    hours?.openGap(at: member, count: ids.count)
    if member < ids.count {
      for label in labels.keys { labels[label]?.openGap(at: member) }
    }
    ids.insert(id, at: member)
    rows.insert(Int32(row), at: member)
    return member
  }

  /// Replaces what a member is found by.
  mutating func relabel(_ member: Int, from old: TherapistProfile?, to new: TherapistProfile) {
    guard hours != nil else { return }
    if let old {
      for label in Roster.labels(of: old) { labels[label]?.set(member, to: false) }
    }
    for label in Roster.labels(of: new) { labels[label, default: RowSet()].set(member, to: true) }
  }

  /// Notes in which hours of a range a member may be free.
  mutating func note(_ member: Int, _ table: StartTable, streams: Int, in range: Span) {
    guard let columns = hours?.columns(in: range), let first = columns.first,
      let start = hours?.start(ofColumn: first),
      let wholeHours = Span(from: start, lastingMinutes: Int32(columns.count) * 60)
    else { return }
    for column in columns { hours?.set(member, inColumn: column, to: false) }
    for stream in 0..<streams {
      table.forEach(stream, in: wholeHours) { start in
        hours?.set(member, inHourOf: start)
        return true
      }
    }
  }

  /// The members who have all of the labels that a filter asks for; nil means all. Others of its
  /// conditions are left to be asked of each.
  func members(for filter: SlotFilter) -> ContiguousArray<UInt64>? {
    var wanted: ContiguousArray<UInt64>?
    for label in Roster.labels(in: filter) {
      let having = labels[label]?.words ?? []
      guard let before = wanted else {
        wanted = having
        continue
      }
      wanted = ContiguousArray(zip(before, having).map { $0 & $1 })
    }
    return wanted
  }

  private static func labels(in filter: SlotFilter) -> [Label] {
    var labels: [Label] = []
    if let language = filter.language { labels.append(.language(language)) }
    if let speciality = filter.speciality { labels.append(.speciality(speciality)) }
    if let insurer = filter.insurer { labels.append(.insurer(insurer)) }
    if let kind = filter.serviceKind { labels.append(.kind(kind)) }
    if let city = filter.city { labels.append(.city(city)) }
    if let mode = filter.mode { labels.append(.mode(mode)) }
    return labels
  }

  private static func labels(of profile: TherapistProfile) -> Set<Label> {
    var labels: Set<Label> = []
    for language in profile.languages { labels.insert(.language(language)) }
    for speciality in profile.specialities { labels.insert(.speciality(speciality)) }
    for insurer in profile.insurers { labels.insert(.insurer(insurer)) }
    for offer in profile.offers {
      labels.insert(.kind(offer.kind))
      labels.insert(.mode(offer.mode))
    }
    for place in profile.places where place.mode == .inPerson { labels.insert(.city(place.city)) }
    return labels
  }

  private func firstMember(notBelow id: TherapistID) -> Int {
    // Most are added in order.
    if let last = ids.last, last < id { return ids.count }
    var low = 0
    var high = ids.count
    while low < high {
      let middle = (low + high) / 2
      if ids[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
