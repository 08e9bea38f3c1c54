internal import NIOCore
internal import NIOPosix
internal import Testing

/// An HTTP client that knows bytes only, so that it can be slow, greedy and rude.
final class Peer {
  private let channel: any Channel
  private let chunks: AsyncStream<ByteBuffer>
  /// What has come and belongs to no answer yet.
  private var rest: [UInt8] = []

  private init(channel: any Channel, chunks: AsyncStream<ByteBuffer>) {
    self.channel = channel
    self.chunks = chunks
  }

  static func connect(port: Int) async throws -> Peer {
    let (channel, chunks) =
      try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          let (chunks, arrivals) = AsyncStream.makeStream(of: ByteBuffer.self)
          try channel.pipeline.syncOperations.addHandler(Collector(arrivals))
          return (channel, chunks)
        }
      }
    return Peer(channel: channel, chunks: chunks)
  }

  func send(_ text: String) async throws {
    try await send(Array(text.utf8))
  }

  func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
  }

  /// Sends no more; still reads.
  func endInput() async throws {
    try await channel.close(mode: .output)
  }

  func close() async throws {
    try? await channel.close()
  }

  /// - Throws: when the connection ends before the answer does.
  func answer(isToHead: Bool = false) async throws -> HTTPAnswer {
    let headEnd = Array("\r\n\r\n".utf8)
    while rest.firstRange(of: headEnd) == nil { try #require(await more(), "no head") }
    let end = try #require(rest.firstRange(of: headEnd))
    var answer = try HTTPAnswer(head: String(decoding: rest[..<end.lowerBound], as: UTF8.self))
    rest.removeFirst(end.upperBound)
    guard !isToHead, let length = answer.headers["content-length"].flatMap({ Int($0) }) else {
      return answer
    }
    while rest.count < length { try #require(await more(), "no body") }
    answer.body = String(decoding: rest.prefix(length), as: UTF8.self)
    rest.removeFirst(length)
    return answer
  }

  /// Waits for the end; true when nothing came before it.
  func endsHere() async -> Bool {
    guard rest.isEmpty else { return false }
    return await !more()
  }

  private func more() async -> Bool {
    guard let chunk = await chunks.first(where: { _ in true }) else { return false }
    rest += chunk.readableBytesView
    return true
  }
}

struct HTTPAnswer: Sendable {
  var status: Int
  /// By their names in lower case.
  var headers: [String: String]
  var body = ""

  init(head: String) throws {
    let lines = head.split(separator: "\r\n")
    let words = try #require(lines.first).split(separator: " ")
    try #require(words.first == "HTTP/1.1", "\(head)")
    status = try #require(Int(words[1]))
    headers = [:]
    for line in lines.dropFirst() {
      let colon = try #require(line.firstIndex(of: ":"))
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      headers[line[..<colon].lowercased()] = String(value)
    }
  }
}

private final class Collector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let arrivals: AsyncStream<ByteBuffer>.Continuation

  init(_ arrivals: AsyncStream<ByteBuffer>.Continuation) {
    self.arrivals = arrivals
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    arrivals.yield(unwrapInboundIn(data))
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed? = event as? ChannelEvent { arrivals.finish() }
  }

  func channelInactive(context: ChannelHandlerContext) {
    arrivals.finish()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
