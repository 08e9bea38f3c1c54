internal import Booking
internal import Intervals
internal import Storage
internal import SwiftProtobuf
internal import Wire

/// What operators ask for.
enum AdminQuery: Sendable {
  case outbox(
    about: String?, to: String?, in: MessageState?, after: OutboxCursor?, limit: Int,
    binding: [UInt8])
  case audit(after: Int64, about: String?, by: String?, limit: Int)
  case due(limit: Int, at: Instant)
}

extension Translation {
  func outbox(_ message: Seduta_V1_AdminOutboxRequest) throws -> AdminQuery {
    var reader = FieldReader(zones: zones)
    let subject = reader.filter(message.subjectID, "subject_id")
    let recipient = reader.filter(message.recipientID, "recipient_id")
    let state = reader.messageState(message.state, "state")
    let limit = reader.pageSize(message.pageSize, "page_size", standard: Translation.pageSize)
    var request = message
    request.pageToken = ""
    request.pageSize = 0
    let binding =
      try Array(Seduta_V1_AdminOutboxRequest.protoMessageName.utf8) + request.serializedBytes()
    let after = reader.cursor(message.pageToken, of: binding, OutboxCursor.init(text:))
    return try reader.finish(
      .outbox(
        about: subject, to: recipient, in: state, after: after, limit: limit, binding: binding))
  }

  func audit(_ message: Seduta_V1_AdminAuditRequest) throws -> AdminQuery {
    var reader = FieldReader(zones: zones)
    if message.afterPosition < 0 {
      reader.fault("after_position", "expected 0 or more, got \(message.afterPosition)")
    }
    let subject = reader.filter(message.subjectID, "subject_id")
    let actor = reader.filter(message.actorID, "actor_id")
    let limit = reader.pageSize(message.pageSize, "page_size", standard: Translation.pageSize)
    return try reader.finish(
      .audit(after: message.afterPosition, about: subject, by: actor, limit: limit))
  }

  func due(_ message: Seduta_V1_AdminDueRequest, from caller: Caller) throws -> AdminQuery {
    var reader = FieldReader(zones: zones)
    let limit = reader.pageSize(message.pageSize, "page_size", standard: Translation.pageSize)
    return try reader.finish(.due(limit: limit, at: caller.now))
  }
}

extension FieldReader {
  /// Empty is any.
  fileprivate mutating func messageState(_ value: String, _ field: String) -> MessageState? {
    guard !value.isEmpty else { return nil }
    let state = MessageState(rawValue: value)
    if state == nil {
      let known = MessageState.allCases.map(\.rawValue).joined(separator: ", ")
      fault(field, "expected one of \(known), or nothing for any")
    }
    return state
  }

  /// Something to compare with: empty is any. What no id is, is nothing's: it finds nothing.
  mutating func filter(_ value: String, _ field: String) -> String? {
    guard !value.isEmpty else { return nil }
    return text(value, field, length: 1...200, kind: .code)
  }
}

extension OutboxCursor {
  /// As it travels inside a page token.
  var text: String { "\(position) \(ordinal)" }

  init?(text: String) {
    let numbers = text.split(separator: " ").compactMap { Int64($0) }
    guard numbers.count == 2 else { return nil }
    self.init(position: numbers[0], ordinal: numbers[1])
  }
}
