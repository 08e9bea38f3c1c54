public import Availability
public import Intervals

/// The time that an appointment takes, and whose.
public struct BookedTime: Sendable {
  public let appointment: AppointmentID
  public let span: Span
  public let buffers: Buffers
  public let therapist: TherapistID
  public let room: RoomID?
  /// Nil for a request of someone who is not known.
  public let client: ClientID?
}

/// A part of a table's rows: several together are all of it, each row once.
public struct TableShare: Sendable {
  /// It has no more rows than that.
  public let rowsMax: Int
  let condition: String
}

extension StoreSnapshot {
  /// Cuts all appointments into parts of about the same size, for as many threads to read.
  public func appointmentShares(_ count: Int) throws -> [TableShare] {
    try database.shares(of: "appointments", count)
  }

  /// What takes time, for building the index: each appointment once, in no order.
  /// - Parameter from: what ended before is left out.
  public func forEachBookedTime(
    in share: TableShare, from: Instant, _ body: (BookedTime) throws -> Void
  ) throws {
    _ = try database.rows(
      """
      SELECT id, therapist_id, client_id, room_id, start_ms, end_ms, buffer_before_minutes,
        buffer_after_minutes
      FROM appointments WHERE occupies = 1 AND end_ms > $1 AND \(share.condition)
      """, [.int(from.msSinceEpoch)]
    ) { row in
      do {
        // Made when something is wrong with the row: a text for each of millions takes its time.
        try body(try BookedTime(Columns(row: row, table: "appointments", id: "")))
      } catch StoreError.corrupt(let table, _, let column) {
        throw StoreError.corrupt(table: table, id: row.text(0), column: column)
      }
    }
  }
}

extension BookedTime {
  fileprivate init(_ columns: Columns) throws {
    appointment = try columns.id(0, "id")
    therapist = try columns.id(1, "therapist_id")
    client = columns.row.isNull(2) ? nil : try columns.id(2, "client_id")
    room = columns.row.isNull(3) ? nil : try columns.id(3, "room_id")
    span = try columns.span(start: 4, end: 5)
    buffers = try columns.buffers(before: 6, after: 7)
  }
}
