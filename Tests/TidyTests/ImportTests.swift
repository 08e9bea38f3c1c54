internal import Testing

@Suite struct ImportTests {
  @Test("a room imports what the table allows and says the access level; no test is @testable")
  func repository() throws {
    let files = try Repository.swiftFiles(under: "Sources", "LoadTests", "Tests")
    #expect(!files.isEmpty)
    expectNone(files.flatMap(Imports.offences))
  }

  @Test("generated code imports nothing but protobuf and Foundation")
  func generated() throws {
    let files = try Repository.files().filter { $0.isSwift && $0.isGenerated }
    #expect(!files.isEmpty)
    expectNone(files.flatMap(Imports.offences))
  }

  @Test(
    "an import that points upward, sideways or out of the table is found",
    arguments: [
      ("Sources/Accounting/Money.swift", "internal import Booking"),
      ("Sources/Booking/Engine/Engine.swift", "public import Wire"),
      ("Sources/Intervals/Span.swift", "internal import Foundation"),
      ("Sources/Wire/FrameDecoder.swift", "private import Foundation"),
      ("Sources/Availability/Index.swift", "@preconcurrency internal import Dispatch"),
      ("Sources/Storage/Store.swift", "internal import struct NIOCore.ByteBuffer"),
      ("Sources/Demo/Plan.swift", "#if os(Linux)\n  internal import Glibc\n#endif"),
      ("LoadTests/Workload/Auditor.swift", "let a = 1; internal import CWire"),
      ("Sources/Utilities/Strings.swift", ""),
    ])
  func upward(path: String, source: String) {
    #expect(Imports.offences(in: SourceFile(path: path, text: source)).count == 1)
  }

  @Test(
    "an import without an access level is found, and a @testable one in a test",
    arguments: [
      ("Sources/Service/Gate.swift", "import Wire"),
      ("Sources/Service/Gate.swift", "@preconcurrency import Wire"),
      ("Tests/WireTests/StatusTests.swift", "@testable import Wire"),
    ])
  func unsaid(path: String, source: String) {
    #expect(Imports.offences(in: SourceFile(path: path, text: source)).count == 1)
  }

  @Test("an inner room's row holds, and the word in a comment or a text is no import")
  func innocent() {
    let generated = SourceFile(
      path: "Sources/Wire/Generated/a.pb.swift", text: "public import Foundation")
    #expect(Imports.offences(in: generated) == [])
    let talk = SourceFile(
      path: "Sources/Wire/Frame.swift", text: "// import Foundation\nlet a = \"import Foundation\"")
    #expect(Imports.offences(in: talk) == [])
  }
}
