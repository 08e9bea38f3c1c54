import FoundationEssentials
import NIOCore
import SwiftProtobuf
import Testing
import Wire

@Suite("Messages become frames")
struct FrameEncoderTests {
  @Test("a frame that was written is read back the same")
  func roundTrip() throws {
    var hello = Seduta_Wire_V1_ClientFrame()
    hello.hello.apiKey = "seduta_key"
    hello.hello.versionMax = 3
    var ping = Seduta_Wire_V1_ClientFrame()
    ping.ping = .with { $0.opaque = Data([1, 2, 3, 4, 5, 6, 7, 8]) }

    var buffer = ByteBuffer()
    try FrameEncoder.write(hello, into: &buffer)
    try FrameEncoder.write(ping, into: &buffer)
    var decoder = FrameDecoder(frameBytesMax: 1_000)
    decoder.received(buffer)
    let first = try #require(try decoder.next())
    let second = try #require(try decoder.next())
    #expect(try Seduta_Wire_V1_ClientFrame(frame: first) == hello)
    #expect(try Seduta_Wire_V1_ClientFrame(frame: second) == ping)
    #expect(try decoder.next() == nil)
  }

  @Test("a length is four bytes, big-endian, and does not count itself")
  func length() throws {
    var frame = Seduta_Wire_V1_ClientFrame()
    frame.hello.clientName = String(repeating: "x", count: 1_000)
    let bytes: [UInt8] = try frame.serializedBytes()
    var buffer = ByteBuffer()
    try FrameEncoder.write(frame, into: &buffer)
    #expect(bytes.count == 1_006)
    #expect(Array(buffer.readableBytesView) == [0, 0, 0x03, 0xEE] + bytes)
  }

  @Test("a reply written at once has SwiftProtobuf's bytes, with any call id and any message")
  func reply() throws {
    var dice = Dice(seed: 2)
    for round in 0..<1_000 {
      let callID = round == 0 ? 0 : UInt64.random(in: 0 ... .max, using: &dice) >> (round % 64)
      let name = String(repeating: "n", count: Int.random(in: 0...400, using: &dice))
      let client = Seduta_V1_ClientsGetResponse.with { response in
        if !name.isEmpty { response.client.name = name }
      }

      let whole = try Seduta_Wire_V1_ServerFrame.with {
        $0.reply.callID = callID
        $0.reply.message = try client.serializedBytes()
      }
      var expected = ByteBuffer()
      try FrameEncoder.write(whole, into: &expected)
      var written = ByteBuffer()
      try FrameEncoder.writeReply(callID: callID, message: client, into: &written)
      #expect(written == expected)
    }
  }

  @Test("what is no protobuf is refused")
  func malformed() {
    #expect(throws: BinaryDecodingError.self) {
      try Seduta_Wire_V1_ClientFrame(frame: ByteBuffer(bytes: [0x0A, 0x05, 0x01]))
    }
    #expect(throws: BinaryDecodingError.self) {
      try Seduta_Wire_V1_ClientFrame(frame: ByteBuffer(repeating: 0xFF, count: 16))
    }
  }
}
