internal import ArgumentParser

/// The server's command line.
@main
struct Sedutad: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sedutad",
    abstract: "Seduta's server: scheduling for therapy-booking platforms.",
    discussion: """
      Every setting of `serve` can come from a flag, from the environment (--hello-timeout-ms is \
      SEDUTA_HELLO_TIMEOUT_MS) or from a JSON file named by --config \
      ({"seduta": {"helloTimeoutMs": 5000}}); flags win over the environment, and that over the file.

      Exit codes: 0 stopped as asked, 1 could not run (the reason is on stderr), 64 wrong usage.
      """,
    version: "0.1.0",
    subcommands: [ServeCommand.self, KeyCommand.self, MailCommand.self])
}
