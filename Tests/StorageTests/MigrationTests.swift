internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// A database of an older version is brought to this one, with all that is in it.
struct MigrationTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    try SchemaOne.make(at: scratch.path)
    store = try scratch.open()
  }

  @Test("what version 1 had is there, and of what is new nothing is set")
  func keeps() throws {
    #expect(
      try scratch.rows("SELECT min(number), count(*) = max(number) FROM migrations") == [
        ["1", "1"]
      ])
    try store.read { snapshot throws in
      #expect(try snapshot.therapist(anna)?.therapist == Fixture.therapist(anna))
      #expect(try snapshot.service(individual)?.service == Fixture.service(individual, of: anna))
      #expect(
        try snapshot.schedule(of: anna)
          == Schedule(therapist: anna, windows: [SchemaOne.window], version: 2))
      for appointment in [SchemaOne.standing, SchemaOne.cancelled] {
        #expect(try snapshot.appointment(appointment.id)?.appointment == appointment)
      }
      #expect(try snapshot.policy(of: partner) == .unset)
    }
  }

  @Test("what takes time takes just that, without buffers")  // S-7
  func occupations() throws {
    let found = try store.occupations()
    #expect(found == [SchemaOne.standing.occupation])
    #expect(found.first?.buffers == Buffers.none)
  }

  @Test("the guard against overlaps is there after it as before, and knows buffers")  // S-7, S-10
  func guards() throws {
    let overlapping = session(3, span(49, 99), room: redRoom)
    #expect(throws: StoreError.overlap(id: overlapping.id.text)) {
      try store.book([overlapping])
    }
    let near = session(
      4, span(55, 105), room: redRoom, buffers: Buffers(beforeMinutes: 6, afterMinutes: 0))
    #expect(throws: StoreError.overlap(id: near.id.text)) { try store.book([near]) }
    try store.book([session(5, span(55, 105), room: redRoom)])
  }
}
