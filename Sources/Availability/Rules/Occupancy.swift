/// Knows what takes the time of rooms and clients.
public protocol Occupancy: Sendable {
  /// Empty for a room that has nothing booked or is not known.
  func busy(of room: RoomID) -> BusyTimes
  /// Empty for a client who has nothing booked or is not known.
  func busy(of client: ClientID) -> BusyTimes
}
