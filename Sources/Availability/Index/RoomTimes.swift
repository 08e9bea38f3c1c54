internal import Intervals

/// What is taken of some rooms, copied out of the index: cheap, and to be let go before the index
/// changes, which would otherwise have to copy what it changes.
public struct RoomTimes: Occupancy {
  private var ids: [RoomID] = []
  private var times: [BusyTimes] = []

  public init() {}

  /// - Parameter busy: is asked once for each room of the therapist's places.
  public init(of profile: TherapistProfile, _ busy: (RoomID) -> BusyTimes) {
    for place in profile.places {
      for room in place.rooms where !ids.contains(room) {
        ids.append(room)
        times.append(busy(room))
      }
    }
  }

  public func busy(of room: RoomID) -> BusyTimes {
    ids.firstIndex(of: room).map { times[$0] } ?? BusyTimes()
  }

  /// It knows no clients.
  public func busy(of client: ClientID) -> BusyTimes { BusyTimes() }

  /// When the last hold on one of them lapses; long ago where there is none.
  var heldUntil: Instant {
    var last = Instant(msSinceEpoch: .min)
    for held in times.lazy.flatMap(\.held) { last = max(last, held.expiresAt) }
    return last
  }
}
