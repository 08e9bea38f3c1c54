internal import Foundation
internal import Gateways
internal import Intervals
internal import Testing

@Suite struct DiskMailboxTests {
  private func withMailbox(_ body: (DiskMailbox) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.path + "/mailbox-\(UUID().uuidString)/in"
    try await body(try DiskMailbox(path: path))
    try FileManager.default.removeItem(atPath: path)
  }

  private func names(_ mailbox: DiskMailbox) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: mailbox.path).sorted()
  }

  @Test("an e-mail is a file named by its time and id, with what would be sent")
  func mail() async throws {  // N-5
    try await withMailbox { mailbox in
      let name = "2027-03-01T08-05-09.000Z_msg_1.eml"
      #expect(await mailbox.send(sampleMail()) == .delivered(reference: name))
      let found = try names(mailbox)
      #expect(found == [name])
      let content = FileManager.default.contents(atPath: "\(mailbox.path)/\(name)")
      let expected = try rendered(sampleMail()).bytes
      #expect(content == Data(expected))
    }
  }

  @Test("what comes again takes its own place; files sort by time")
  func again() async throws {  // N-4
    try await withMailbox { mailbox in
      for _ in 0..<3 { _ = await mailbox.send(sampleMail(id: "b")) }
      for (id, ms) in [("c", Int64(1)), ("a", 1_000), ("../../x", 4_102_444_800_000)] {
        let text = TextMessage(
          id: id, date: Instant(msSinceEpoch: ms), from: "Seduta", to: "+390612345678",
          body: "Ciao è")
        guard case .delivered = await mailbox.send(text) else {
          Issue.record("it was not kept")
          return
        }
      }
      let names = try names(mailbox)
      #expect(names.count == 4)
      #expect(
        names.prefix(3) == [
          "1970-01-01T00-00-00.001Z_c.json", "1970-01-01T00-00-01.000Z_a.json",
          "2027-03-01T08-05-09.000Z_b.eml",
        ])
      let kept = FileManager.default.contents(atPath: "\(mailbox.path)/\(names[0])") ?? Data()
      let fields = try JSONDecoder().decode([String: String].self, from: kept)
      #expect(
        fields == [
          "id": "c", "date": "1970-01-01T00:00:00.001Z", "from": "Seduta", "to": "+390612345678",
          "body": "Ciao è",
        ])
    }
  }

  @Test("what no gateway would take is refused here, too; a folder that is gone is told")
  func refusals() async throws {  // N-4
    try await withMailbox { mailbox in
      #expect(
        await mailbox.send(sampleMail(to: EmailParty(address: "ada")))
          == .refused(reason: "to: expected an e-mail address"))
      let text = TextMessage(id: "c", date: sampleDate, from: "S", to: "0612", body: "")
      #expect(
        await mailbox.send(text)
          == .refused(reason: "to: expected a number such as +390612345678"))
      let found = try names(mailbox)
      #expect(found.isEmpty)
      try FileManager.default.removeItem(atPath: mailbox.path)
      guard case .retry = await mailbox.send(sampleMail()) else {
        Issue.record("it was kept nowhere")
        return
      }
      try FileManager.default.createDirectory(
        atPath: mailbox.path, withIntermediateDirectories: true)
    }
  }
}
