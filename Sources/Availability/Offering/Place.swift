/// How a session is held.
public enum SessionMode: Hashable, Sendable {
  case online, inPerson
}

/// Where sessions are held: what the index keeps of a location.
public struct Place: Hashable, Sendable {
  public let id: LocationID
  public let mode: SessionMode
  /// Empty online.
  public let city: String
  /// In the order in which they are given out (S-10). A place without rooms has no limit of
  /// sessions at once.
  public let rooms: [RoomID]

  public init(id: LocationID, mode: SessionMode, city: String, rooms: [RoomID]) {
    self.id = id
    self.mode = mode
    self.city = city
    self.rooms = rooms
  }
}
