internal import Intervals

extension AvailabilityIndex {
  /// Everything that is wrong with it, in sentences; empty when it is sound. Walks through it all,
  /// and holds what is derived against what it is derived from.
  ///
  /// It has to hold the rooms of its therapists too.
  public func violations() -> [String] {
    var found: [String] = []
    for row in rows.indices {
      let entry = rows[row]
      if self.row(of: entry.id) != row { found.append("\(entry.id) is not found") }
      found += entry.busy.violations().map { "\(entry.id): \($0)" }
      for place in entry.places where therapistsByPlace[place.id]?.contains(entry.id) != true {
        found.append("\(entry.id) is missing from the list of \(place.id)")
      }
      for offer in entry.offers where therapistsByService[offer.id]?.contains(entry.id) != true {
        found.append("\(entry.id) is not named for \(offer.id)")
      }
      found += violationsOfKept(row)
    }
    for (partner, roster) in rosters { found += violations(of: roster, partner) }
    for (place, ids) in therapistsByPlace {
      for id in ids where therapist(id)?.profile.place(place) == nil {
        found.append("the list of \(place) has \(id), who does not work there")
      }
    }
    for (room, busy) in rooms {
      if busy.isEmpty { found.append("\(room) is held with nothing booked") }
      found += busy.violations().map { "\(room): \($0)" }
    }
    for (client, busy) in clients {
      if busy.isEmpty { found.append("\(client) is held with nothing booked") }
      found += busy.violations().map { "\(client): \($0)" }
    }
    return found.sorted()
  }

  private func violations(of roster: Roster, _ partner: PartnerID) -> [String] {
    var found: [String] = []
    if zip(roster.ids, roster.ids.dropFirst()).contains(where: { $0 >= $1 }) {
      found.append("the roster of \(partner) does not ascend")
    }
    for (member, row) in roster.rows.enumerated() {
      let entry = rows[Int(row)]
      if entry.partner != partner || entry.id != roster.ids[member] {
        found.append("the roster of \(partner) has \(entry.id) as \(roster.ids[member])")
      }
      if Int(members[Int(row)]) != member {
        found.append("\(entry.id) does not know its number in the roster of \(partner)")
      }
    }
    return found
  }

  /// What is kept of a therapist's free starts against what hours and trees say.
  private func violationsOfKept(_ row: Int) -> [String] {
    let entry = rows[row]
    guard let coverage else {
      return entry.starts.coverage == nil
        ? [] : ["\(entry.id) keeps starts in an index that does not"]
    }
    var found: [String] = []
    var fresh = entry
    fresh.layOutStarts(over: coverage, rooms: self)
    if fresh.starts != entry.starts {
      found.append("the starts kept of \(entry.id) are not those that are free")
    }
    guard let hours = rosters[entry.partner]?.hours else {
      return found + ["the roster of \(entry.partner) has no hours"]
    }
    for column in hours.columns(in: coverage) {
      let hour = Span(from: hours.start(ofColumn: column), lastingMinutes: 60)
      let isFree = entry.profile.streams.indices.contains { stream in
        hour.map { entry.starts.hasAny(of: stream, in: $0) } ?? false
      }
      if hours.contains(Int(members[row]), inColumn: column) != isFree {
        found.append(
          "\(entry.id) is wrongly noted for the hour of \(hours.start(ofColumn: column))")
      }
    }
    return found
  }
}
