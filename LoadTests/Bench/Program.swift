internal import Limits

/// Runs trials and prints what they give.
struct Program {
  var scales = [1_000, 10_000]
  var rounds = 7
  /// Nil for all.
  var only: Room?
  /// Only trials whose names have this in them; empty for all.
  var named = ""

  private let forests = [
    { Forest("4,000 trees of 546", trees: 4_000, entriesEach: 546) },
    { Forest("tree of 10k", trees: 1, entriesEach: 10_000) },
    { Forest("tree of 1M", trees: 1, entriesEach: 1_000_000) },
  ]

  /// - Parameter codec: trials that need the wire.
  func run(codec: (World, Questions, FilledLimits) throws -> [Trial]) throws {
    print(
      "Processor time of one thread, median of \(rounds) rounds in which all were asked in turn;",
      limits_starts_is_vectorised() ? "limits with AVX-512." : "limits without AVX-512.")
    var table = Table()
    if only == nil || only == .tree {
      for make in forests { try measure(TreeTrials(forest: make()).all, &table) }
    }
    if only != .tree {
      for scale in scales { try measureWorld(of: scale, codec: codec, &table) }
    }
    print("\n\(table.reached) of \(table.goals) goals reached.")
  }

  private func measureWorld(
    of therapistCount: Int, codec: (World, Questions, FilledLimits) throws -> [Trial],
    _ table: inout Table
  ) throws {
    let world = World(therapistCount: therapistCount)
    let questions = Questions(world)
    let limits = FilledLimits(world)
    let subjects = Subjects(world)
    if only == nil || only == .search {
      let trials = SearchTrials(
        world: world, questions: questions, subjects: subjects, limits: limits)
      try measure(trials.all, &table)
    }
    if only == nil || only == .check {
      let trials = CheckTrials(
        world: world, questions: questions, subjects: subjects, limits: limits)
      try measure(trials.all, &table)
    }
    if only == nil || only == .codec {
      try measure(try codec(world, questions, limits), &table)
    }
  }

  private func measure(_ trials: [Trial], _ table: inout Table) throws {
    let trials = trials.filter { named.isEmpty || $0.name.contains(named) }
    guard !trials.isEmpty else { return }
    for trial in trials { table.add(trial, try trial.measure(rounds: rounds)) }
    print("\n" + table.takeText())
  }
}
