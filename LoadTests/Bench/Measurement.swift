internal import Allocations
internal import Glibc

/// What a trial gave.
struct Measurement {
  /// Nanoseconds a question.
  let ours: Double
  let limits: [Double]
  /// Of each limit: ours divided by it, the median of the rounds' ratios. Machines that others use
  /// too drift within seconds: only what was measured in one round can be compared.
  let ratios: [Double]
  let allocationsPerQuestion: Double
}

/// Answers differ where they must not: whatever was measured then means nothing.
struct Disagreement: Error, CustomStringConvertible {
  let description: String
}

extension Trial {
  /// Asks everyone the same questions, in turn, round after round.
  func measure(rounds: Int) throws -> Measurement {
    let subjects = [ours] + limits
    var times = [[Double]](repeating: [], count: subjects.count)
    var allocations = 0.0
    for round in 0..<rounds {
      var checksums: [UInt64] = []
      for (place, subject) in subjects.enumerated() {
        // Others were asked in between: the caches are made warm again with other questions.
        _ = subject.time(batch(max(0, round - 1)))
        let sample = subject.time(batch(round))
        times[place].append(sample.nanoseconds / Double(questionsPerRound))
        checksums.append(sample.checksum)
        if place == 0 { allocations = Double(sample.allocations) }
      }
      if mustAgree, let odd = checksums.firstIndex(where: { $0 != checksums[0] }) {
        throw Disagreement(
          description: "\(name): \(subjects[odd].name) answers differently from \(ours.name)")
      }
    }
    let ratios = times.dropFirst().map { limit in median(zip(times[0], limit).map { $0 / $1 }) }
    return Measurement(
      ours: median(times[0]), limits: times.dropFirst().map(median), ratios: ratios,
      allocationsPerQuestion: allocations / Double(questionsPerRound))
  }

  private func batch(_ round: Int) -> Range<Int> {
    let first = round % (questions / questionsPerRound) * questionsPerRound
    return first..<first + questionsPerRound
  }
}

extension Subject {
  fileprivate func time(
    _ batch: Range<Int>
  ) -> (nanoseconds: Double, allocations: UInt64, checksum: UInt64) {
    prepare(batch)
    defer { restore(batch) }
    let allocationsBefore = allocations_count()
    let before = threadNanoseconds()
    let checksum = answer(batch)
    let after = threadNanoseconds()
    return (Double(after - before), allocations_count() - allocationsBefore, checksum)
  }
}

/// Of the processor, not of the wall: others run on this machine.
private func threadNanoseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

private func median(_ values: [Double]) -> Double {
  values.sorted()[values.count / 2]
}
