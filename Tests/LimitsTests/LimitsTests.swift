internal import Limits
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// A limit that answers wrongly limits nothing: all are held against each other.
@Suite(.serialized) struct LimitsTests {
  private static let months: [limits_month] = {
    var months: [limits_month] = []
    for therapist in 0..<UInt32(Small.therapists) {
      for day in Small.firstDay..<Small.firstDay + 20 {
        months.append(
          limits_month(
            therapist: therapist, from: day * 1_440, until: (day + 12) * 1_440 + 317))
      }
    }
    return months
  }()

  @Test("bitmaps, cells, sorted arrays, implicit trees and SQLite find the same starts of a month")
  func month() {
    let small = Small()
    let others = Others(small)
    let starts = limits_starts_make(small.pointer)!
    defer { limits_starts_free(starts) }
    var total = 0
    for query in Self.months {
      let expected = others.month(query)
      total += expected.count
      #expect(Found.starts { limits_starts_month(starts, query, $0) } == expected)
    }
    #expect(total > 10_000)
  }

  @Test(
    "sorted arrays, implicit trees and cells agree for other sessions and grids",
    arguments: [(75, 15), (5, 5), (45, 60), (160, 20), (320, 30)] as [(Int32, Int32)])
  func otherShapes(duration: Int32, grid: Int32) {
    let small = Small()
    let others = Others(small)
    let shape = limits_shape(duration: duration, grid: grid)
    for query in Self.months { _ = others.month(query, shape) }
  }

  @Test("bookings and cancellations leave the bitmaps as if they were made anew")
  func booking() {
    let small = Small()
    let starts = limits_starts_make(small.pointer)!
    defer { limits_starts_free(starts) }
    for before in Self.months where before.from == Small.firstDay * 1_440 {
      let free = Found.starts { limits_starts_month(starts, before, $0) }
      for start in free {
        let session = limits_session(
          therapist: before.therapist, client: before.therapist, start: start)
        limits_starts_book(starts, session)
        #expect(
          Found.starts { limits_starts_month(starts, before, $0) }
            == free.filter { abs($0 - start) >= 50 })
        limits_starts_cancel(starts, session)
        #expect(Found.starts { limits_starts_month(starts, before, $0) } == free)
      }
    }
  }

  @Test("what collides is what a search of all bookings finds")
  func collisions() {
    let small = Small()
    let others = Others(small)
    let starts = limits_starts_make(small.pointer)!
    defer { limits_starts_free(starts) }
    for therapist in 0..<Small.therapists {
      for halfHour in 1..<24 * 2 * 12 {
        // Of the same therapist or of another.
        let client = (therapist + halfHour % 2) * Small.clientsEach + halfHour % Small.clientsEach
        var session = limits_session(
          therapist: UInt32(therapist), client: UInt32(client % Small.clients),
          start: Small.firstDay * 1_440 + Int32(halfHour) * 30)
        let busy = small.isBusy(session)
        #expect((limits_starts_collisions(starts, &session, 1) == 1) == busy.own)
        #expect(
          (limits_starts_collisions_of_all(starts, &session, 1) == 1) == (busy.own || busy.client))
        #expect(others.collides(session) == (busy.own || busy.client))
      }
    }
  }

  @Test("the first starts among many are the same by row, by column and by walking")
  func firstStarts() {
    let small = Small()
    let others = Others(small)
    let starts = limits_starts_make(small.pointer)!
    defer { limits_starts_free(starts) }
    let columns = limits_columns_make(starts)!
    defer { limits_columns_free(columns) }
    let everyone = (0..<UInt32(Small.therapists)).map { $0 }
    everyone.withUnsafeBufferPointer { everyone in
      for day in 0..<20 as Range<Int32> {
        var query = limits_many(
          therapists: everyone.baseAddress, count: UInt32(everyone.count),
          from: (Small.firstDay + day) * 1_440, until: (Small.firstDay + day + 7) * 1_440,
          wanted: 20)
        let expected = others.first(query)
        #expect(expected.count == 20)
        #expect(Found.first { limits_starts_first(starts, &query, $0) } == expected)
        #expect(Found.first { limits_columns_first(columns, &query, nil, $0) } == expected)
        let firstFree = Found.starts {
          _ = limits_starts_first_free(starts, &query, $0)
          return everyone.count
        }
        #expect(firstFree == others.firstFree(query))
      }
    }
  }

  @Test("a reply in C is read by SwiftProtobuf")
  func reply() throws {
    let group = Seduta_V1_SlotGroup.with { $0.therapistID = "thr_1" }
    let fragment: [UInt8] = try group.serializedBytes()
    for count in [0, 1, 7, 8, 9, 77, 300] {
      let starts = (0..<count).map { Int32(29_000_000 + 30 * $0) }
      let bytes = [UInt8](unsafeUninitializedCapacity: 4_096) { reply, size in
        size = limits_reply_write(
          fragment, fragment.count, starts + [Int32](repeating: 0, count: 8), count,
          reply.baseAddress!)
      }
      let response = try Seduta_V1_SlotsSearchResponse(serializedBytes: bytes)
      #expect(response.groups.map(\.therapistID) == ["thr_1"])
      #expect(response.groups[0].startMs == starts.map { Int64($0) * 60_000 })
    }
  }

  @Test("a map finds, inserts and removes what a tree in an array finds")
  func maps() {
    let spans = (0..<500).map { limits_span(start: $0 * 60, end: $0 * 60 + 50) }
    let keys = [UInt64](repeating: 7, count: spans.count)
    let rows = [UInt32](repeating: 0, count: 2_000)
    let asked = (0..<2_000).map { limits_span(start: $0 * 15, end: $0 * 15 + 9) }
    let maps = limits_span_maps_make(1)!
    defer { limits_span_maps_free(maps) }
    #expect(limits_span_maps_insert(maps, rows, spans, keys, 500) == 500)
    #expect(limits_span_maps_insert(maps, rows, spans, keys, 500) == 0)
    let trees = limits_implicit_trees_make(spans, [0, 500], 1)!
    defer { limits_implicit_trees_free(trees) }
    let expected = UInt64(
      asked.count { one in spans.contains { $0.start < one.end && one.start < $0.end } })
    #expect(limits_span_maps_collisions(maps, rows, asked, asked.count) == expected)
    #expect(limits_implicit_trees_collisions(trees, rows, asked, asked.count) == expected)
    #expect(limits_span_maps_remove(maps, rows, spans, 500) == 500)
    #expect(limits_span_maps_collisions(maps, rows, asked, asked.count) == 0)
  }

  @Test("without vector instructions the answers are the same")
  func scalar() throws {
    limits_starts_forbid_vectors()
    #expect(!limits_starts_is_vectorised())
    month()
    firstStarts()
    try reply()
  }
}
