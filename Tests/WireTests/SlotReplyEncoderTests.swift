import NIOCore
import SwiftProtobuf
import Testing
import Wire

@Suite("Slot replies written by hand are SwiftProtobuf's, byte for byte")
struct SlotReplyEncoderTests {
  /// The same reply twice: for the hand and for SwiftProtobuf.
  private struct Pair {
    var byHand: SlotReply
    var message = Seduta_V1_SlotsSearchResponse()

    init(_ shape: SlotReply.Shape) { byHand = SlotReply(shape) }

    func expectSameBytes(callID: UInt64, at location: SourceLocation = #_sourceLocation) throws {
      var expected = ByteBuffer()
      let frame = try Seduta_Wire_V1_ServerFrame.with {
        $0.reply.callID = callID
        $0.reply.message = try message.serializedBytes()
      }
      try FrameEncoder.write(frame, into: &expected)
      var written = ByteBuffer(string: "before")
      SlotReplyEncoder.write(byHand, callID: callID, into: &written)
      #expect(written.readString(length: 6) == "before", sourceLocation: location)
      #expect(written == expected, sourceLocation: location)
    }
  }

  private func randomText(_ lengths: ClosedRange<Int>, _ dice: inout Dice) -> String {
    String(
      (0..<Int.random(in: lengths, using: &dice)).map { _ in "abcè7_😀".randomElement(using: &dice)!
      })
  }

  private func randomGroup(_ dice: inout Dice) -> Seduta_V1_SlotGroup {
    var group = Seduta_V1_SlotGroup()
    // Any field may be absent, so that each is seen to be left out.
    if Bool.random(using: &dice) { group.therapistID = "thr_" + randomText(0...30, &dice) }
    if Bool.random(using: &dice) { group.serviceID = "svc_" + randomText(0...30, &dice) }
    if Bool.random(using: &dice) { group.locationID = "loc_" + randomText(0...30, &dice) }
    if Bool.random(using: &dice) { group.mode = .inPerson }
    if Bool.random(using: &dice) {
      group.price = .with {
        $0.minorUnits = Int64.random(in: 0...20_000, using: &dice)
        $0.currency = "EUR"
      }
    }
    if Bool.random(using: &dice) { group.durationMinutes = 50 }
    if Bool.random(using: &dice) { group.timeZone = "Europe/Rome" }
    return group
  }

  /// Mostly instants of these years, which take six bytes; in some replies any number at all.
  private func randomStarts(_ count: Int, anyNumber: Bool, _ dice: inout Dice) -> [Int64] {
    (0..<count).map { _ in
      anyNumber
        ? Int64(bitPattern: UInt64.random(in: 0 ... .max, using: &dice))
          >> Int64.random(in: 0...63, using: &dice)
        : Int64.random(in: 1_700_000_000_000...1_900_000_000_000, using: &dice)
    }
  }

  private func randomPair(_ shape: SlotReply.Shape, _ dice: inout Dice) throws -> Pair {
    var pair = Pair(shape)
    let anyNumber = Int.random(in: 0..<4, using: &dice) == 0
    let groupCount = Int.random(in: 0...(shape == .singleTherapist ? 4 : 300), using: &dice)
    for _ in 0..<groupCount {
      var group = randomGroup(&dice)
      let fragment = try SlotGroupFragment(group)
      var starts: [Int64] = []
      if shape == .singleTherapist {
        let count = Int.random(in: 0...90, using: &dice)
        starts = randomStarts(count, anyNumber: anyNumber, &dice)
      }
      pair.byHand.groups.append(.init(fragment, startCount: starts.count))
      pair.byHand.startsMs += starts
      group.startMs = starts
      pair.message.groups.append(group)
    }
    if shape == .acrossTherapists, groupCount > 0 {
      let count = Int.random(in: 0...60, using: &dice)
      pair.byHand.startsMs = randomStarts(count, anyNumber: anyNumber, &dice)
      pair.byHand.groupIndexes = pair.byHand.startsMs.map { _ in
        UInt32.random(in: 0..<UInt32(groupCount), using: &dice)
      }
      pair.message.startMs = pair.byHand.startsMs
      pair.message.groupIndex = pair.byHand.groupIndexes
    }
    if Bool.random(using: &dice) {
      pair.byHand.nextPageToken = randomText(0...200, &dice)
      pair.message.nextPageToken = pair.byHand.nextPageToken
    }
    return pair
  }

  @Test(
    "on thousands of random replies of both shapes",
    arguments: [SlotReply.Shape.singleTherapist, .acrossTherapists])
  func random(shape: SlotReply.Shape) throws {
    var dice = Dice(seed: shape == .singleTherapist ? 3 : 4)
    for round in 0..<2_000 {
      let callID = UInt64.random(in: 0 ... .max, using: &dice) >> (round % 64)
      try randomPair(shape, &dice).expectSameBytes(callID: callID)
    }
  }

