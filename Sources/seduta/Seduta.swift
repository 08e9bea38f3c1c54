internal import ArgumentParser
internal import Foundation

/// `seduta`: slots and appointments from the command line.
@main
struct Seduta: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seduta",
    abstract: "Finds slots, books sessions, takes their money and cancels them on a Seduta server.",
    discussion: """
      Where the server is: --host and --port, else SEDUTA_HOST and SEDUTA_PORT, else 127.0.0.1 and \
      7390. Who you are: --key or --key-file, else SEDUTA_KEY, else the file .seduta/key in this \
      folder.

      Times are ISO 8601 with an offset or Z (2026-11-24T10:00+01:00), or milliseconds since 1970. \
      Where a range is asked for, a date alone (2026-11-24) is midnight in this computer's zone.

      With --json the answer is one JSON document on the standard output, and a refusal is one on \
      the standard error. What is mistyped is told in words.

      Exit codes:
        0  done; from `check`: it can be booked
        1  refused: taken, declined, or not possible as things are; from `check`: cannot
        2  the command, or a field of the request, is wrong
        3  cannot connect, no key, or the key or the actor may not do this
        4  no such thing
        5  the version is stale: read again
        6  no answer, or too busy: try again with the same --idempotency-key; from `checkout`,
           `confirm`, `cards`, `benefits buy` and `packages pay`: the gateway has not answered yet
        7  the server does not behave: a bug
      """,
    subcommands: [
      Search.self, Watch.self, Lookup.self, Check.self, Hold.self, Book.self, Cancel.self,
      Appointments.self, Reschedule.self, Complete.self, SetAttendance.self, History.self,
      Checkout.self, Confirm.self, Intents.self, Pay.self, Refund.self, PaymentList.self,
      Cards.self, Benefits.self, Packages.self, Ledger.self, Ask.self, Requests.self, Accept.self,
      Decline.self, Withdraw.self, Series.self, Clients.self, Therapies.self, Therapy.self,
      Events.self, Outbox.self, MailboxCommand.self, Templates.self, Webhooks.self, Audit.self,
      Due.self, Clock.self, Ping.self,
    ])

  /// How this program was called: what is to be typed next begins so, too.
  static let asTyped = CommandLine.arguments.first ?? "seduta"

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      let code = exitCode(for: error)
      // ArgumentParser's own code for wrong usage is 64; scripts expect 2.
      guard code == .validationFailure else { exit(withError: error) }
      printToStandardError(fullMessage(for: error))
      Foundation.exit(Verdict.usage.rawValue)
    }
  }
}

/// How a command ended, as its exit code says.
enum Verdict: Int32 {
  case done = 0
  case refused = 1
  case usage = 2
  case notAllowed = 3
  case notFound = 4
  case stale = 5
  case tryLater = 6
  case bug = 7
}

func printToStandardError(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}
