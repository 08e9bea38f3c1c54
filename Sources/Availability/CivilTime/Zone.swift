public import Intervals

/// A time zone as a value: the offsets from UTC that hold, and from when.
///
/// Copies share one set of rules. Points in time are expected within some 2,000 years of 1970.
public struct Zone: Sendable, Hashable {
  /// A change of the offset.
  public struct Transition: Hashable, Sendable {
    /// The first minute at which the new offset holds.
    public let at: Minute
    /// Local time less UTC.
    public let offsetMinutes: Int32

    public init(at: Minute, offsetMinutes: Int32) {
      self.at = at
      self.offsetMinutes = offsetMinutes
    }
  }

  /// The points in time at which a wall clock shows a given reading.
  public enum Resolution: Hashable, Sendable {
    case once(Minute)
    /// The clock was put back over it.
    case twice(first: Minute, second: Minute)
    /// The clock was put forward over it; the gap's end is the first minute after it.
    case gap(endsAt: Minute)
  }

  let rules: ZoneRules

  /// Nil unless the transitions ascend strictly, are within some 2,000 years of 1970, and all
  /// offsets are less than a day.
  ///
  /// - Parameters:
  ///   - name: the zone's IANA name.
  ///   - initialOffsetMinutes: what holds before the first transition.
  public init?(name: String, initialOffsetMinutes: Int32, transitions: [Transition]) {
    guard
      let rules = ZoneRules(
        name: name, initialOffsetMinutes: initialOffsetMinutes, transitions: transitions)
    else { return nil }
    self.rules = rules
  }

  public var name: String { rules.name }

  /// Local time less UTC.
  public func offsetMinutes(at minute: Minute) -> Int32 {
    rules.offsets[rules.stretchIndex(at: minute.sinceEpoch)]
  }

  /// What a wall clock shows.
  public func local(_ minute: Minute) -> LocalMinute {
    LocalMinute(sinceEpoch: minute.sinceEpoch + offsetMinutes(at: minute))
  }

  public func date(at minute: Minute) -> CivilDate {
    local(minute).date
  }

  public func resolve(_ local: LocalMinute) -> Resolution {
    let first = rules.stretchIndex(reaching: local.sinceEpoch)
    var found: Minute?
    for index in first..<rules.starts.count {
      // No offset is a day or more, so that a clock cannot show this reading again after a day.
      if index > first, rules.starts[index] > local.sinceEpoch + LocalMinute.perDay { break }
      guard let minute = rules.minute(showing: local.sinceEpoch, inStretch: index) else { continue }
      if let found { return .twice(first: found, second: minute) }
      found = minute
    }
    return found.map(Resolution.once) ?? .gap(endsAt: edge(local))
  }

  /// The first point in time at which a wall clock shows this reading or a later one: the reading's
  /// first occurrence or, where it falls into a gap, the gap's end (S-9).
  public func edge(_ local: LocalMinute) -> Minute {
    rules.edge(local.sinceEpoch, inStretch: rules.stretchIndex(reaching: local.sinceEpoch))
  }

  /// Whether a wall clock has shown before what it shows at this point: the clock was put back.
  public func isSecondPass(_ minute: Minute) -> Bool {
    let index = rules.stretchIndex(at: minute.sinceEpoch)
    let local = minute.sinceEpoch + rules.offsets[index]
    // What was never shown or passed over before the clock was last changed cannot come again.
    guard local < rules.reached[index] else { return false }
    return (0..<index).contains { rules.minute(showing: local, inStretch: $0) != nil }
  }

  public static func == (left: Zone, right: Zone) -> Bool {
    left.rules === right.rules
      || left.name == right.name && left.rules.starts == right.rules.starts
        && left.rules.offsets == right.rules.offsets
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(rules.starts)
    hasher.combine(rules.offsets)
  }
}
