/// A file has one reason to exist; one that is long has more.
enum Length {
  static let linesMax = 449
  private static let endings = [".swift", ".c", ".h", ".py", ".sh", ".proto"]

  static func offence(in file: SourceFile) -> Offence? {
    guard !file.isGenerated, endings.contains(where: file.path.hasSuffix) else { return nil }
    let count = file.text.count { $0 == "\n" }
    guard count > linesMax else { return nil }
    return Offence(path: file.path, line: count, what: "has \(count) lines; at most \(linesMax)")
  }
}
