internal import Limits
internal import Testing

/// A start among many, which can be compared.
struct FirstStart: Equatable {
  let start: Int32
  let therapist: UInt32
}

/// What C writes into a buffer, as an array.
enum Found {
  static func starts(_ fill: (UnsafeMutablePointer<Int32>) -> Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: Int(limits_starts_max + limits_slack)) { buffer, count in
      count = fill(buffer.baseAddress!)
    }
  }

  static func first(_ fill: (UnsafeMutablePointer<limits_first_start>) -> Int) -> [FirstStart] {
    [limits_first_start](unsafeUninitializedCapacity: limits_wanted_max) { buffer, count in
      count = fill(buffer.baseAddress!)
    }.map { FirstStart(start: $0.start, therapist: $0.therapist) }
  }
}

/// The limits that are not bitmaps of starts, which must agree with one another.
final class Others {
  private let small: Small
  private let sorted: OpaquePointer
  private let cells: OpaquePointer
  private let trees: OpaquePointer
  private let rows: OpaquePointer

  init(_ small: Small) {
    self.small = small
    let population = small.pointer
    let count = Int(population.pointee.first_booking[Small.therapists])
    let spans = (0..<count).map { booking in
      let start = population.pointee.booking_start[booking]
      return limits_span(start: start, end: start + 50)
    }
    sorted = limits_sorted_make(population)
    cells = limits_cells_make(population)
    trees = limits_implicit_trees_make(
      spans, population.pointee.first_booking, population.pointee.therapists)
    rows = limits_rows_make(population)
  }

  deinit {
    limits_sorted_free(sorted)
    limits_cells_free(cells)
    limits_implicit_trees_free(trees)
    limits_rows_free(rows)
  }

  func month(
    _ query: limits_month, _ shape: limits_shape = limits_standard_shape()
  ) -> [Int32] {
    let population = small.pointer.pointee
    let schedule = population.schedules + Int(population.schedule_of[Int(query.therapist)])
    let walked = Found.starts { limits_sorted_month(sorted, query, shape, $0) }
    #expect(
      Found.starts { limits_implicit_trees_month(trees, schedule, query, shape, $0) } == walked)
    #expect(Found.starts { limits_cells_month(cells, query, shape, $0) } == walked)
    if shape.duration == 50, shape.grid == 30 {
      #expect(Found.starts { limits_rows_month(rows, query, $0) } == walked)
    }
    return walked
  }

  func first(_ query: limits_many) -> [FirstStart] {
    var query = query
    return Found.first { limits_sorted_first(sorted, &query, $0) }
  }

  /// Of each therapist; 0 where there is none.
  func firstFree(_ query: limits_many) -> [Int32] {
    var query = query
    return Found.starts {
      _ = limits_sorted_first_free(sorted, &query, $0)
      return Int(query.count)
    }
  }

  func collides(_ session: limits_session) -> Bool {
    var session = session
    return limits_sorted_collisions_of_all(sorted, &session, 1) == 1
  }
}
