internal import Availability
internal import Foundation
internal import Intervals

/// A folder in which what would be sent can be looked at: each e-mail a file .eml, each text message a file .json.
///
/// Files are named by when their messages were promised and by their ids: they sort by time, and a message that comes
/// again takes its own place. Each is whole or not there.
public struct DiskMailbox: MailTransport, SMSTransport {
  public let path: String

  /// Makes the folder where it is missing, for this user alone.
  /// - Throws: when it cannot be made.
  public init(path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  public func send(_ message: EmailMessage) async -> Delivery {
    switch MIMEMessage.rendering(message) {
    case .refused(let reason): return .refused(reason: reason)
    case .rendered(let rendered):
      return keep(
        rendered.bytes,
        as: DiskMailbox.fileName(message.date, message.id, suffix: "eml"))
    }
  }

  public func send(_ message: TextMessage) async -> Delivery {
    guard TextMessage.isNumber(message.to) else {
      return .refused(reason: "to: expected a number such as +390612345678")
    }
    let kept = KeptText(
      id: message.id, date: DiskMailbox.time(message.date), from: message.from, to: message.to,
      body: message.body)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return keep(
        Array(try encoder.encode(kept)),
        as: DiskMailbox.fileName(message.date, message.id, suffix: "json"))
    } catch {
      return .retry(reason: "\(error)".quotable)
    }
  }

  private struct KeptText: Encodable {
    let id: String
    let date: String
    let from: String
    let to: String
    let body: String
  }

  private func keep(_ bytes: [UInt8], as name: String) -> Delivery {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: .atomic)
      return .delivered(reference: name)
    } catch {
      return .retry(
        reason: "\(path)/\(name) cannot be written: \(error.localizedDescription)".quotable)
    }
  }

  /// "2027-03-01T08-00-00.000Z_msg_01….eml"
  private static func fileName(_ date: Instant, _ id: String, suffix: String) -> String {
    "\(time(date).replacing(":", with: "-"))_\(MIMEMessage.idToken(id)).\(suffix)"
  }

  /// "2027-03-01T08:00:00.000Z": of one length, so that it sorts.
  private static func time(_ instant: Instant) -> String {
    Date(timeIntervalSince1970: Double(instant.msSinceEpoch) / 1_000)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
