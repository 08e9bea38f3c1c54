internal import ArgumentParser

/// Which page of a list: for all commands that list by pages.
struct PageOptions: ParsableArguments {
  @Option(help: "The most to list.")
  var limit: Int32 = 50

  @Option(name: .customLong("page-token"), help: "What the page before said.")
  var token: String?

  /// What a list ends with: how to go on, where there is more.
  static func more(_ nextPageToken: String) -> String {
    nextPageToken.isEmpty
      ? "" : "\n\nThere is more: repeat with --page-token \(nextPageToken)"
  }
}
