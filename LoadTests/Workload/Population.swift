/// A service of a therapist, as a run searches for it.
public struct Offering: Equatable, Sendable {
  /// "thr_...".
  public let therapistID: String
  /// "svc_...".
  public let serviceID: String
  /// The service's kind, as the partner names it.
  public let serviceKind: String

  public init(therapistID: String, serviceID: String, serviceKind: String) {
    self.therapistID = therapistID
    self.serviceID = serviceID
    self.serviceKind = serviceKind
  }
}

/// Whom a run searches and books for. Therapists and clients are numbered by their place here.
public struct Population: Equatable, Sendable {
  /// One for each therapist.
  public let offerings: [Offering]
  /// "cli_..." ids.
  public let clientIDs: [String]

  public init(offerings: [Offering], clientIDs: [String]) {
    self.offerings = offerings
    self.clientIDs = clientIDs
  }

  /// Every `count`-th therapist and client from `index` on: what one of several workers takes for
  /// itself. No two workers share a therapist, so each can judge alone what it sees of its own.
  public func share(_ index: Int, of count: Int) -> Population {
    Population(
      offerings: Self.everyNth(of: offerings, from: index, step: count),
      clientIDs: Self.everyNth(of: clientIDs, from: index, step: count))
  }

  private static func everyNth<Element>(
    of all: [Element], from first: Int, step: Int
  ) -> [Element] {
    stride(from: first, to: all.count, by: step).map { all[$0] }
  }
}
