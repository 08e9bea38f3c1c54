/// Protobuf's variable-length integers.
enum Varint {
  /// How many bytes a value takes: 1 to 10.
  @inline(__always)
  static func byteCount(_ value: UInt64) -> Int {
    let bits = UInt64.bitWidth - (value | 1).leadingZeroBitCount
    return (bits + 6) / 7
  }

  /// The varints of values that take six bytes each, in the low bytes of the results.
  @inline(__always)
  static func sixBytes(_ values: SIMD4<UInt64>) -> SIMD4<UInt64> {
    // Spreads 6 groups of 7 bits to 6 bytes, by halves: 28, then 14, then 7 bits. Moving the upper
    // half up by k bits is adding it 2^k - 1 times.
    var spread = values
    let upper28 = spread & SIMD4(repeating: ~0x0FFF_FFFF)
    spread = spread &+ (upper28 &<< 4) &- upper28
    let upper14 = spread & SIMD4(repeating: 0x0FFF_C000_0FFF_C000)
    spread = spread &+ (upper14 &<< 1) &+ upper14
    spread = spread &+ (spread & SIMD4(repeating: 0x3F80_3F80_3F80_3F80))
    // Each byte but the last says that another follows.
    return spread | SIMD4(repeating: 0x0000_0080_8080_8080)
  }
}

/// Writes protobuf by hand into room that was measured before.
///
/// The caller has made sure that all of it fits; the cursor checks this once more at each piece of
/// unknown size, and in debug builds at each byte.
struct WireCursor {
  enum WireType: UInt8 {
    case varint = 0
    case lengthDelimited = 2
  }

  private let start: UnsafeMutableRawPointer
  private let end: UnsafeMutableRawPointer
  private var position: UnsafeMutableRawPointer

  /// - Parameter room: not empty.
  init(_ room: UnsafeMutableRawBufferPointer) {
    guard let base = room.baseAddress else { preconditionFailure("no room to write to") }
    start = base
    position = base
    end = base + room.count
  }

  /// Bytes written so far.
  var written: Int { position - start }

  /// Tag, length and content of a field; nothing for an empty one, which proto3 leaves out.
  static func fieldByteCount(ofContent bytes: Int) -> Int {
    bytes == 0 ? 0 : 1 + Varint.byteCount(UInt64(bytes)) + bytes
  }

  /// A frame's length.
  mutating func writeLength(_ length: UInt32) {
    assert(end - position >= 4)
    position.storeBytes(of: length.bigEndian, as: UInt32.self)
    position += 4
  }

  /// - Parameter field: 1 to 15, whose tags take one byte.
  mutating func writeTag(field: UInt8, _ type: WireType) {
    assert(1...15 ~= field && position < end)
    position.storeBytes(of: field << 3 | type.rawValue, as: UInt8.self)
    position += 1
  }

  mutating func writeVarint(_ value: UInt64) {
    assert(end - position >= Varint.byteCount(value))
    var rest = value
    while rest >= 0x80 {
      position.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, as: UInt8.self)
      position += 1
      rest >>= 7
    }
    position.storeBytes(of: UInt8(truncatingIfNeeded: rest), as: UInt8.self)
    position += 1
  }

  mutating func writeBytes(_ bytes: UnsafeRawBufferPointer) {
    precondition(end - position >= bytes.count, "measured too little room")
    guard let base = bytes.baseAddress else { return }
    position.copyMemory(from: base, byteCount: bytes.count)
    position += bytes.count
  }

  /// Writes values whose varints all take six bytes, four at a time and without a branch for each
  /// byte. It writes eight bytes for each: two bytes after the last value are overwritten too.
  mutating func writeSixByteVarints(_ values: UnsafeBufferPointer<Int64>) {
    precondition(end - position >= 6 * values.count + 2, "measured too little room")
    guard let base = values.baseAddress.map({ UnsafeRawPointer($0) }) else { return }
    var index = 0
    while index + 4 <= values.count {
      let four = base.loadUnaligned(fromByteOffset: 8 * index, as: SIMD4<UInt64>.self)
      let varints = Varint.sixBytes(four)
      writeSixBytes(varints[0])
      writeSixBytes(varints[1])
      writeSixBytes(varints[2])
      writeSixBytes(varints[3])
      index += 4
    }
    while index < values.count {
      writeSixBytes(Varint.sixBytes(SIMD4(repeating: UInt64(bitPattern: values[index])))[0])
      index += 1
    }
  }

  @inline(__always)
  private mutating func writeSixBytes(_ varint: UInt64) {
    position.storeBytes(of: varint.littleEndian, as: UInt64.self)
    position += 6
  }
}
