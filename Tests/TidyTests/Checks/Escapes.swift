/// Ways around the compiler: one is never taken, the others only with the reason right above.
enum Escapes {
  private static let never = ["try!"]
  private static let withReason = [
    "@unchecked Sendable", "nonisolated(unsafe)", "fatalError", "@preconcurrency",
  ]

  static func offences(in file: SourceFile) -> [Offence] {
    let code = SwiftCode(file.text)
    let lines = file.lines
    let forbidden = never.flatMap { words in
      code.lines(with: words).map { line in
        Offence(path: file.path, line: line, what: "'\(words)' ends the server; throw instead")
      }
    }
    let unexplained = withReason.flatMap { words in
      code.lines(with: words).filter { !isExplained($0, lines) }.map { line in
        Offence(
          path: file.path, line: line, what: "'\(words)' without a comment above that says why")
      }
    }
    return forbidden + unexplained
  }

  private static func isExplained(_ line: Int, _ lines: [Substring]) -> Bool {
    guard line > 1 else { return false }
    return lines[line - 2].drop(while: \.isWhitespace).starts(with: "//")
  }
}
