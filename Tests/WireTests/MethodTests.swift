import Foundation
import Testing
import Wire

@Suite("Methods are those of the contract")
struct MethodTests {
  private let contract = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Proto/seduta/v1")

  /// "seduta.v1.Slots/Search" for each `rpc` in the contract's files.
  private func declaredMethods() throws -> [String] {
    let files = try FileManager.default.contentsOfDirectory(
      at: contract, includingPropertiesForKeys: nil)
    var methods: [String] = []
    for file in files where file.pathExtension == "proto" {
      var service = ""
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "/" }
        guard words.count > 1 else { continue }
        if words[0] == "service" { service = String(words[1]) }
        if words[0] == "rpc" { methods.append("seduta.v1.\(service)/\(words[1])") }
      }
    }
    return methods
  }

  @Test("each rpc of Proto/ is a method, and each method an rpc")
  func sameAsContract() throws {
    let declared = try declaredMethods()
    #expect(!declared.isEmpty)
    #expect(declared.sorted() == Method.allCases.map(\.rawValue).sorted())
  }

  @Test("what its name says to change something writes, and nothing else")
  func writing() {
    let verbs = [
      "Book", "Take", "Renew", "Release", "Cancel", "Register", "Create", "Update", "Add", "Remove",
      "Import", "Reschedule", "Complete", "SetAttendance", "Ask", "Accept", "Decline", "Withdraw",
      "Begin", "Confirm", "Record", "Refund", "SetUp", "Grant", "Buy", "Use", "Advance",
      "Link", "Schedule", "Delete", "Pay", "ChooseProcedure", "Put", "Rotate",
    ]
    for method in Method.allCases {
      let name = method.rawValue.split(separator: "/")[1]
      #expect(method.writes == verbs.contains { name.hasPrefix($0) }, "\(method.rawValue)")
    }
  }
}
