internal import Availability
internal import Foundation
internal import Intervals
internal import Signing

/// An e-mail as it travels: 7-bit text, CRLF, no line longer than 78 bytes but for addresses.
package struct MIMEMessage: Sendable {
  package let sender: MailAddress
  package let recipient: MailAddress
  /// Header and body, ending in CRLF; dots are not stuffed.
  package let bytes: [UInt8]
  /// Whether a header has an address that only SMTPUTF8 carries.
  package let needsUTF8: Bool

  package enum Rendering {
    case rendered(MIMEMessage)
    case refused(reason: String)
  }

  package static func rendering(_ message: EmailMessage) -> Rendering {
    guard let sender = MailAddress(message.from.address) else {
      return .refused(reason: "from: expected an e-mail address")
    }
    guard let recipient = MailAddress(message.to.address) else {
      return .refused(reason: "to: expected an e-mail address")
    }
    let answerable = message.replyTo.map { MailAddress($0.address) }
    if case .some(.none) = answerable {
      return .refused(reason: "reply-to: expected an e-mail address")
    }
    return .rendered(
      MIMEMessage(message, from: sender, to: recipient, replyTo: answerable ?? nil))
  }

  private init(
    _ message: EmailMessage, from sender: MailAddress, to recipient: MailAddress,
    replyTo: MailAddress?
  ) {
    self.sender = sender
    self.recipient = recipient
    needsUTF8 = [sender, recipient, replyTo].contains { $0?.needsUTF8 ?? false }
    var text = HeaderText.field("From", name: message.from.name, sender)
    text += HeaderText.field("To", name: message.to.name, recipient)
    if let replyTo, let party = message.replyTo {
      text += HeaderText.field("Reply-To", name: party.name, replyTo)
    }
    text += HeaderText.field("Subject", message.subject)
    text += "Date: \(MIMEMessage.date(message.date))\r\n"
    text += "Message-ID: <\(MIMEMessage.idToken(message.id))@\(sender.domain)>\r\n"
    // RFC 3834: no machine answers it.
    text += "Auto-Submitted: auto-generated\r\n"
    if let url = message.unsubscribeURL, MIMEMessage.isPlainURL(url) {
      text += "List-Unsubscribe: <\(url)>\r\n"
    }
    text += "MIME-Version: 1.0\r\n"
    if message.html.isEmpty {
      text += MIMEMessage.part("plain", message.text)
    } else {
      // Neither encoding can write "=_", so no part can hold the boundary.
      let digest = Digest.sha256(message.id.utf8).prefix(12)
      let boundary = "=_" + digest.map { QuotedPrintable.escape($0).dropFirst() }.joined()
      text += "Content-Type: multipart/alternative; boundary=\"\(boundary)\"\r\n\r\n"
      // What is best comes last.
      text += "--\(boundary)\r\n" + MIMEMessage.part("plain", message.text)
      text += "\r\n--\(boundary)\r\n" + MIMEMessage.part("html", message.html)
      text += "\r\n--\(boundary)--\r\n"
    }
    if !text.hasSuffix("\r\n") { text += "\r\n" }
    bytes = Array(text.utf8)
  }

  /// Its header fields, an empty line, and the text in the shorter of two encodings.
  private static func part(_ subtype: String, _ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
    let quoted = QuotedPrintable.text(lines)
    let plain = Data(lines.joined(separator: "\r\n").utf8)
    let head = "Content-Type: text/\(subtype); charset=utf-8\r\nContent-Transfer-Encoding: "
    // By hand quoted-printable is read more easily, so it may be somewhat longer.
    guard quoted.utf8.count > plain.count / 2 * 3 else {
      return head + "quoted-printable\r\n\r\n" + quoted
    }
    let coded = plain.base64EncodedString(
      options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
    return head + "base64\r\n\r\n" + coded
  }

  /// RFC 5322, 3.3, in UTC.
  private static func date(_ instant: Instant) -> String {
    let seconds = instant.msSinceEpoch.flooredQuotient(by: 1_000)
    let days = seconds.flooredQuotient(by: 86_400)
    let date = CivilDate(daysSinceEpoch: Int32(clamping: days))
    let second = Int(seconds - days * 86_400)
    // 1970 began on a Thursday.
    let weekday = Int((days % 7 + 7) % 7)
    let time = [second / 3_600, second / 60 % 60, second % 60].map(twoDigits)
    return "\(["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][weekday]), "
      + "\(twoDigits(date.day)) \(months[date.month - 1]) \(date.year) "
      + time.joined(separator: ":") + " +0000"
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// The id, or where it has what a Message-ID may not hold, its digest.
  static func idToken(_ id: String) -> String {
    let isPlain = id.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == "_" || $0 == "-")
    }
    if isPlain, 1...128 ~= id.utf8.count { return id }
    return Digest.sha256(id.utf8).map { QuotedPrintable.escape($0).dropFirst() }.joined()
  }

  private static func isPlainURL(_ url: String) -> Bool {
    1...900 ~= url.utf8.count
      && url.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"<>,".utf8.contains($0) }
  }
}

extension Character {
  /// CR, LF or both; not the line ends that only Unicode knows, which are text like any other.
  fileprivate var isLineEnd: Bool { self == "\r\n" || self == "\n" || self == "\r" }
}

extension Int64 {
  fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
    self / divisor - (self % divisor < 0 ? 1 : 0)
  }
}
