import NIOCore
import Testing
import Wire

@Suite("Frames are cut from what arrives")
struct FrameDecoderTests {
  private func frame(_ content: [UInt8]) -> ByteBuffer {
    var buffer = ByteBuffer(integer: UInt32(content.count))
    buffer.writeBytes(content)
    return buffer
  }

  private func allFrames(of decoder: inout FrameDecoder) throws -> [[UInt8]] {
    var frames: [[UInt8]] = []
    while let frame = try decoder.next() { frames.append(Array(frame.readableBytesView)) }
    return frames
  }

  @Test("frames come out as they went in, wherever the stream is broken")
  func anySplit() throws {
    var dice = Dice(seed: 1)
    for _ in 0..<500 {
      let sent = (0..<Int.random(in: 1...8, using: &dice)).map { _ in
        (0..<Int.random(in: 1...300, using: &dice)).map { _ in
          UInt8.random(in: .min ... .max, using: &dice)
        }
      }
      var stream = ByteBuffer()
      for content in sent { stream.writeImmutableBuffer(frame(content)) }

      var decoder = FrameDecoder(frameBytesMax: 300)
      var received: [[UInt8]] = []
      while stream.readableBytes > 0 {
        let length = min(stream.readableBytes, Int.random(in: 1...200, using: &dice))
        let piece = stream.readSlice(length: length)
        decoder.received(try #require(piece))
        // Sometimes several pieces arrive before anyone asks.
        if Bool.random(using: &dice) { received += try allFrames(of: &decoder) }
      }
      received += try allFrames(of: &decoder)
      #expect(received == sent)
      #expect(!decoder.hasPartialFrame)
    }
  }

  @Test("a frame that came out stays what it was when more arrives")
  func framesAreIndependent() throws {
    var decoder = FrameDecoder(frameBytesMax: 100)
    var stream = frame([1, 2, 3])
    stream.writeBytes([0, 0, 0, 2, 4])
    decoder.received(stream)
    let first = try decoder.next()
    #expect(try decoder.next() == nil)
    decoder.received(ByteBuffer(bytes: [5]))
    #expect(try decoder.next() == ByteBuffer(bytes: [4, 5]))
    #expect(first == ByteBuffer(bytes: [1, 2, 3]))
  }

  @Test(
    "a frame of the limit is taken, of one byte more is not, and is refused by its length alone")
  func limit() throws {
    var decoder = FrameDecoder(frameBytesMax: 1_000)
    decoder.received(frame([UInt8](repeating: 7, count: 1_000)))
    #expect(try decoder.next()?.readableBytes == 1_000)

    decoder.received(ByteBuffer(integer: UInt32(1_001)))
    #expect(throws: FrameError.tooLong(bytes: 1_001, limit: 1_000)) { try decoder.next() }
  }

  @Test("a frame of no bytes is an error")
  func empty() {
    var decoder = FrameDecoder(frameBytesMax: 1_000)
    decoder.received(ByteBuffer(integer: UInt32(0)))
    #expect(throws: FrameError.empty) { try decoder.next() }
  }

  @Test("after an error nothing comes out any more, whatever arrives")
  func errorsLast() {
    var decoder = FrameDecoder(frameBytesMax: 10)
    decoder.received(ByteBuffer(integer: UInt32.max))
    let error = FrameError.tooLong(bytes: Int(UInt32.max), limit: 10)
    #expect(throws: error) { try decoder.next() }
    decoder.received(frame([1]))
    #expect(throws: error) { try decoder.next() }
    #expect(throws: error) { try decoder.next() }
  }

  @Test("TLS is told by its first byte, of a hello and of an alert", arguments: [0x16, 0x15])
  func tls(first: UInt8) {
    var decoder = FrameDecoder(frameBytesMax: 1_000)
    decoder.received(ByteBuffer(bytes: [first]))
    #expect(throws: FrameError.tls) { try decoder.next() }
  }

  @Test(
    "HTTP is told by its first four bytes",
    arguments: [
      "GET / HTTP/1.1", "POST /", "PUT /", "HEAD /", "DELETE /", "OPTIONS *", "PATCH /",
      "CONNECT a:1", "TRACE /", "PRI * HTTP/2.0", "HTTP/1.1 400 Bad Request",
    ])
  func http(beginning: String) throws {
    var decoder = FrameDecoder(frameBytesMax: 1_000)
    decoder.received(ByteBuffer(string: String(beginning.prefix(3))))
    #expect(try decoder.next() == nil)
    decoder.received(ByteBuffer(string: String(beginning.dropFirst(3))))
    #expect(throws: FrameError.http) { try decoder.next() }
  }

  @Test("only the first bytes of a connection are looked at for other protocols")
  func otherProtocolsLater() throws {
    var decoder = FrameDecoder(frameBytesMax: 1_000)
    decoder.received(frame([1]))
    decoder.received(ByteBuffer(string: "GET / HTTP/1.1"))
    #expect(try decoder.next() != nil)
    let announced = 0x4745_5420  // "GET "
    #expect(throws: FrameError.tooLong(bytes: announced, limit: 1_000)) { try decoder.next() }
  }

  @Test("a frame is partial from its first byte until, but not with, its last")
  func partial() throws {
    var decoder = FrameDecoder(frameBytesMax: 1_000)
    let whole = frame([1, 2, 3])
    #expect(!decoder.hasPartialFrame)
    for index in 0..<whole.readableBytes {
      #expect(try decoder.next() == nil)
      decoder.received(try #require(whole.getSlice(at: index, length: 1)))
      #expect(decoder.hasPartialFrame == (index < whole.readableBytes - 1))
    }
    #expect(try decoder.next() != nil)
    #expect(!decoder.hasPartialFrame)
  }

  @Test("every error has a status that a person and a program can read")
  func statuses() {
    let errors: [FrameError] = [.empty, .tooLong(bytes: 5, limit: 4), .tls, .http]
    #expect(Set(errors.map(\.status.errorInfo.reason)).count == errors.count)
    for error in errors {
      #expect(error.status.code == .invalidArgument)
      #expect(error.status.message.hasSuffix("."))
    }
    #expect(FrameError.tooLong(bytes: 5, limit: 4).status.message.contains("at most 4"))
  }
}
