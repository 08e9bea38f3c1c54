internal import Foundation

/// A file of the mailbox that a server writes in place of sending: an e-mail (.eml) or a text message (.json).
struct KeptMessage {
  let fileName: String
  let bytes: [UInt8]
  /// In their order, decoded.
  let headers: [(name: String, value: String)]
  let text: String
  /// Empty where there is none.
  let html: String

  /// Nil where the file is neither.
  init?(fileName: String, bytes: [UInt8]) {
    self.fileName = fileName
    self.bytes = bytes
    if fileName.hasSuffix(".eml") {
      let mail = MIMEReader(bytes)
      (headers, text, html) = (mail.headers, mail.text, mail.html)
    } else {
      guard fileName.hasSuffix(".json"),
        let kept = try? JSONDecoder().decode(KeptText.self, from: Data(bytes))
      else { return nil }
      headers = [("From", kept.from), ("To", kept.to), ("Date", kept.date), ("Id", kept.id)]
      (text, html) = (kept.body, "")
    }
  }

  private struct KeptText: Decodable {
    let id: String
    let date: String
    let from: String
    let to: String
    let body: String
  }

  func header(_ name: String) -> String {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value ?? ""
  }

  /// "2027-03-01T08:00:00Z", which the file's name begins with.
  var time: String {
    let parts = fileName.prefix(19).split(separator: "T")
    guard parts.count == 2 else { return "" }
    return "\(parts[0])T\(parts[1].replacing("-", with: ":"))Z"
  }

  /// What the file's name has behind the time.
  var id: String {
    String(fileName.drop { $0 != "_" }.dropFirst().prefix { $0 != "." })
  }

  /// A text message has none: its beginning.
  var subject: String {
    let subject = header("Subject")
    guard subject.isEmpty, fileName.hasSuffix(".json") else { return subject }
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 60 ? line.prefix(59) + "…" : line
  }

  /// All of a folder, the newest last.
  /// - Throws: `Complaint` where there is no such folder.
  static func all(in folder: String) throws -> [KeptMessage] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw Complaint(
        .notFound, "There is no mailbox at \(folder).",
        next:
          "Pass --mailbox: it lies in the server's data folder, unless --mailbox-dir said where.")
    }
    return names.sorted().compactMap { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)")
        .flatMap { KeptMessage(fileName: name, bytes: Array($0)) }
    }
  }
}
