internal import Foundation
internal import Gateways
internal import Intervals

/// Monday, March 1, 2027, 08:05:09 UTC.
let sampleDate = Instant(msSinceEpoch: 1_803_888_309_000)

func sampleMail(
  id: String = "msg_1", from: EmailParty = EmailParty(name: "Studio", address: "s@example.org"),
  to: EmailParty = EmailParty(name: "Ada", address: "ada@example.com"),
  replyTo: EmailParty? = nil, subject: String = "Booked", text: String = "Until Tuesday.\n",
  html: String = "", unsubscribeURL: String? = nil
) -> EmailMessage {
  EmailMessage(
    id: id, date: sampleDate, from: from, to: to, replyTo: replyTo, subject: subject, text: text,
    html: html, unsubscribeURL: unsubscribeURL)
}

/// What was refused to be put into MIME.
struct NotRendered: Error {
  let reason: String
}

func rendered(_ message: EmailMessage) throws -> MIMEMessage {
  switch MIMEMessage.rendering(message) {
  case .rendered(let rendered): return rendered
  case .refused(let reason): throw NotRendered(reason: reason)
  }
}

func mimeText(_ message: EmailMessage) throws -> String {
  String(decoding: try rendered(message).bytes, as: UTF8.self)
}
