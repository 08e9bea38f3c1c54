internal import Foundation
internal import Testing

@Suite struct FormatTests {
  @Test("swift format finds nothing in what people wrote")
  func repository() throws {
    let files = try Repository.swiftFiles(under: "Sources", "LoadTests", "Tests").map(\.path)
    let finding = try Format.lint(["Package.swift"] + files)
    #expect(finding.status == 0, "\(finding.output)")
  }

  @Test(
    "a file that is formatted badly, or forces a try, is found",
    arguments: ["let a=1\n", "let a = try! b()\n", "    let a = 1\n"])
  func planted(source: String) throws {
    let planted = FileManager.default.temporaryDirectory
      .appending(path: "seduta-\(UUID().uuidString).swift")
    try source.write(to: planted, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: planted) }
    let finding = try Format.lint([planted.path()])
    #expect(finding.status != 0)
    #expect(finding.output.contains(planted.lastPathComponent))
  }
}
