internal import Storage
internal import SwiftProtobuf
internal import Wire

extension Translation {
  /// Of events, in a request.
  static let kindsMax = 100

  func listEvents(
    _ message: Seduta_V1_EventsListRequest, from caller: Caller
  ) throws(Malformed) -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let after = reader.position(message.afterPosition, "after_position")
    let limit = reader.pageSize(message.pageSize, "page_size", standard: Translation.pageSize)
    let kinds = reader.kinds(message.kinds, "kinds", countMax: Translation.kindsMax)
    let subject = reader.filter(message.subjectID, "subject_id")
    return .events(
      try reader.finish(
        EventQuery(
          journal: JournalQuery(after: after, kinds: kinds, subject: subject, limit: limit),
          bytesMax: replyBytesMax, now: caller.now)))
  }

  func subscribe(
    _ message: Seduta_V1_EventsSubscribeRequest
  ) throws(Malformed) -> Subscription {
    var reader = FieldReader(zones: zones)
    let after = reader.position(message.afterPosition, "after_position")
    let kinds = reader.kinds(message.kinds, "kinds", countMax: Translation.kindsMax)
    return try reader.finish(.events(after: after, kinds: kinds))
  }

  /// - Throws: as a search does.
  func watch(
    _ message: Seduta_V1_SlotsWatchRequest, from caller: Caller
  ) throws -> Subscription {
    var request = Seduta_V1_SlotsSearchRequest()
    request.fromMs = message.fromMs
    request.untilMs = message.untilMs
    if message.hasFilter { request.filter = message.filter }
    request.pageSize = message.pageSize
    _ = try search(request, from: caller)
    return .slots(request)
  }
}

extension FieldReader {
  mutating func position(_ value: Int64, _ field: String) -> Int64 {
    if value < 0 { fault(field, "expected 0 or more, got \(value)") }
    return value
  }

  /// Kinds of events, which there may be or not.
  mutating func kinds(
    _ values: [String], _ field: String, countMax: Int
  ) -> [String] {
    let kinds = labels(values, field, count: 0...countMax, kind: .code)
    for (index, value) in values.prefix(countMax).enumerated()
    where !value.utf8.allSatisfy(FieldReader.isOfKind) {
      fault(
        "\(field)[\(index)]", "expected capital letters, digits and \"_\", got \(quoted(value))")
    }
    return kinds
  }

  private static func isOfKind(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
  }
}
