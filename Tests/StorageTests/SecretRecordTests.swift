internal import Storage
internal import Testing

@Suite struct SecretRecordTests {
  @Test("a secret is made once and kept, by its name")
  func keeping() throws {
    let scratch = try Scratch()
    var makings = 0
    func secret(_ name: String, in store: Store) throws -> [UInt8] {
      try store.write { transaction in
        try transaction.secret(named: name) {
          makings += 1
          return [0, UInt8(makings), 255]
        }
      }
    }
    let store = try scratch.open()
    #expect(try secret("links", in: store) == [0, 1, 255])
    #expect(try secret("links", in: store) == [0, 1, 255])
    #expect(try secret("other", in: store) == [0, 2, 255])
    #expect(try secret("links", in: scratch.open()) == [0, 1, 255])
    #expect(makings == 2)
  }
}
