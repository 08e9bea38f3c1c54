/// Words that have no place in the repository: promises, and paths of somebody's machine.
enum Wording {
  // Put together here, so that this file does not hold what it looks for.
  private static let promises = ["TO" + "DO", "FIX" + "ME"]
  private static let machineFolders = ["work", "home", "root", "Users", "tmp" + "/h"]

  static func offences(in file: SourceFile) -> [Offence] {
    file.lines.enumerated().flatMap { index, line in
      (promises.filter { has($0, in: line) }.map { "'\($0)': do it or drop it" }
        + machineFolders.filter { namesFolder($0, in: line) }.map {
          "'/\($0)' is a path of one machine"
        })
        .map { Offence(path: file.path, line: index + 1, what: $0) }
    }
  }

  private static func has(_ word: String, in line: Substring) -> Bool {
    line.contains(word) && line.split { !$0.isLetter }.contains { $0 == word }
  }

  /// Whether the line names an absolute path in the folder: not one that goes on from something,
  /// as in a URL or after a variable.
  private static func namesFolder(_ folder: String, in line: Substring) -> Bool {
    let start = "/" + folder + (folder.contains("/") ? "" : "/")
    return line.ranges(of: start).contains { found in
      guard found.lowerBound > line.startIndex else { return true }
      let before = line[line.index(before: found.lowerBound)]
      return !(before.isLetter || before.isNumber || "._-~/}*".contains(before))
    }
  }
}
