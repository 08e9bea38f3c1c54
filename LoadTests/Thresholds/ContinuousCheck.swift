public import Foundation
public import Scenarios

/// The check that a change has to pass: which loads are run, how often, and what they must reach.
public struct ContinuousCheck: Equatable, Sendable {
  /// What the server that is started for it is filled with.
  public enum Population: String, CaseIterable, Sendable {
    /// A practice as one might be, for looking at.
    case demo
    /// The one that performance is measured on.
    case w
  }

  public let population: Population
  /// Therapists of that population.
  public let therapists: Int
  /// How often all loads are run, each beside its calibration.
  public let rounds: Int
  public let warmUpSeconds: Double
  /// How long each load is measured.
  public let seconds: Double
  public let thresholds: [Threshold]

  /// The one that the harness carries with it.
  public static let standardFile = Data(PackageResources.ci_json)
  /// What the server is to reach one day, in the same form: told, not asked for.
  public static let goalsFile = Data(PackageResources.goals_json)

  /// The scenarios that the thresholds are about, each once, in their order.
  public var scenarios: [String] {
    thresholds.flatMap(\.scenarios).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  /// The scenarios that are measured against the echo, too.
  public var calibrated: Set<String> {
    Set(thresholds.filter { $0.baseline == .echo }.map(\.scenario))
  }

  /// Reads a thresholds' file. A field that is missing, malformed or unknown is an error that names it.
  public init(file data: Data, named name: String) throws(Malformed) {
    var fields = try Fields(file: data, named: name)
    let populations = Population.allCases.map(\.rawValue).joined(separator: ", ")
    guard let population = Population(rawValue: try fields.text("population")) else {
      throw fields.wrong("population", "expected one of \(populations)")
    }
    self.population = population
    therapists = try fields.count("therapists", in: 1...100_000)
    rounds = try fields.count("rounds", in: 1...99)
    warmUpSeconds = try fields.number("warm_up_seconds", in: 0...60)
    seconds = try fields.number("seconds", in: 0.1...60)
    var thresholds: [Threshold] = []
    for var object in try fields.objects("thresholds") {
      thresholds.append(try Threshold(&object))
      try object.end()
    }
    self.thresholds = thresholds
    try fields.end()
  }
}

extension Threshold {
  fileprivate init(_ fields: inout Fields) throws(Malformed) {
    scenario = try fields.text("scenario")
    let measures = Measure.allCases.map(\.rawValue).joined(separator: ", ")
    guard let measure = Measure(rawValue: try fields.text("measure")) else {
      throw fields.wrong("measure", "expected one of \(measures)")
    }
    self.measure = measure
    let against = try fields.text("against")
    baseline = against == "echo" ? .echo : .scenario(against)
    let ratio = 0.000_001...1_000_000
    let least = try fields.optionalNumber("at_least", in: ratio)
    let most = try fields.optionalNumber("at_most", in: ratio)
    switch (least, most) {
    case (let least?, nil): bound = .atLeast(least)
    case (nil, let most?): bound = .atMost(most)
    case (nil, nil), (_?, _?):
      throw fields.wrong("at_least", "expected exactly one of at_least and at_most")
    }
    reason = try fields.text("reason")
  }
}
