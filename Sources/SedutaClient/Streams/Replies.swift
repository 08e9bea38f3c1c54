internal import NIOCore
public import SwiftProtobuf
internal import Wire

/// The replies of a stream, in order. Whoever stops iterating cancels the call.
///
/// It ends by throwing `CallError` or `ConnectionError`, or without an error where the stream is over by itself.
public struct Replies<Response: Message>: AsyncSequence, Sendable {
  let client: SedutaClient
  let method: Wire.Method
  let sequence: ReplyPipe.Sequence

  public struct AsyncIterator: AsyncIteratorProtocol {
    /// Its connection ends with the client.
    private let client: SedutaClient
    private let method: Wire.Method
    private var replies: ReplyPipe.Sequence.AsyncIterator

    init(_ replies: Replies) {
      client = replies.client
      method = replies.method
      self.replies = replies.sequence.makeAsyncIterator()
    }

    public mutating func next() async throws -> Response? {
      guard let reply = try await replies.next() else {
        // The sequence ends quietly where its task was cancelled.
        try Task.checkCancellation()
        return nil
      }
      do {
        return try Response(serializedBytes: reply.message)
      } catch {
        throw ConnectionError(
          .malformed,
          "The server answered \(method.rawValue) with something else than its response.")
      }
    }
  }

  /// To be called once.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

/// What carries replies from the event loop to who reads them, and tells the loop when they are behind.
enum ReplyPipe {
  typealias Strategy = NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark
  typealias Producer = NIOThrowingAsyncSequenceProducer<
    Seduta_Wire_V1_Reply, any Error, Strategy, Delegate
  >
  typealias Source = Producer.Source
  typealias Sequence = Producer

  struct Delegate: NIOAsyncSequenceProducerDelegate {
    let onCaughtUp: @Sendable () -> Void
    let onLeft: @Sendable () -> Void

    func produceMore() { onCaughtUp() }
    func didTerminate() { onLeft() }
  }

  private static let repliesBehindMax = 8
  private static let repliesBehindMin = 2

  static func make(
    onCaughtUp: @escaping @Sendable () -> Void, onLeft: @escaping @Sendable () -> Void
  ) -> (source: Source, sequence: Sequence) {
    let made = Producer.makeSequence(
      elementType: Seduta_Wire_V1_Reply.self, failureType: (any Error).self,
      backPressureStrategy: Strategy(
        lowWatermark: repliesBehindMin, highWatermark: repliesBehindMax),
      finishOnDeinit: true, delegate: Delegate(onCaughtUp: onCaughtUp, onLeft: onLeft))
    return (made.source, made.sequence)
  }
}
