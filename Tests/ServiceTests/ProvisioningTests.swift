internal import Foundation
internal import SedutaClient
internal import Service
internal import Storage
internal import Testing
internal import Wire

/// Partners and their keys.
@Suite(.timeLimit(.minutes(1)))
struct ProvisioningTests {
  @Test("the first key is made in an empty database only, and may do everything")  // E-2
  func firstKey() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "seduta-first-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try Store(path: folder.appending(path: "seduta.sqlite").path)
    let first = try #require(try Provisioning.makeFirstKey(in: store, partnerName: "First"))
    #expect(try Provisioning.makeFirstKey(in: store, partnerName: "First") == nil)
    #expect(try store.read { try $0.partners() } == [first.partner])
    let kept = try store.read { try $0.keys() }
    #expect(kept.map(\.partner) == [first.partner])
    #expect(kept.map { Set($0.scopes) } == [["read", "book", "manage", "admin"]])
  }

  @Test("a key is its name and 52 characters that are kept nowhere")  // E-2
  func secret() throws {
    let house = try House()
    let key = try house.makeKey(scopes: [.read])
    #expect(key.wholeMatch(of: /seduta_[0-9a-z]{8}_[0-9a-z]{52}/) != nil)
    let parts = key.split(separator: "_")
    for file in try house.files {
      #expect(file.firstRange(of: Data(parts[2].utf8)) == nil)
    }
    let stored = try house.openStore().read { try $0.keys() }
    let found = stored.filter { $0.prefix == parts[1] }
    #expect(found.map(\.hash.count) == [32])
    #expect(key != house.key)
  }

  @Test("a key that differs from one that is known in one character is refused")  // E-2
  func almost() async throws {
    let house = try House()
    try await house.serve { server in
      let last = try #require(house.key.last)
      let almost: [String] = [
        house.key.dropLast() + (last == "0" ? "1" : "0"), String(house.key.dropLast()),
        house.key + "0", house.key.uppercased(), "", "seduta__",
      ]
      for key in almost {
        let refused = try await #require(throws: ConnectionError.self) {
          try await server.client(key: key)
        }
        #expect(refused.kind == .refused)
        #expect(refused.status?.errorInfo.reason == "API_KEY_INVALID")
      }
      let client = try await server.client()
      await client.close()
    }
  }

  @Test("each partner's keys open that partner's directory")  // E-2
  func partners() async throws {
    let house = try House()
    let sameKey = try house.makeKey(scopes: [.read])
    let other = try Provisioning.makePartner(
      named: "Other", scopes: [.read], in: try house.openStore(), clock: house.clock.wallClock)
    try await house.serve { server in
      let client = try await server.client()
      try await Practice().open(by: client)
      for (key, count) in [(sameKey, 1), (other.key.text, 0)] {
        let reader = try await server.client(key: key)
        let health = try await reader.health.check(Seduta_V1_HealthCheckRequest())
        #expect(health.therapists == Int64(count))
        let therapists = try await reader.directory.listTherapists(
          Seduta_V1_DirectoryListTherapistsRequest())
        #expect(therapists.therapists.count == count)
        await reader.close()
      }
      await client.close()
    }
  }
}
