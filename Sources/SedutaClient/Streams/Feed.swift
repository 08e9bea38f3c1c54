public import SwiftProtobuf
internal import Wire

/// A stream that outlives connections: where one is lost, another is made, and the stream goes on from the last
/// reply that was seen.
///
/// Replies that tell only that the stream lives are passed on, too: those of events tell the position, which is worth
/// keeping. It throws what another connection would not mend: a refusal, a key that is not known, or the task's
/// cancellation.
public struct Feed<Request: Message, Response: Message>: AsyncSequence, Sendable {
  let first: Request
  let method: Wire.Method
  let options: CallOptions
  /// Makes a connection. A feed has one of its own, which nothing else waits for.
  let connect: @Sendable () async throws -> SedutaClient
  /// What to ask for after a reply.
  let goOn: @Sendable (inout Request, Response) -> Void

  public struct AsyncIterator: AsyncIteratorProtocol {
    private static var pausesMs: ClosedRange<Int> { 100...5_000 }

    private let feed: Feed
    private var request: Request
    private var replies: Replies<Response>.AsyncIterator?
    private var pauseMs = Self.pausesMs.lowerBound

    init(_ feed: Feed) {
      self.feed = feed
      request = feed.first
    }

    public mutating func next() async throws -> Response? {
      while true {
        do {
          if replies == nil {
            let client = try await feed.connect()
            replies = try client.stream(feed.method, request, feed.options).makeAsyncIterator()
          }
          guard let reply = try await replies?.next() else { return nil }
          pauseMs = Self.pausesMs.lowerBound
          feed.goOn(&request, reply)
          return reply
        } catch  where isMended(by: error) {
          replies = nil
          // Not all at once, where many were cut together.
          try await Task.sleep(for: .milliseconds(Int.random(in: pauseMs / 2...pauseMs)))
          pauseMs = Swift.min(2 * pauseMs, Self.pausesMs.upperBound)
        }
      }
    }

    /// Whether another connection may do better.
    private func isMended(by error: any Error) -> Bool {
      switch error {
      case let error as ConnectionError:
        switch error.kind {
        case .unreachable, .notBegun, .lost, .unanswered: true
        // A server that drains, or has as many connections as it may, refuses as well.
        case .refused:
          error.status?.code == .unavailable || error.status?.code == .resourceExhausted
        case .tooLong, .malformed: false
        }
      case let error as CallError:
        error.status.code == .unavailable || error.status.code == .resourceExhausted
      default: false
      }
    }
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}
