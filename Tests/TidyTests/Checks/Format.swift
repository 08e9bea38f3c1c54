internal import Foundation

/// Runs `swift format lint --strict`.
enum Format {
  struct Finding {
    let status: Int32
    let output: String
  }

  /// Lints files, given by their paths from the repository's top folder or as absolute ones.
  static func lint(_ paths: [String]) throws -> Finding {
    let linter = Process()
    linter.executableURL = URL(filePath: "/usr/bin/env")
    linter.currentDirectoryURL = Repository.root
    linter.arguments =
      ["swift", "format", "lint", "--strict", "--parallel", "--configuration", ".swift-format"]
      + paths
    let output = Pipe()
    linter.standardOutput = output
    linter.standardError = output
    try linter.run()
    // Read before waiting: a full pipe would keep the linter from ending.
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    linter.waitUntilExit()
    return Finding(
      status: linter.terminationStatus, output: String(decoding: said, as: UTF8.self))
  }
}