  @Test("as the reply of a bulk lookup, too, whose fields are the same")  // S-11
  func lookup() throws {
    var dice = Dice(seed: 6)
    for round in 0..<500 {
      var byHand = SlotReply(.acrossTherapists)
      var message = Seduta_V1_SlotsBatchLookupResponse()
      for _ in 0..<Int.random(in: 0...300, using: &dice) {
        guard Int.random(in: 0..<5, using: &dice) > 0 else {
          byHand.startsMs.append(0)
          byHand.groupIndexes.append(0)
          continue
        }
        let group = randomGroup(&dice)
        byHand.groupIndexes.append(UInt32(byHand.groups.count))
        byHand.startsMs += randomStarts(1, anyNumber: round % 4 == 0, &dice)
        byHand.groups.append(.init(try SlotGroupFragment(group)))
        message.groups.append(group)
      }
      message.startMs = byHand.startsMs
      message.groupIndex = byHand.groupIndexes
      var expected = ByteBuffer()
      let frame = try Seduta_Wire_V1_ServerFrame.with {
        $0.reply.callID = UInt64(round)
        $0.reply.message = try message.serializedBytes()
      }
      try FrameEncoder.write(frame, into: &expected)
      var written = ByteBuffer()
      SlotReplyEncoder.write(byHand, callID: UInt64(round), into: &written)
      #expect(written == expected)
    }
  }

  @Test("with nothing in them", arguments: [SlotReply.Shape.singleTherapist, .acrossTherapists])
  func empty(shape: SlotReply.Shape) throws {
    try Pair(shape).expectSameBytes(callID: 0)
    try Pair(shape).expectSameBytes(callID: 1)
  }

  @Test("on both sides of every length at which a varint grows by a byte")
  func edges() throws {
    let powers = (0..<63).map { Int64(1) << $0 }
    let values = powers.flatMap { [$0 - 1, $0, $0 + 1] } + [0, -1, .min, .max]
    for value in values {
      var pair = Pair(.singleTherapist)
      // Between instants that take six bytes, and alone.
      for starts in [[value], [1_800_000_000_000, value, 1_800_000_000_000]] {
        pair.byHand.removeAll(.singleTherapist)
        pair.byHand.groups = [.init(try SlotGroupFragment(.init()), startCount: starts.count)]
        pair.byHand.startsMs = starts
        pair.message.groups = [.with { $0.startMs = starts }]
        try pair.expectSameBytes(callID: 1)
      }
    }
    for count in [21, 22, 2_730, 2_731] {
      var pair = Pair(.acrossTherapists)
      pair.byHand.groups = [.init(try SlotGroupFragment(.init()))]
      pair.message.groups = [.init()]
      pair.byHand.startsMs = [Int64](repeating: 1_800_000_000_000, count: count)
      pair.byHand.groupIndexes = [UInt32](repeating: .max, count: count)
      pair.message.startMs = pair.byHand.startsMs
      pair.message.groupIndex = pair.byHand.groupIndexes
      try pair.expectSameBytes(callID: 1)
    }
  }

  @Test("one after another into the same buffer, from a reply that is used again")
  func reused() throws {
    var dice = Dice(seed: 5)
    var written = ByteBuffer()
    var reply = SlotReply(.singleTherapist)
    var sent: [Seduta_V1_SlotsSearchResponse] = []
    for callID in 1...UInt64(50) {
      let shape = Bool.random(using: &dice) ? SlotReply.Shape.singleTherapist : .acrossTherapists
      let pair = try randomPair(shape, &dice)
      reply.removeAll(shape)
      reply.groups += pair.byHand.groups
      reply.startsMs += pair.byHand.startsMs
      reply.groupIndexes += pair.byHand.groupIndexes
      reply.nextPageToken = pair.byHand.nextPageToken
      sent.append(pair.message)
      SlotReplyEncoder.write(reply, callID: callID, into: &written)
    }
    var decoder = FrameDecoder(frameBytesMax: FrameDecoder.frameBytesMaxOfProtocol)
    decoder.received(written)
    for (index, expected) in sent.enumerated() {
      let frame = try Seduta_Wire_V1_ServerFrame(frame: try #require(try decoder.next()))
      #expect(frame.reply.callID == UInt64(index + 1))
      #expect(try Seduta_V1_SlotsSearchResponse(serializedBytes: frame.reply.message) == expected)
    }
    #expect(try decoder.next() == nil)
  }
}
