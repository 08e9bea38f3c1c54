/// Discrepancies that a therapist or staff knowingly accept (S-6).
///
/// Collisions and the horizon are not among them: nobody can override those.
public struct Overrides: OptionSet, Hashable, Sendable {
  /// Bit n is for kind n of S-4.
  public let rawValue: UInt16

  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  public static let outsideLocationHours = Overrides(rawValue: 1 << 1)
  public static let outsideSchedule = Overrides(rawValue: 1 << 2)
  public static let inPast = Overrides(rawValue: 1 << 3)
  public static let underNotice = Overrides(rawValue: 1 << 8)
  public static let offGrid = Overrides(rawValue: 1 << 9)
  public static let overCap = Overrides(rawValue: 1 << 10)

  /// All that anyone can override.
  public static let all: Overrides = [
    .outsideLocationHours, .outsideSchedule, .inPast, .underNotice, .offGrid, .overCap,
  ]

  /// Nil for a kind that nobody can override.
  public init?(kind: Int) {
    guard (0..<16).contains(kind), case let one = Overrides(rawValue: 1 << UInt16(kind)),
      Overrides.all.contains(one)
    else { return nil }
    self = one
  }

  func cover(_ discrepancy: Discrepancy) -> Bool {
    Overrides(kind: discrepancy.kind).map(contains) ?? false
  }
}
