internal import Availability
internal import Intervals
internal import Limits
internal import Workload

/// Q1, Q2, Q5 and Q6 in one world.
struct SearchTrials {
  let world: World
  let questions: Questions
  let subjects: Subjects
  let limits: FilledLimits

  var all: [Trial] {
    [monthOnGrid] + monthsOfAnyShape + [
      firstStarts, filtered(language: nil), filtered(language: PopulationW.languages[4]),
      firstFree, weeklyTimes,
    ]
  }

  private var monthOnGrid: Trial {
    let found = limits.found
    let standard = limits_standard_shape()
    var others = [
      months("bitmap of starts, C") { [limits] in
        limits_starts_months(limits.starts, $0, $1, found)
      },
      months("sorted array and hours, C") { [limits] in
        limits_sorted_months(limits.sorted, $0, $1, standard, found)
      },
    ]
    var goals: [Goal] = [.atMost(1.3, timesLimit: 0), .none(limit: 1)]
    if let rows = limits.rows {
      others.append(months("SQLite in process") { limits_rows_months(rows, $0, $1, found) })
      goals.append(.none(limit: 2))
    }
    return Trial(
      "Q1, fixed grid, \(world.scale)", questions: Questions.singles, perRound: 16_384,
      ours: ourMonths("ours") { [world] in world.index }, limits: others, goals: goals)
  }

  /// Of sessions unlike those that are booked: from what is kept of them, and walked.
  private var monthsOfAnyShape: [Trial] {
    let found = limits.found
    let shape = Shape.quarters.ofLimits
    let population = world.filled.pointer
    let index = world.index(offering: .quarters)
    let limits = [
      months("5-minute bitmap, scalar C") { [limits] in
        limits_cells_months(limits.cells, $0, $1, shape, found)
      },
      months("cgranges' tree and hours, C") { [limits] in
        limits_implicit_trees_months(limits.implicitTrees, population, $0, $1, shape, found)
      },
      months("sorted array and hours, C") { [limits] in
        limits_sorted_months(limits.sorted, $0, $1, shape, found)
      },
    ]
    return [
      Trial(
        "Q1, any duration, \(world.scale)", questions: Questions.singles, perRound: 8_192,
        ours: ourMonths("ours") { index }, limits: limits,
        goals: [.atMost(1.2, timesLimit: 0), .faster(than: 1, times: 2), .none(limit: 2)]),
      Trial(
        "the same, walked, \(world.scale)", questions: Questions.singles, perRound: 4_096,
        ours: Subject("ours, walked") { [questions, subjects] batch in
          batch.reduce(0) { checksum, number in
            checksum &+ subjects.walkedMonth(questions.months[number], in: index).checksum
          }
        },
        limits: limits, goals: [.none(limit: 1)]),
    ]
  }

  private var firstStarts: Trial {
    let found = limits.foundFirst
    return Trial(
      "Q2, 200 candidates, \(world.scale)", questions: Questions.many, perRound: 256,
      ours: Subject("ours") { [world, subjects, questions] batch in
        let index = world.index
        return batch.reduce(0) { checksum, number in
          checksum &+ subjects.firstStarts(questions.firstOfMany[number], in: index).checksum
        }
      },
      limits: [
        many("bitmap of starts, C") { [limits] in
          limits_starts_firsts(limits.starts, $0, $1, found)
        },
        many("sorted array and hours, C") { [limits] in
          limits_sorted_firsts(limits.sorted, $0, $1, found)
        },
      ],
      goals: [.nanosecondsMax(10_000), .none(limit: 1)], mustAgree: true)
  }

  /// Q2+: of everyone, or of those who speak a language.
  private func filtered(language: String?) -> Trial {
    let query = questions.ofEveryone(language)
    let wanted = language.map { questions.speakers(of: $0, world.population) }
    let asked = questions.firstStarts.queries[0]
    let found = limits.foundFirst
    return Trial(
      "Q2+, \(language == nil ? "everyone" : "a fifth"), \(world.scale)", questions: 8,
      perRound: 1,
      ours: Subject("ours") { [world, subjects] batch in
        batch.reduce(0) { checksum, _ in
          checksum &+ subjects.firstStarts(query, in: world.index).checksum
        }
      },
      limits: [
        Subject("columns of starts, C") { [limits] batch in
          batch.reduce(0) { checksum, _ in
            var asked = asked
            let count = limits_columns_first(limits.columns, &asked, wanted, found)
            return checksum &+ UnsafeBufferPointer(start: found, count: count).checksum
          }
        }
      ],
      goals: [.nanosecondsMax(100_000)])
  }

