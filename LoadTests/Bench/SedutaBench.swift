internal import ArgumentParser

@main
struct SedutaBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seduta-bench",
    abstract: "Measures the core beside what it could cost at best, with the goals of each.",
    discussion: """
      Every question is asked of ours and of each limit in turn, on population W: the same therapists,
      the same questions, and the answers are held against each other. Times are processor time of one
      thread. A ratio is the median of the rounds' ratios.
      """)

  @Flag(help: "Also 100,000 therapists: some 12 GiB, and some minutes.")
  var large = false

  @Option(help: "Only one room: tree, search, check or codec.")
  var only: Room?

  @Option(help: "Only those whose names have this in them: 'Q1, fixed'.")
  var named = ""

  @Option(help: "How often each is measured.")
  var rounds = 7

  func run() throws {
    var program = Program()
    program.rounds = max(1, rounds)
    program.only = only
    program.named = named
    if large { program.scales.append(100_000) }
    try program.run { world, questions, limits in
      try CodecTrials(world: world, questions: questions, limits: limits).all
    }
  }
}

extension Room: ExpressibleByArgument {}
