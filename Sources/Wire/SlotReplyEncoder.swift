public import NIOCore

/// Writes the reply of `Slots/Search` by hand, because SwiftProtobuf takes some twenty times as long:
/// more than the search itself. The bytes are the same.
public enum SlotReplyEncoder {
  /// Appends the frame `ServerFrame { reply: Reply { call_id, message: SlotsSearchResponse } }` with
  /// its length. Nothing is allocated when the buffer has room.
  public static func write(_ reply: SlotReply, callID: UInt64, into buffer: inout ByteBuffer) {
    reply.startsMs.withUnsafeBufferPointer { starts in
      let layout = SlotReplyLayout(reply, starts: PackedStarts(starts))
      let envelope = ReplyEnvelope(callID: callID, messageBytes: layout.responseBytes)
      let room = envelope.frameBytes + PackedStarts.slackBytes
      buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { room in
        var cursor = WireCursor(room)
        cursor.writeEnvelope(envelope)
        layout.write(reply, to: &cursor)
        assert(cursor.written == envelope.frameBytes)
        return cursor.written
      }
    }
  }
}

/// The sizes of a response: protobuf writes each length before its content.
private struct SlotReplyLayout {
  private let starts: PackedStarts
  private let groupIndexBytes: Int
  let responseBytes: Int

  init(_ reply: borrowing SlotReply, starts: PackedStarts) {
    self.starts = starts
    var bytes = 0
    var begin = 0
    for index in reply.groups.indices {
      let end = begin + reply.groups[index].startCount
      let content =
        reply.groups[index].fragment.bytes.count + starts.fieldByteCount(begin..<end)
      // An element of a repeated field is written even if it is empty.
      bytes += 1 + Varint.byteCount(UInt64(content)) + content
      begin = end
    }
    switch reply.shape {
    case .singleTherapist:
      precondition(begin == starts.count, "the groups' starts must be all starts")
      precondition(reply.groupIndexes.isEmpty, "a single therapist's starts are in the groups")
      groupIndexBytes = 0
    case .acrossTherapists:
      precondition(begin == 0, "starts across therapists are not in the groups")
      precondition(reply.groupIndexes.count == starts.count, "each start must have its group")
      groupIndexBytes = reply.groupIndexes.reduce(0) { $0 + Varint.byteCount(UInt64($1)) }
      bytes += starts.fieldByteCount(0..<starts.count)
      bytes += WireCursor.fieldByteCount(ofContent: groupIndexBytes)
    }
    responseBytes = bytes + WireCursor.fieldByteCount(ofContent: reply.nextPageToken.utf8.count)
  }

  func write(_ reply: borrowing SlotReply, to cursor: inout WireCursor) {
    writeGroups(of: reply, to: &cursor)
    if reply.shape == .acrossTherapists {
      starts.write(0..<starts.count, field: 2, to: &cursor)
      writeGroupIndexes(of: reply, to: &cursor)
    }
    writeNextPageToken(of: reply, to: &cursor)
  }

  private func writeGroups(of reply: borrowing SlotReply, to cursor: inout WireCursor) {
    var begin = 0
    for index in reply.groups.indices {
      let end = begin + reply.groups[index].startCount
      reply.groups[index].fragment.bytes.withUnsafeBytes { fragment in
        cursor.writeTag(field: 1, .lengthDelimited)
        cursor.writeVarint(UInt64(fragment.count + starts.fieldByteCount(begin..<end)))
        cursor.writeBytes(fragment)
      }
      starts.write(begin..<end, field: 8, to: &cursor)
      begin = end
    }
  }

  private func writeGroupIndexes(of reply: borrowing SlotReply, to cursor: inout WireCursor) {
    guard groupIndexBytes > 0 else { return }
    cursor.writeTag(field: 3, .lengthDelimited)
    cursor.writeVarint(UInt64(groupIndexBytes))
    reply.groupIndexes.withUnsafeBufferPointer { indexes in
      for index in indexes { cursor.writeVarint(UInt64(index)) }
    }
  }

  private func writeNextPageToken(of reply: borrowing SlotReply, to cursor: inout WireCursor) {
    guard !reply.nextPageToken.isEmpty else { return }
    var token = reply.nextPageToken
    cursor.writeTag(field: 4, .lengthDelimited)
    cursor.writeVarint(UInt64(token.utf8.count))
    token.withUTF8 { cursor.writeBytes(UnsafeRawBufferPointer($0)) }
  }
}

/// Starts as a packed field. A varint of milliseconds takes six bytes for every instant from February
/// 1971 to May 2109, so that the usual reply is measured by counting.
private struct PackedStarts {
  /// What `WireCursor.writeSixByteVarints` may overwrite after the last byte.
  static let slackBytes = 2

  private let values: UnsafeBufferPointer<Int64>
  private let areSixBytesEach: Bool

  init(_ values: UnsafeBufferPointer<Int64>) {
    self.values = values
    // One pass without a branch for each value: a bit from 42 up is left in the sum of bits by a
    // value that is at or above 2^42, or (by borrowing) below 2^35.
    var bits: UInt64 = 0
    for value in values {
      let value = UInt64(bitPattern: value)
      bits |= value | (value &- 1 << 35)
    }
    areSixBytesEach = bits >> 42 == 0
  }

  var count: Int { values.count }

  private func byteCount(_ range: Range<Int>) -> Int {
    if areSixBytesEach { return 6 * range.count }
    return values[range].reduce(0) { $0 + Varint.byteCount(UInt64(bitPattern: $1)) }
  }

  /// With tag and length.
  func fieldByteCount(_ range: Range<Int>) -> Int {
    WireCursor.fieldByteCount(ofContent: byteCount(range))
  }

  func write(_ range: Range<Int>, field: UInt8, to cursor: inout WireCursor) {
    guard !range.isEmpty else { return }
    cursor.writeTag(field: field, .lengthDelimited)
    cursor.writeVarint(UInt64(byteCount(range)))
    if areSixBytesEach {
      cursor.writeSixByteVarints(UnsafeBufferPointer(rebasing: values[range]))
    } else {
      for value in values[range] { cursor.writeVarint(UInt64(bitPattern: value)) }
    }
  }
}
