public import NIOCore

/// Why bytes are not a frame. The connection they came on is of no use any more.
public enum FrameError: Error, Hashable, Sendable {
  /// A frame of no bytes.
  case empty
  /// A frame of `bytes` was announced where at most `limit` are taken, both without the length.
  case tooLong(bytes: Int, limit: Int)
  /// The other side speaks TLS.
  case tls
  /// The other side speaks HTTP.
  case http
}

/// Cuts what arrives on a connection into frames: 4 bytes of length, big-endian, then so many bytes.
///
/// Feed it with `received(_:)`, then take frames with `next()` until there is none.
public struct FrameDecoder: Sendable {
  /// The most that a frame may hold in this protocol, in bytes: 4 MiB.
  public static let frameBytesMaxOfProtocol = 4 << 20

  private static let lengthBytes = 4

  /// The longest frame to take from here on, in bytes, without its 4 bytes of length; 1 to 16,777,215,
  /// so that the first byte of a length is always 0.
  public var frameBytesMax: Int {
    didSet { FrameDecoder.check(frameBytesMax) }
  }

  private var unread = ByteBuffer()
  private var isFirst = true
  private var failure: FrameError?

  /// - Parameter frameBytesMax: the longest frame to take at first.
  public init(frameBytesMax: Int) {
    FrameDecoder.check(frameBytesMax)
    self.frameBytesMax = frameBytesMax
  }

  private static func check(_ frameBytesMax: Int) {
    precondition(1...0xFF_FFFF ~= frameBytesMax, "a frame's limit must be in 1...16777215 bytes")
  }

  /// Takes what arrived. Copies nothing unless a frame has begun before and is not complete.
  public mutating func received(_ buffer: ByteBuffer) {
    guard unread.readableBytes > 0 else {
      unread = buffer
      return
    }
    // Grows by doubling with what has truly arrived: room is never made for what a length promises,
    // else 4 bytes on each of many connections would cost 4 MiB each.
    unread.discardReadBytes()
    unread.writeImmutableBuffer(buffer)
  }

  /// The next whole frame, without its length; nil when more has to arrive first.
  ///
  /// After an error every further call throws the same error.
  public mutating func next() throws(FrameError) -> ByteBuffer? {
    if let failure { throw failure }
    do {
      return try cut()
    } catch {
      failure = error
      unread = ByteBuffer()
      throw error
    }
  }

  /// True when a frame has begun to arrive and is not complete: it must not take for ever.
  public var hasPartialFrame: Bool {
    let bytes = unread.readableBytes
    guard bytes >= Self.lengthBytes else { return bytes > 0 }
    return bytes < Self.lengthBytes + announcedBytes
  }

  private var announcedBytes: Int {
    Int(unread.getInteger(at: unread.readerIndex, as: UInt32.self) ?? 0)
  }

  private mutating func cut() throws(FrameError) -> ByteBuffer? {
    if isFirst { try refuseOtherProtocols() }
    guard unread.readableBytes >= Self.lengthBytes else { return nil }
    let bytes = announcedBytes
    guard bytes > 0 else { throw .empty }
    guard bytes <= frameBytesMax else { throw .tooLong(bytes: bytes, limit: frameBytesMax) }
    guard unread.readableBytes >= Self.lengthBytes + bytes else { return nil }
    isFirst = false
    unread.moveReaderIndex(forwardBy: Self.lengthBytes)
    return unread.readSlice(length: bytes)
  }

  /// A length's first byte is 0; that of other protocols is not. A TLS hello is told by one byte, a
  /// request or answer of HTTP by four.
  private func refuseOtherProtocols() throws(FrameError) {
    guard let first = unread.getInteger(at: unread.readerIndex, as: UInt8.self), first != 0 else {
      return
    }
    // A handshake, or the alert with which a TLS server answers a client that does not speak it.
    if first == 0x16 || first == 0x15 { throw .tls }
    guard let four = unread.getInteger(at: unread.readerIndex, as: UInt32.self) else { return }
    if Self.httpBeginnings.contains(four) { throw .http }
  }

  private static let httpBeginnings: [UInt32] = [
    "GET ", "POST", "PUT ", "HEAD", "DELE", "OPTI", "PATC", "CONN", "TRAC", "PRI ", "HTTP",
  ].map { (text: String) in text.utf8.reduce(0) { $0 << 8 | UInt32($1) } }
}
