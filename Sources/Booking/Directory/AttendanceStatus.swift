/// An attendance status of a partner's own.
public struct AttendanceStatus: Hashable, Sendable {
  /// What it does to the package's session.
  public enum Effect: String, CaseIterable, Sendable {
    case deduct = "DEDUCT"
    case release = "RELEASE"
    case none = "NONE"
  }

  /// Capital letters, digits and "_".
  public let code: String
  public let name: String
  public let effect: Effect

  public init(code: String, name: String, effect: Effect) {
    self.code = code
    self.name = name
    self.effect = effect
  }
}

/// All of a partner's own, in the partner's order.
public struct AttendanceStatuses: Hashable, Sendable {
  public let all: [AttendanceStatus]
  /// Grows by one with every change; 0 before the first.
  public let version: Int64

  public init(_ all: [AttendanceStatus], version: Int64) {
    self.all = all
    self.version = version
  }

  /// Before anything was set.
  public static let unset = AttendanceStatuses([], version: 0)
}
