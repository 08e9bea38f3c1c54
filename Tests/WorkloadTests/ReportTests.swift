internal import Foundation
internal import Reports
internal import Testing

/// Reports are held against files in Golden/. After a change that is meant, write them anew with
/// SEDUTA_RENEW_GOLDEN=1 in the environment, and look at the difference.
struct ReportTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  private func expect(_ text: String, like name: String) throws {
    let file = Self.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["SEDUTA_RENEW_GOLDEN"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    // Not #expect on the texts themselves: a failure would print both pages.
    let isSame = text == golden
    #expect(isSame, "\(name) differs")
  }

  @Test("a run: for a person, as JSON, JUnit, Markdown and a page")
  func run() throws {
    let report = Samples.run
    try expect(report.table + "\n", like: "run.txt")
    try expect(String(decoding: report.json(), as: UTF8.self), like: "run.json")
    try expect(report.junit, like: "run.xml")
    try expect(report.markdown, like: "run.md")
    try expect(report.html, like: "run.html")
  }

  @Test("a check: for a person, as JSON, JUnit, Markdown and a page")
  func check() throws {
    let report = Samples.check
    try expect(report.table + "\n", like: "ci.txt")
    try expect(String(decoding: report.json(), as: UTF8.self), like: "ci.json")
    try expect(report.junit, like: "ci.xml")
    try expect(report.markdown, like: "ci.md")
    try expect(report.html, like: "ci.html")
  }

  @Test("a page needs nothing from elsewhere and runs nothing")
  func selfContained() {
    for page in [Samples.run.html, Samples.check.html] {
      for foreign in ["<script", "src=", "href=", "@import", "url(", "http:", "https:"] {
        #expect(!page.contains(foreign), "\(foreign)")
      }
    }
  }

  @Test("what came from elsewhere is text in every format, not markup")
  func escaped() throws {
    var report = Samples.run
    report.heading.title = #"<b>&"'|"# + "\u{7}"
    #expect(!report.html.contains("<b>"))
    #expect(report.markdown.contains(#"&lt;b>&"'\|"#))
    let document = try XMLParsing.elements(of: report.junit)
    #expect(document.contains("testcase"))
  }

  @Test("JUnit's counts are those of its cases, and it is XML")
  func junit() throws {
    let elements = try XMLParsing.elements(of: Samples.run.junit)
    #expect(elements.count { $0 == "testcase" } == Samples.run.checks.count)
    #expect(elements.count { $0 == "failure" } == Samples.run.checks.count { !$0.isKept })
    #expect(Samples.run.junit.contains(#"tests="3" failures="1""#))
  }

  @Test("a report passes when all that was checked is kept, and its JSON says so")
  func passed() throws {
    var report = Samples.run
    #expect(!report.hasPassed)
    report.checks.removeAll { !$0.isKept }
    #expect(report.hasPassed)
    let json = try JSONSerialization.jsonObject(with: report.json()) as? [String: Any]
    #expect(json?["passed"] as? Bool == true)
  }
}

/// Names of elements in order: no more of XML is needed here than that a parser takes it. The machine's
/// own parser is Python's.
private enum XMLParsing {
  struct NoXML: Error {}

  static func elements(of text: String) throws -> [String] {
    let program =
      "import sys, xml.etree.ElementTree as t\n"
      + "print(*(e.tag for e in t.fromstring(sys.stdin.buffer.read()).iter()), sep='\\n')"
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = ["python3", "-c", program]
    let (input, output) = (Pipe(), Pipe())
    python.standardInput = input
    python.standardOutput = output
    try python.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let names = try output.fileHandleForReading.readToEnd() ?? Data()
    python.waitUntilExit()
    guard python.terminationStatus == 0 else { throw NoXML() }
    return String(decoding: names, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
