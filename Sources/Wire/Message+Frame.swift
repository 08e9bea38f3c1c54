public import NIOCore
public import SwiftProtobuf

extension Message {
  /// Decodes a frame, or any message that lies in a buffer, where it lies.
  ///
  /// - Parameter buffer: all its readable bytes, and nothing but the message.
  /// - Throws: `BinaryDecodingError` for what is no protobuf of this message.
  public init(frame buffer: ByteBuffer) throws {
    try self.init(serializedBytes: buffer.readableBytesSpan)
  }
}
