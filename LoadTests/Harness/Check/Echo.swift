internal import CEcho
internal import Foundation
internal import Glibc

/// A server that answers with prepared replies, on a thread of this process. Ends with this object.
final class Echo {
  private let echo: OpaquePointer

  /// - Parameters:
  ///   - recording: The replies.
  ///   - journal: Where calls are written that wait for the disk.
  init(_ recording: Recording, journal: URL) throws(CannotServe) {
    let methods = CStrings(recording.replies.map(\.method))
    // One buffer that does not move while C reads it.
    let messages = recording.replies.flatMap(\.message)
    let started = messages.withUnsafeBufferPointer { bytes in
      var offset = 0
      let replies = recording.replies.enumerated().map { place, reply in
        defer { offset += reply.message.count }
        return cecho_reply(
          method: methods[place], message: bytes.baseAddress.map { $0 + offset },
          size: reply.message.count, is_durable: reply.isDurable)
      }
      return cecho_start(replies, replies.count, journal.path())
    }
    guard let started else { throw CannotServe("no echo: \(SystemFailure(errno))") }
    echo = started
  }

  deinit { cecho_stop(echo) }

  var endpoint: Endpoint { Endpoint(host: "127.0.0.1", port: cecho_port(echo)) }

  /// Processor time that it has used, in nanoseconds.
  var processorNs: UInt64 { cecho_processor_ns(echo) }
}
