internal import Endpoint
internal import Foundation
internal import Service

/// What is said once the server listens.
enum Announcement {
  static func listening(host: String, port: Int, settings: Settings) {
    if let path = settings.portFile { write(port, to: path, setting: "port-file") }
    let portFlag = port == 7390 ? "" : " --port \(port)"
    let keyFlag =
      settings.dataDirectory == ".seduta" ? "" : " --key-file \(settings.dataDirectory)/key"
    var lines = ["listening on \(host):\(port)"]
    if settings.options.sandbox != nil {
      lines.append("This is a sandbox: its clock can be moved, and nothing in it is real.")
    }
    if settings.isDemo {
      lines += [
        "",
        "In another terminal, in this folder:",
        "  .build/release/seduta search --city Rome\(portFlag)\(keyFlag)",
        "  .build/release/seduta ping\(portFlag)\(keyFlag)",
      ]
      if case .mailbox = settings.post.mail {
        let path = settings.post.mailboxPath
        let mailboxFlag = path == ".seduta/mailbox" ? "" : " --mailbox \(path)"
        lines.append("  .build/release/seduta mailbox list\(mailboxFlag)")
      }
      lines.append("Stop with Ctrl-C.")
    }
    print(lines.joined(separator: "\n"))
    // Whoever reads this through a pipe waits for it.
    fflush(nil)
  }

  static func listeningForHTTP(port: Int, settings: Settings) {
    if let path = settings.httpPortFile { write(port, to: path, setting: "http-port-file") }
    print("listening for HTTP on \(settings.options.endpoint?.host ?? ""):\(port)")
    fflush(nil)
  }

  /// Written whole and moved, so that who waits for it never reads half a number.
  private static func write(_ port: Int, to path: String, setting: String) {
    do {
      try Data("\(port)\n".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      FileHandle.standardError.write(Data("\(setting): \(path) cannot be written\n".utf8))
    }
  }
}
