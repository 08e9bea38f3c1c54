/// What one connection, one key and one address may use. All of it is configuration.
public struct ServerLimits: Hashable, Sendable {
  /// The longest frame that is taken, without its length; 1 KiB to 4 MiB.
  public var frameBytesMax = 4 << 20
  /// The longest frame before Hello is done: who has not said who they are gets little room.
  public var helloBytesMax = 16 << 10
  /// From connecting to the end of Hello.
  public var helloMs: Int64 = 5_000
  /// From the first to the last byte of a frame.
  public var frameMs: Int64 = 15_000
  /// At the limit, reading pauses until a call is answered.
  public var callsInFlightMax = 1_024
  /// Above it, reading pauses until the client has read.
  public var writeBufferBytesMax = 1 << 20
  /// A connection without frames and without calls in flight for so long is closed.
  public var idleMs: Int64 = 300_000
  public var connectionsPerKeyMax = 1_024
  public var connectionsPerAddressMax = 1_024
  /// When draining: how long calls in flight may take.
  public var drainMs: Int64 = 10_000
  /// How long a connection stays half open after all was written, for the client to close its half.
  public var lingerMs: Int64 = 2_000
  /// Commands that may wait for the sequencer; more are turned away.
  public var commandsWaitingMax = 4_096
  /// Calls that may wait for a gateway's answer; more are turned away.
  public var callsAwaitingMax = 1_024
  /// Streams of one connection; more are turned away.
  public var streamsPerConnectionMax = 32
  /// Streams of events, and streams of slots, of all connections; more are turned away.
  public var streamsMax = 4_096
  /// Of them, one partner's: they leave some to the others.
  public var streamsPerPartnerMax = 2_048
  /// After so long without a reply a stream tells that it lives.
  public var streamQuietMs: Int64 = 15_000
  /// A connection that takes nothing of what its streams tell for so long is cut.
  public var streamStallMs: Int64 = 60_000

  /// A payment gateway that says nothing for so long did not answer.
  public var gatewayAnswerMs: Int64 = 45_000
  /// How long gateways' last answers are waited for when the server stops.
  public var gatewayStopMs: Int64 = 5_000
  /// A message that was not taken in so long is tried again.
  public var postAnswerMs: Int64 = 120_000
  /// A webhook that was not taken in so long is tried again.
  public var webhookAnswerMs: Int64 = 30_000
  /// How long messages and webhooks under way are waited for when the server stops.
  public var postStopMs: Int64 = 5_000

  public init() {}
}
