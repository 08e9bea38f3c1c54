internal import Foundation

/// Where the API key comes from: the command line, a file, the environment, or the file that a
/// server in development leaves behind.
struct KeySource {
  private static let developmentFile = ".seduta/key"
  private static let variable = "SEDUTA_KEY"

  let key: String?
  let file: String?

  /// The key, or why there is none.
  func find() throws(NoKey) -> String {
    if let key { return key }
    if let file { return try read(file) }
    if let key = ProcessInfo.processInfo.environment[Self.variable], !key.isEmpty { return key }
    guard FileManager.default.fileExists(atPath: Self.developmentFile) else {
      throw NoKey(
        "no API key: give --key or --key-file, set \(Self.variable), or run where"
          + " \(Self.developmentFile) is")
    }
    return try read(Self.developmentFile)
  }

  private func read(_ path: String) throws(NoKey) -> String {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw NoKey("cannot read the key from \(path)")
    }
    let key = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !key.isEmpty else { throw NoKey("\(path) is empty") }
    return key
  }
}

struct NoKey: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
