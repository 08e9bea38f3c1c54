internal import Foundation

/// The sandbox's truth on disk: a line of JSON for each entry, only ever added to.
struct SandboxFile: Sendable {
  private let handle: FileHandle

  /// A line that is not an entry.
  struct Broken: Error, CustomStringConvertible {
    let path: String
    let line: Int

    var description: String {
      "the sandbox's file \(path) is broken: line \(line) is not an entry"
    }
  }

  /// Opens the file, or makes it, and gives what is in it to `replay` in order.
  init(path: String, replay: (SandboxEntry) -> Void) throws {
    let url = URL(fileURLWithPath: path)
    if !FileManager.default.fileExists(atPath: path) { try Data().write(to: url) }
    handle = try FileHandle(forUpdating: url)
    let content = try handle.readToEnd() ?? Data()
    var start = content.startIndex
    var line = 0
    let decoder = JSONDecoder()
    while let end = content[start...].firstIndex(of: UInt8(ascii: "\n")) {
      line += 1
      guard let entry = try? decoder.decode(SandboxEntry.self, from: content[start..<end]) else {
        throw Broken(path: path, line: line)
      }
      replay(entry)
      start = content.index(after: end)
    }
    // A crash in the middle of a line: nobody was answered from it.
    let whole = UInt64(start - content.startIndex)
    try handle.truncate(atOffset: whole)
    try handle.seek(toOffset: whole)
  }

  func append(_ entry: SandboxEntry) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var line = try encoder.encode(entry)
    line.append(UInt8(ascii: "\n"))
    let before = try handle.offset()
    do {
      try handle.write(contentsOf: line)
    } catch {
      // Half a line must not become the start of the next one.
      try handle.truncate(atOffset: before)
      throw error
    }
  }
}
