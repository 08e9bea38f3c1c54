internal import Availability
internal import Foundation
internal import Intervals
internal import Wire

extension Seduta_Wire_V1_Conflicts {
  /// - Parameter discrepancies: that stand in the way.
  init(_ discrepancies: [Discrepancy], overridden: [Discrepancy], alternatives: [Minute]) {
    self.init()
    let all = discrepancies.map { ($0, false) } + overridden.map { ($0, true) }
    self.discrepancies = all.sorted { $0.0.kind < $1.0.kind }.map { discrepancy, isOverridden in
      var message = Seduta_Wire_V1_Discrepancy(discrepancy)
      message.overridden = isOverridden
      return message
    }
    alternativeStartMs = alternatives.map(\.instant.msSinceEpoch)
  }
}

extension Seduta_Wire_V1_Discrepancy {
  init(_ discrepancy: Discrepancy) {
    self.init()
    switch discrepancy {
    case .outsideLocationHours:
      kind = .outsideLocationHours
      message = "It does not lie within the hours of this location."
    case .outsideSchedule:
      kind = .outsideSchedule
      message = "It does not lie within the therapist's schedule."
    case .inPast:
      kind = .inPast
      message = "Its start has passed."
    case .therapistBusy(let found):
      kind = .therapistBusy
      message =
        found.areOnlyHolds
        ? "The therapist's time is held for someone." : "The therapist has another appointment."
      collisions = found.map(Seduta_Wire_V1_Collision.init)
    case .roomBusy(let found):
      kind = .roomBusy
      message = "No room is free."
      collisions = found.map(Seduta_Wire_V1_Collision.init)
    case .clientBusy(let found):
      kind = .clientBusy
      message =
        found.areOnlyHolds
        ? "The client's time is held for another session." : "The client has another appointment."
      collisions = found.map(Seduta_Wire_V1_Collision.init)
    case .beyondHorizon(let lastDay):
      kind = .beyondHorizon
      message = "It is too far ahead: the last day that can be booked is \(lastDay)."
    case .underNotice(let earliest):
      kind = .underNotice
      message =
        "It is too soon for the minimum notice: what can be booked now starts at "
        + "\(earliest.instant.date.formatted(.iso8601)) or later."
    case .offGrid:
      kind = .offGrid
      message = "Its start is none of those that the service's grid allows."
    case .overCap(let day, let week):
      kind = .overCap
      message = [
        day.map { $0.sentence("a day", "on \($0.firstDay)") },
        week.map { $0.sentence("a week", "in the week from \($0.firstDay)") },
      ].compactMap(\.self).joined(separator: " ")
    }
  }
}

extension ReachedCap {
  /// - Parameters:
  ///   - period: "a day".
  ///   - place: "on 2026-11-24".
  fileprivate func sentence(_ period: String, _ place: String) -> String {
    "The therapist takes at most \(cap) session\(cap == 1 ? "" : "s") \(period), "
      + "and has \(count) \(place)."
  }
}

extension [Collision] {
  fileprivate var areOnlyHolds: Bool {
    allSatisfy { collision in
      switch collision.occupant {
      case .hold: true
      case .appointment: false
      }
    }
  }
}

extension Instant {
  fileprivate var date: Date { Date(timeIntervalSince1970: Double(msSinceEpoch) / 1_000) }
}

extension Seduta_Wire_V1_Collision {
  init(_ collision: Collision) {
    self.init()
    switch collision.occupant {
    case .appointment(let id): appointmentID = id.text
    case .hold(let id): holdID = id.text
    }
    holdExpireMs = collision.holdExpiresAt?.msSinceEpoch ?? 0
    startMs = collision.span.start.instant.msSinceEpoch
    endMs = collision.span.end.instant.msSinceEpoch
    resourceID =
      switch collision.resource {
      case .therapist(let id): id.text
      case .room(let id): id.text
      case .client(let id): id.text
      }
  }
}
