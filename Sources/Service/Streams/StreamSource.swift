internal import Wire

/// What a stream tells.
protocol StreamSource: Sendable {
  /// From the beginning of one read to that of the next, at least.
  var pauseMs: Int64 { get }

  /// On the streams' thread, one read after the other.
  /// - Parameter position: what was read up to there is told.
  func read(after position: Int64) -> StreamReading

  /// A reply that tells only that the stream lives, and where it is.
  func beat(at position: Int64) -> Seduta_Wire_V1_Reply

  /// What a status that ends the stream says of where to go on.
  func metadata(at position: Int64) -> [String: String]
}

/// What a read of a stream came to.
enum StreamReading: Sendable {
  /// - reply: nil where there is nothing to tell.
  /// - hasMore: whether to read on at once.
  /// - againInMs: when time brings something by itself; nil is never.
  case found(
    Seduta_Wire_V1_Reply?, upTo: Int64, hasMore: Bool = false, againInMs: Int64? = nil)
  /// The stream is over; nil where nothing is wrong.
  case over(Seduta_Wire_V1_Status?)
}
