/// Something that answers questions, to be timed against others.
struct Subject {
  let name: String
  /// Answers the questions with these numbers; returns a checksum of the answers.
  let answer: (Range<Int>) -> UInt64
  /// What has to be done, untimed, before `answer`.
  let prepare: (Range<Int>) -> Void
  /// What has to be undone, untimed, after it.
  let restore: (Range<Int>) -> Void

  init(
    _ name: String, prepare: @escaping (Range<Int>) -> Void = { _ in },
    restore: @escaping (Range<Int>) -> Void = { _ in },
    answer: @escaping (Range<Int>) -> UInt64
  ) {
    self.name = name
    self.answer = answer
    self.prepare = prepare
    self.restore = restore
  }
}

/// What ours is to reach.
enum Goal {
  /// Ours takes at most so many times what a limit takes.
  case atMost(Double, timesLimit: Int)
  /// A limit takes at least so many times what ours takes.
  case faster(than: Int, times: Double)
  /// Ours takes at most so long.
  case nanosecondsMax(Double)
  /// Nothing was promised; the limit is there to be compared with.
  case none(limit: Int?)
}

/// Questions that ours and the limits answer in turn.
struct Trial {
  let name: String
  /// How many different questions there are.
  let questions: Int
  /// How many of them are asked in a round: more therapists' than a cache holds, where there are as
  /// many.
  let questionsPerRound: Int
  let ours: Subject
  let limits: [Subject]
  let goals: [Goal]
  /// Whether all must give the same answers.
  let mustAgree: Bool

  init(
    _ name: String, questions: Int, perRound: Int, ours: Subject, limits: [Subject],
    goals: [Goal], mustAgree: Bool = true
  ) {
    self.name = name
    self.questions = questions
    questionsPerRound = min(perRound, questions)
    self.ours = ours
    self.limits = limits
    self.goals = goals
    self.mustAgree = mustAgree
  }
}
