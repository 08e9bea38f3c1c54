internal import ArgumentParser
internal import Foundation

/// Looks at what a server wrote into its mailbox in place of sending it.
struct MailboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mailbox",
    abstract: "Look at the messages that a server keeps in a folder in place of sending them.",
    subcommands: [MailboxList.self, MailboxShow.self])
}

/// Which messages of which folder.
struct MailboxOptions: ParsableArguments {
  @Option(help: "The folder.")
  var mailbox = ".seduta/mailbox"

  @Option(help: "To whom: a part of the name, address or number.")
  var to: String?

  func messages() throws -> [KeptMessage] {
    try KeptMessage.all(in: mailbox).filter { message in
      to.map { message.header("To").lowercased().contains($0.lowercased()) } ?? true
    }
  }
}

struct MailboxList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the messages, the newest last.")

  @OptionGroup var options: MailboxOptions

  @Option(help: "The most to list: the newest.")
  var limit = 50

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit must be 1 or more.") }
  }

  func run() throws {
    try complaining {
      let messages = try options.messages()
      guard !messages.isEmpty else { return print("No messages there.") }
      var table = Table("TIME", "TO", "SUBJECT", "ID")
      for message in messages.suffix(limit) {
        table.add(message.time, message.header("To"), message.subject, message.id)
      }
      print(table.text)
    }
  }
}

struct MailboxShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a message: its headers and its text.")

  @OptionGroup var options: MailboxOptions

  @Argument(help: "Its id, as the list shows it. (default: the newest)")
  var id: String?

  @Flag(help: "Print its HTML alone.")
  var html = false

  @Flag(help: "Print the file as it is.")
  var raw = false

  func validate() throws {
    guard !html || !raw else { throw ValidationError("--html and --raw exclude each other.") }
  }

  func run() throws {
    try complaining {
      let messages = try options.messages()
      guard let message = messages.last(where: { id == nil || $0.id == id }) else {
        throw Complaint(.notFound, "There is no such message in \(options.mailbox).")
      }
      if raw {
        FileHandle.standardOutput.write(Data(message.bytes))
      } else if html {
        guard !message.html.isEmpty else {
          throw Complaint(.notFound, "The message has no HTML.")
        }
        print(message.html)
      } else {
        let lines = message.headers.map { "\($0.name): \($0.value)" }
        print(lines.joined(separator: "\n") + "\n\n" + message.text)
      }
    }
  }
}

/// Says a complaint as the commands do that talk with a server.
private func complaining(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let complaint as Complaint {
    printToStandardError(complaint.text)
    throw ExitCode(complaint.verdict.rawValue)
  }
}
