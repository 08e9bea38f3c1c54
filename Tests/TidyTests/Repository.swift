internal import Foundation

/// The files of this repository, as they lie on disk.
enum Repository {
  /// The repository's top folder, found from where this file was compiled.
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Folders at the top that hold what people wrote. Anything else there is built or fetched.
  private static let folders = [".ci", "LoadTests", "Proto", "Sources", "Tests", "docs", "scripts"]

  /// Every text file that belongs to the repository, in order of path.
  static func files() throws -> [SourceFile] {
    let top = try FileManager.default.contentsOfDirectory(atPath: root.path())
    let loose = top.filter { !isFolder($0) && $0 != "Package.resolved" }
    let nested = try folders.filter(top.contains).flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
        .map { "\(folder)/\($0)" }
    }
    return (loose + nested).sorted().compactMap(SourceFile.init(path:))
  }

  /// The Swift files under the given folders that people wrote.
  static func swiftFiles(under folders: String...) throws -> [SourceFile] {
    try files().filter { file in
      file.isSwift && !file.isGenerated && folders.contains { file.path.hasPrefix($0 + "/") }
    }
  }

  /// The text of a file, or nil where there is no such file or it is not text.
  static func text(of path: String) -> String? {
    guard !isFolder(path) else { return nil }
    return try? String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(
      atPath: root.appending(path: path).path(), isDirectory: &isFolder)
    return exists && isFolder.boolValue
  }
}