  private var firstFree: Trial {
    let found = limits.found
    return Trial(
      "Q5, 1,000 therapists, \(world.scale)", questions: Questions.lookups, perRound: 8,
      ours: Subject("ours") { [world, subjects, questions] batch in
        let index = world.index
        var sum: UInt64 = 0
        for number in batch {
          let starts = subjects.firstFree(questions.firstFree.queries[number], in: index)
          for start in starts { sum += UInt64(start?.start.sinceEpoch ?? 0) }
        }
        return sum
      },
      limits: [
        lookups("bitmap of starts, C") { [limits] in
          limits_starts_first_free(limits.starts, $0, found)
        },
        lookups("sorted array and hours, C") { [limits] in
          limits_sorted_first_free(limits.sorted, $0, found)
        },
      ],
      goals: [.nanosecondsMax(200_000), .none(limit: 1)])
  }

  private var weeklyTimes: Trial {
    let found = limits.found
    return Trial(
      "Q6, 12 weeks, \(world.scale)", questions: Questions.singles, perRound: 8_192,
      ours: Subject("ours") { [world, subjects, questions] batch in
        let index = world.index
        var found = TherapistStarts()
        return batch.reduce(0) { checksum, number in
          checksum &+ 1
            &+ subjects.weeklyTimes(questions.weeklies[number], in: index, into: &found).checksum
        }
      },
      limits: [
        Subject("bitmap of starts, C") { [limits, questions] batch in
          limits_starts_weeklies(
            limits.starts, questions.weeklies.at(batch), batch.count, found)
        }
      ],
      goals: [.nanosecondsMax(2_000)])
  }
}

// MARK: Asking

extension SearchTrials {
  private func months(
    _ name: String, _ answer: @escaping (UnsafePointer<limits_month>, Int) -> UInt64
  ) -> Subject {
    Subject(name) { [questions] batch in
      answer(questions.months.at(batch), batch.count)
    }
  }

  private func many(
    _ name: String, _ answer: @escaping (UnsafePointer<limits_many>, Int) -> UInt64
  ) -> Subject {
    Subject(name) { [questions] batch in
      answer(questions.firstStarts.queries.at(batch), batch.count)
    }
  }

  private func lookups(
    _ name: String, _ answer: @escaping (UnsafePointer<limits_many>) -> UInt64
  ) -> Subject {
    Subject(name) { [questions] batch in
      batch.reduce(0) { $0 &+ answer(questions.firstFree.queries.at($1..<$1 + 1)) }
    }
  }

  private func ourMonths(
    _ name: String, in index: @escaping () -> AvailabilityIndex
  ) -> Subject {
    Subject(name) { [subjects, questions] batch in
      let index = index()
      var found = TherapistStarts()
      var checksum: UInt64 = 0
      for number in batch {
        subjects.month(questions.months[number], in: index, into: &found)
        checksum &+= found.starts.withStarts { $0.checksum }
      }
      return checksum
    }
  }
}

// MARK: Checksums, as the limits reckon them

extension RandomAccessCollection<Minute> {
  fileprivate var checksum: UInt64 {
    guard let first, let last else { return 0 }
    return UInt64(count) + UInt64(first.sinceEpoch) + UInt64(last.sinceEpoch)
  }
}

extension [LocalMinute] {
  fileprivate var checksum: UInt64 {
    guard let first, let last else { return 0 }
    return UInt64(count) + UInt64(first.sinceEpoch) + UInt64(last.sinceEpoch)
  }
}

extension SlotPage {
  fileprivate var checksum: UInt64 {
    slots.reduce(0) { sum, slot in
      let therapist = UInt64(groups[slot.group].therapist.rawValue & 0xFFFF_FFFF)
      return sum &+ UInt64(slot.start.sinceEpoch) &+ therapist
    }
  }
}

extension UnsafeBufferPointer<limits_first_start> {
  fileprivate var checksum: UInt64 {
    reduce(0) { $0 &+ UInt64($1.start) &+ UInt64($1.therapist) }
  }
}
