/// Results, a line for each goal of each trial.
struct Table {
  private static let header = [
    "", "goal", "limit", "limit ns", "ours ns", "ratio", "reached", "allocations",
  ]
  private var rows: [[String]] = []
  /// How many goals were reached, and of how many.
  private(set) var reached = 0
  private(set) var goals = 0

  mutating func add(_ trial: Trial, _ measured: Measurement) {
    for (index, goal) in trial.goals.enumerated() {
      let name = index == 0 ? trial.name : ""
      rows.append(row(name, goal, trial, measured))
    }
  }

  /// The lines that were added since the last time.
  mutating func takeText() -> String {
    defer { rows.removeAll() }
    return ([Table.header] + rows).map { cells in
      zip(cells, Table.widths).map { cell, width in
        width < 0 ? cell.padded(left: -width) : cell.padded(right: width)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static let widths = [34, 22, 30, -9, -9, -7, 7, -11]

  private mutating func row(
    _ name: String, _ goal: Goal, _ trial: Trial, _ measured: Measurement
  ) -> [String] {
    var limit: Int?
    let wanted: String
    var isReached: Bool?
    switch goal {
    case .atMost(let times, let timesLimit):
      limit = timesLimit
      wanted = "≤ \(times.rounded(to: 1)) × limit"
      isReached = measured.ratios[timesLimit] <= times
    case .faster(let than, let times):
      limit = than
      wanted = "≥ \(times.rounded(to: 0)) × faster"
      isReached = measured.ratios[than] * times <= 1
    case .nanosecondsMax(let most):
      limit = trial.limits.isEmpty ? nil : 0
      wanted = "≤ \(most.nanoseconds)"
      isReached = measured.ours <= most
    case .none(let beside):
      limit = beside
      wanted = ""
    }
    if let isReached {
      goals += 1
      reached += isReached ? 1 : 0
    }
    return [
      name, wanted, limit.map { trial.limits[$0].name } ?? "",
      limit.map { measured.limits[$0].short } ?? "", measured.ours.short,
      limit.map { measured.ratios[$0].rounded(to: 2) } ?? "",
      isReached.map { $0 ? "yes" : "NO" } ?? "",
      measured.allocationsPerQuestion.rounded(to: 2),
    ]
  }
}

extension Double {
  /// With so many digits after the point, at most 2.
  fileprivate func rounded(to digits: Int) -> String {
    let scale = [1, 10, 100][digits]
    let scaled = Int((self * Double(scale)).rounded())
    guard digits > 0 else { return "\(scaled)" }
    let rest = String(scaled % scale)
    return "\(scaled / scale).\(String(repeating: "0", count: digits - rest.count))\(rest)"
  }

  /// With more digits where there are few.
  fileprivate var short: String { rounded(to: self < 100 ? 1 : 0) }

  fileprivate var nanoseconds: String {
    self < 1_000 ? "\(rounded(to: 0)) ns" : "\((self / 1_000).rounded(to: 0)) µs"
  }
}

extension String {
  fileprivate func padded(right width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  fileprivate func padded(left width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
