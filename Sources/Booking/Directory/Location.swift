public import Availability

/// Where sessions happen: an office with its rooms, or online.
public struct Location: Hashable, Sendable {
  public let id: LocationID
  public var name: String
  public var mode: SessionMode
  /// Empty online.
  public var address: String
  /// Empty online.
  public var city: String
  /// In the order in which they are given out (S-10); empty online.
  public var rooms: [Room]
  public var version: Int64

  public init(
    id: LocationID, name: String, mode: SessionMode, address: String, city: String, rooms: [Room],
    version: Int64
  ) {
    self.id = id
    self.name = name
    self.mode = mode
    self.address = address
    self.city = city
    self.rooms = rooms
    self.version = version
  }

  /// What the slot engine needs of it.
  public var place: Place {
    Place(id: id, mode: mode, city: city, rooms: rooms.map(\.id))
  }
}

/// Two sessions cannot share it at once.
public struct Room: Hashable, Sendable {
  public let id: RoomID
  public let name: String

  public init(id: RoomID, name: String) {
    self.id = id
    self.name = name
  }
}

/// The fields of a location that an update can name.
public enum LocationField: String, CaseIterable, Sendable {
  case name
  case mode
  case address
  case city
  case rooms
}

extension Location {
  /// This location with the named fields taken from another.
  func taking(_ fields: Set<LocationField>, from other: Location) -> Location {
    var result = self
    for field in LocationField.allCases where fields.contains(field) {
      switch field {
      case .name: result.name = other.name
      case .mode: result.mode = other.mode
      case .address: result.address = other.address
      case .city: result.city = other.city
      case .rooms: result.rooms = other.rooms
      }
    }
    return result
  }
}
