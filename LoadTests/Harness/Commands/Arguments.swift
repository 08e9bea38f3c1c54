internal import ArgumentParser
internal import Workload

/// A length of time: "500ms", "20s", "2m".
struct Duration: ExpressibleByArgument {
  let ns: UInt64

  private static let units: [(suffix: String, ns: Double)] = [("ms", 1e6), ("s", 1e9), ("m", 60e9)]
  private static let nsMax = 86_400e9

  init?(argument: String) {
    guard let unit = Self.units.first(where: { argument.hasSuffix($0.suffix) }),
      let count = Double(argument.dropLast(unit.suffix.count)), count >= 0,
      count * unit.ns <= Self.nsMax
    else { return nil }
    ns = UInt64(count * unit.ns)
  }
}

/// The mixes that have a name.
enum MixName: String, CaseIterable, ExpressibleByArgument {
  case search
  case searchMany = "search-many"
  case batchLookup = "batch-lookup"
  case book
  case mixed

  var mix: Mix {
    switch self {
    case .search: .search
    case .searchMany: .searchMany
    case .batchLookup: .batchLookup
    case .book: .book
    case .mixed: .mixed
    }
  }
}
