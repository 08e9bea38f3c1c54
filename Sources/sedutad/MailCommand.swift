internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import Gateways
internal import Intervals
internal import Service

/// `sedutad mail`: whether e-mails would go out.
struct MailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Try out how e-mails are sent.",
    subcommands: [MailTestCommand.self])
}

struct MailTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Send one e-mail as `serve` would, and print what became of it.",
    discussion:
      "The settings are those of `serve`, from flags, environment and file. Exit code 1: not taken."
  )

  @OptionGroup(title: "Messages") var flags: MailTestFlags

  @Option(help: "Whom to send it to.")
  var to: String

  @Option(help: "That person's name.")
  var name = ""

  @Option(help: "The subject.")
  var subject = "A test from Seduta"

  @Option(help: "File with the text, in UTF-8. (default: a sentence)")
  var text: String?

  @Option(help: "File with the HTML, in UTF-8. (default: none)")
  var html: String?

  func run() async throws {
    let settings = try PostSettings(from: try await SettingSource(flags: flags))
    let post = try Post(settings)
    let outcome = Result { try message(from: settings.sender) }
    let delivery: Delivery?
    switch outcome {
    case .success(let message): delivery = await post.options.mail?.send(message)
    case .failure: delivery = nil
    }
    await post.shutDown()
    _ = try outcome.get()
    switch delivery {
    case .delivered(let reference): print("taken: \(reference)")
    case .retry(let reason): throw Failure("not taken, perhaps later: \(reason)")
    case .refused(let reason): throw Failure("refused: \(reason)")
    case nil: throw Failure("mail: expected mailbox or smtp, got none")
    }
  }

  private func message(from sender: EmailParty) throws -> EmailMessage {
    EmailMessage(
      id: "test-\(UUID().uuidString)",
      date: Instant(msSinceEpoch: Int64(Date().timeIntervalSince1970 * 1_000)), from: sender,
      to: EmailParty(name: name, address: to), subject: subject,
      text: try text.map { try content(of: $0, "text") }
        ?? "If you can read this, Seduta's e-mails arrive.\n",
      html: try html.map { try content(of: $0, "html") } ?? "")
  }

  private func content(of path: String, _ flag: String) throws -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw Failure("\(flag): \(path) cannot be read as UTF-8: \(error.localizedDescription)")
    }
  }
}

/// The flags of `serve` that matter to sending.
struct MailTestFlags: ParsableArguments, SettingFlags {
  @Option(help: "JSON file with settings.")
  var config: String?

  @Option(help: "Folder of the data, in which the mailbox is. (default: .seduta)")
  var dataDir: String?

  @OptionGroup var post: PostFlags

  func add(to values: (_ name: String, _ content: ConfigContent?) -> Void) {
    values("dataDir", dataDir.map(ConfigContent.string))
    post.add(to: values)
  }
}
