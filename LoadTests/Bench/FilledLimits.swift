internal import Limits
internal import Workload

/// The limits' structures, filled with one world.
final class FilledLimits {
  let starts: OpaquePointer
  let columns: OpaquePointer
  let cells: OpaquePointer
  let sorted: OpaquePointer
  let implicitTrees: OpaquePointer
  /// Nil for large populations: SQLite would take most of the time and the memory.
  let rows: OpaquePointer?
  /// Room for answers.
  let found: UnsafeMutablePointer<Int32>
  let foundFirst: UnsafeMutablePointer<limits_first_start>

  init(_ world: World) {
    let population = world.filled.pointer
    starts = limits_starts_make(population)
    columns = limits_columns_make(starts)
    cells = limits_cells_make(population)
    sorted = limits_sorted_make(population)
    let bookings = Int(population.pointee.first_booking[population.pointee.therapists])
    let spans = (0..<bookings).map { booking in
      let start = population.pointee.booking_start[booking]
      return limits_span(start: start, end: start + PopulationW.sessionMinutes)
    }
    implicitTrees = limits_implicit_trees_make(
      spans, population.pointee.first_booking, population.pointee.therapists)
    rows = population.pointee.therapists <= 1_000 ? limits_rows_make(population) : nil
    found = .allocate(capacity: limits_starts_max + limits_slack)
    foundFirst = .allocate(capacity: limits_wanted_max)
  }

  deinit {
    limits_columns_free(columns)
    limits_starts_free(starts)
    limits_cells_free(cells)
    limits_sorted_free(sorted)
    limits_implicit_trees_free(implicitTrees)
    if let rows { limits_rows_free(rows) }
    found.deallocate()
    foundFirst.deallocate()
  }
}
