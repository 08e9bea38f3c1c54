internal import SwiftProtobuf

/// The fields of a `SlotGroup` that stay the same from reply to reply, encoded once: all but the
/// starts.
public struct SlotGroupFragment: Hashable, Sendable {
  let bytes: [UInt8]

  /// - Parameter group: without starts.
  /// - Throws: what SwiftProtobuf throws for a message of more than 2 GiB.
  public init(_ group: Seduta_V1_SlotGroup) throws {
    precondition(group.startMs.isEmpty, "a group's starts belong to a reply")
    bytes = try group.serializedBytes()
  }
}

/// What `SlotReplyEncoder` writes: a `SlotsSearchResponse`, light to make.
///
/// Keep one for each event loop and `removeAll()` between replies: its arrays keep their room.
public struct SlotReply: Sendable {
  /// Which of the response's two shapes it takes.
  public enum Shape: Hashable, Sendable {
    /// The starts are in the groups.
    case singleTherapist
    /// The starts are in order of time, each with the index of its group.
    case acrossTherapists
  }

  /// A service of a therapist at a location.
  public struct Group: Sendable {
    public var fragment: SlotGroupFragment
    /// For a single therapist: how many of `startsMs`, after those of the groups before, are this
    /// group's. Across therapists: 0.
    public var startCount: Int

    public init(_ fragment: SlotGroupFragment, startCount: Int = 0) {
      self.fragment = fragment
      self.startCount = startCount
    }
  }

  public var shape: Shape
  /// In the order in which they are sent.
  public var groups: [Group] = []
  /// Milliseconds since 1970-01-01T00:00:00Z. For a single therapist: those of the first group, then
  /// those of the second, and so on. Across therapists: in order of time.
  public var startsMs: [Int64] = []
  /// Across therapists: for each of `startsMs`, the index of its group. Else empty.
  public var groupIndexes: [UInt32] = []
  /// Empty on the last page.
  public var nextPageToken = ""

  public init(_ shape: Shape) {
    self.shape = shape
  }

  /// Empties it, and keeps its room.
  public mutating func removeAll(_ shape: Shape) {
    self.shape = shape
    groups.removeAll(keepingCapacity: true)
    startsMs.removeAll(keepingCapacity: true)
    groupIndexes.removeAll(keepingCapacity: true)
    nextPageToken = ""
  }
}
