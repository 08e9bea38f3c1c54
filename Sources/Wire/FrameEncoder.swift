public import NIOCore
public import SwiftProtobuf

/// Writes messages as frames: 4 bytes of length, big-endian, then the message.
public enum FrameEncoder {
  /// Appends a frame.
  ///
  /// - Parameter frame: a `ClientFrame` or `ServerFrame` in which something is set; an empty message
  ///   is no frame.
  /// - Throws: what SwiftProtobuf throws for a message of more than 2 GiB.
  public static func write(_ frame: some Message, into buffer: inout ByteBuffer) throws {
    let bytes: [UInt8] = try frame.serializedBytes()
    precondition(!bytes.isEmpty, "an empty message is no frame")
    buffer.reserveCapacity(minimumWritableBytes: 4 + bytes.count)
    buffer.writeInteger(UInt32(bytes.count))
    buffer.writeBytes(bytes)
  }

  /// Appends the frame of a `Reply` that went well: the same bytes as for a `ServerFrame`, without
  /// encoding `message` into a message that is encoded again.
  ///
  /// - Parameters:
  ///   - callID: of the call that is answered.
  ///   - message: the method's response.
  /// - Throws: what SwiftProtobuf throws for a message of more than 2 GiB.
  public static func writeReply(
    callID: UInt64, message: some Message, into buffer: inout ByteBuffer
  ) throws {
    let bytes: [UInt8] = try message.serializedBytes()
    let envelope = ReplyEnvelope(callID: callID, messageBytes: bytes.count)
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: envelope.frameBytes) { room in
      var cursor = WireCursor(room)
      cursor.writeEnvelope(envelope)
      bytes.withUnsafeBytes { cursor.writeBytes($0) }
      return cursor.written
    }
  }
}

/// The sizes around a response on its way: `ServerFrame { reply: Reply { call_id, message } }`.
struct ReplyEnvelope {
  let callID: UInt64
  /// The response, in bytes.
  let messageBytes: Int
  /// The `Reply`, in bytes.
  let replyBytes: Int
  /// The `ServerFrame`, in bytes, without the 4 of its length.
  let serverFrameBytes: Int

  init(callID: UInt64, messageBytes: Int) {
    self.callID = callID
    self.messageBytes = messageBytes
    // proto3 leaves out a field that has its default value.
    let callIDBytes = callID == 0 ? 0 : 1 + Varint.byteCount(callID)
    replyBytes = callIDBytes + WireCursor.fieldByteCount(ofContent: messageBytes)
    serverFrameBytes = 1 + Varint.byteCount(UInt64(replyBytes)) + replyBytes
  }

  /// All that is written, the length included.
  var frameBytes: Int { 4 + serverFrameBytes }
}

extension WireCursor {
  /// Everything up to the response itself.
  mutating func writeEnvelope(_ envelope: ReplyEnvelope) {
    writeLength(UInt32(envelope.serverFrameBytes))
    // ServerFrame.reply: a member of a `oneof` is written even if it is empty.
    writeTag(field: 2, .lengthDelimited)
    writeVarint(UInt64(envelope.replyBytes))
    if envelope.callID != 0 {
      writeTag(field: 1, .varint)
      writeVarint(envelope.callID)
    }
    if envelope.messageBytes > 0 {
      writeTag(field: 3, .lengthDelimited)
      writeVarint(UInt64(envelope.messageBytes))
    }
  }
}
