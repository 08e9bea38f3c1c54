internal import Intervals
internal import Limits
internal import Workload

/// The interval tree by itself, against other structures that hold spans.
struct TreeTrials {
  let forest: Forest

  var all: [Trial] { [overlap, insert, remove, build] }

  private var overlap: Trial {
    Trial(
      "\(forest.name), overlap", questions: Forest.asked, perRound: 32_768,
      ours: Subject("ours") { [forest] batch in
        var colliding: UInt64 = 0
        for number in batch
        where forest.trees[Int(forest.askedRows[number])].overlapsAny(
          forest.askedEntries[number].span)
        {
          colliding += 1
        }
        return colliding
      },
      limits: [
        Subject("cgranges' tree, C") { [forest] batch in
          limits_implicit_trees_collisions(
            forest.implicitTrees, forest.askedRows.at(batch), forest.askedSpans.at(batch),
            batch.count)
        },
        Subject("std::map, C++") { [forest] batch in
          limits_span_maps_collisions(
            forest.maps, forest.askedRows.at(batch), forest.askedSpans.at(batch), batch.count)
        },
      ],
      goals: [.atMost(1, timesLimit: 0), .none(limit: 1)])
  }

  private var insert: Trial {
    Trial(
      "\(forest.name), insert", questions: forest.freeRows.count, perRound: Forest.changesPerRound,
      ours: Subject(
        "ours", restore: { [forest] in _ = forest.remove($0) },
        answer: { [forest] in forest.insert($0) }),
      limits: [
        Subject(
          "std::map, C++", restore: { [forest] in _ = forest.removeFromMaps($0) },
          answer: { [forest] in forest.insertIntoMaps($0) })
      ],
      goals: [.atMost(1, timesLimit: 0)])
  }

  private var remove: Trial {
    Trial(
      "\(forest.name), remove", questions: forest.freeRows.count, perRound: Forest.changesPerRound,
      ours: Subject(
        "ours", prepare: { [forest] in _ = forest.insert($0) },
        answer: { [forest] in forest.remove($0) }),
      limits: [
        Subject(
          "std::map, C++", prepare: { [forest] in _ = forest.insertIntoMaps($0) },
          answer: { [forest] in forest.removeFromMaps($0) })
      ],
      goals: [.none(limit: 0)])
  }

  /// From what is in order; the time of each entry.
  private var build: Trial {
    Trial(
      "\(forest.name), build", questions: forest.entries.count, perRound: forest.entries.count,
      ours: Subject("ours") { [forest] _ in
        (0..<forest.trees.count).reduce(0) { count, row in
          count + UInt64(IntervalTree(forest.entries[forest.range(of: row)]).count)
        }
      },
      limits: [
        Subject("cgranges' tree, C") { [forest] batch in
          limits_implicit_trees_free(
            limits_implicit_trees_make(
              forest.spans.start, forest.first.start, forest.trees.count))
          return UInt64(batch.count)
        },
        Subject("std::map, C++") { [forest] batch in
          let maps = limits_span_maps_make(forest.trees.count)
          defer { limits_span_maps_free(maps) }
          return limits_span_maps_insert(
            maps, forest.rows.start, forest.spans.start, forest.keys.start, batch.count)
        },
      ],
      goals: [.none(limit: 0), .none(limit: 1)])
  }
}
