internal import Availability
internal import Intervals
internal import Limits
internal import Workload

/// Q3 and Q4 in one world.
struct CheckTrials {
  let world: World
  let questions: Questions
  let subjects: Subjects
  let limits: FilledLimits

  var all: [Trial] { [collision, assessment, bookAndCancel] }

  private var collision: Trial {
    var others = [
      sessions("bitmap of starts, C") { [limits] in
        limits_starts_collisions_of_all(limits.starts, $0, $1)
      },
      sessions("sorted arrays, C") { [limits] in
        limits_sorted_collisions_of_all(limits.sorted, $0, $1)
      },
      sessions("bitmap of starts, C, T+R only") { [limits] in
        limits_starts_collisions(limits.starts, $0, $1)
      },
    ]
    var goals: [Goal] = [.nanosecondsMax(40), .none(limit: 1), .none(limit: 2)]
    if let rows = limits.rows {
      others.append(sessions("SQLite in process, T only") { limits_rows_collisions(rows, $0, $1) })
      goals.append(.none(limit: 3))
    }
    return Trial(
      "Q3, T+R+C, \(world.scale)", questions: Questions.singles, perRound: 32_768,
      ours: ours { [subjects] in subjects.collides($0, in: $1) }, limits: others, goals: goals,
      mustAgree: false)
  }

  private var assessment: Trial {
    Trial(
      "all of S-4, \(world.scale)", questions: Questions.singles, perRound: 8_192,
      ours: ours { [subjects] in !subjects.isBookable($0, in: $1) }, limits: [],
      goals: [.none(limit: nil)])
  }

  private var bookAndCancel: Trial {
    var others = [
      bookings("bitmap of starts, C") { [limits] in
        limits_starts_book_and_cancel(limits.starts, $0, $1)
      },
      bookings("sorted arrays, C") { [limits] in
        limits_sorted_book_and_cancel(limits.sorted, $0, $1)
      },
    ]
    var goals: [Goal] = [.none(limit: 0), .none(limit: 1)]
    switch world.population.therapistCount {
    case ...1_000: goals[0] = .nanosecondsMax(200)
    case 100_000...: goals[0] = .nanosecondsMax(1_000)
    default: break
    }
    if let rows = limits.rows {
      others.append(
        bookings("SQLite in process, T only") { limits_rows_book_and_cancel(rows, $0, $1) })
      goals.append(.none(limit: 2))
    }
    let number = world.population.therapistCount * PopulationW.bookingsMax
    return Trial(
      "Q4, book and cancel, \(world.scale)", questions: Questions.singles, perRound: 16_384,
      ours: Subject("ours") { [world, subjects, questions] batch in
        // Taken out of the world, so that it is changed in place.
        var index = AvailabilityIndex()
        swap(&index, &world.index)
        defer { swap(&index, &world.index) }
        return batch.reduce(0) { booked, place in
          let query = questions.bookings[place]
          let isDone = subjects.bookAndCancel(query, number: number + place, in: &index)
          return booked + (isDone ? 1 : 0)
        }
      },
      limits: others, goals: goals)
  }

  private func ours(
    _ isTaken: @escaping (limits_session, AvailabilityIndex) -> Bool
  ) -> Subject {
    Subject("ours") { [world, questions] batch in
      let index = world.index
      return batch.reduce(0) { taken, number in
        taken + (isTaken(questions.sessions[number], index) ? 1 : 0)
      }
    }
  }

  private func sessions(
    _ name: String, _ answer: @escaping (UnsafePointer<limits_session>, Int) -> UInt64
  ) -> Subject {
    Subject(name) { [questions] batch in
      answer(questions.sessions.at(batch), batch.count)
    }
  }

  private func bookings(
    _ name: String, _ answer: @escaping (UnsafePointer<limits_session>, Int) -> UInt64
  ) -> Subject {
    Subject(name) { [questions] batch in
      answer(questions.bookings.at(batch), batch.count)
    }
  }
}
