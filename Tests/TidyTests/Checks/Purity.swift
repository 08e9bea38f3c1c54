/// Looks in a pure room for what would make its answers depend on more than its arguments.
enum Purity {
  private static let impure: [(words: String, why: String)] = [
    ("Date(", "reads a clock"),
    ("ContinuousClock", "reads a clock"),
    ("SuspendingClock", "reads a clock"),
    ("clock_gettime", "reads a clock"),
    ("UUID(", "is random"),
    (".random", "is random"),
    (".randomElement", "is random"),
    (".shuffle()", "is random"),
    (".shuffled()", "is random"),
    ("SystemRandomNumberGenerator", "is random"),
    ("hashValue", "differs from process to process"),
    ("async", "is concurrency"),
    ("await", "is concurrency"),
    ("Task {", "is concurrency"),
    ("Task.", "is concurrency"),
    ("TaskGroup", "is concurrency"),
    ("withTaskGroup", "is concurrency"),
    ("Mutex", "is concurrency"),
    ("Atomic", "is concurrency"),
    ("print(", "is output"),
    ("debugPrint(", "is output"),
    ("dump(", "is output"),
    ("readLine(", "is input"),
    ("CommandLine", "is input"),
  ]

  static func offences(in file: SourceFile) -> [Offence] {
    let code = SwiftCode(file.text)
    return impure.flatMap { words, why in
      code.lines(with: words).map { line in
        Offence(path: file.path, line: line, what: "'\(words)' \(why); this room is pure")
      }
    }
  }
}
