internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// A partner's endpoints, and how far they came (N-5).
struct WebhookDeskTests {
  private static let id = WebhookEndpointID(rawValue: 1)
  private static let now = Instant(msSinceEpoch: 1_800_000_000_000)

  private static func endpoint(
    oldSecret: String = "", isEnabled: Bool = true, failingSince: Instant? = nil
  ) -> WebhookEndpoint {
    WebhookEndpoint(
      id: id, url: "https://example.org/1", kinds: ["THERAPIST_PUT"], secret: "whsec_1",
      oldSecret: oldSecret, isEnabled: isEnabled, position: 7, failingSince: failingSince,
      lastError: failingSince == nil ? "" : "HTTP 500", version: 3, createdAt: now)
  }

  private static func decide(
    _ wish: Wanted, _ known: WebhookEndpoint?, lastPosition: Int64 = 42, by actor: Actor = desk
  ) -> Decision {
    var facts = Facts(index: AvailabilityIndex())
    facts.webhookEndpoints[id] = known
    facts.lastPosition = lastPosition
    return Engine.decide(
      Command(partner: partner, actor: actor, wish: wish, validateOnly: false), facts: facts,
      stamp: Stamp(at: now, seed: 1))
  }

  private static func put(
    _ change: WebhookEndpointPut.Change, seen: Int64? = nil, _ known: WebhookEndpoint? = endpoint()
  ) -> Decision {
    decide(
      .putWebhookEndpoint(WebhookEndpointPut(id: id, change: change, seenVersion: seen)), known)
  }

  private static func endpoint(of decision: Decision) -> WebhookEndpoint? {
    guard case .change(let change) = decision,
      case .webhookEndpointPut(let endpoint)? = change.events.first
    else { return nil }
    return endpoint
  }

  @Test(
    "a new one begins at the partner's last event, or where it is asked to, but not beyond",
    arguments: [(nil, 42), (0, 0), (41, 41), (43, 42)] as [(Int64?, Int64)])  // N-5
  func begins(after: Int64?, position: Int64) throws {
    let made = Self.put(
      .make(url: "https://example.org", kinds: ["B", "A"], secret: "whsec_2", after: after), nil)
    let endpoint = try #require(Self.endpoint(of: made))
    #expect(endpoint.position == position && endpoint.kinds == ["A", "B"])
    #expect(endpoint.isEnabled && endpoint.version == 1 && endpoint.createdAt == Self.now)
    guard case .change(let change) = made else { return }
    #expect(change.answer == .webhookEndpoint(endpoint, tellsSecret: true))
  }

  @Test("an id that is taken is refused, another partner's too")  // N-5
  func taken() {
    let make = WebhookEndpointPut.Change.make(
      url: "https://example.org", kinds: [], secret: "whsec_2", after: nil)
    #expect(
      Self.put(make) == .refuse(.idTaken(id: Self.id.text, field: "endpoint_id")))
  }

  @Test("an edit changes what it names, keeps how far it came, and tells no secret")  // N-5
  func edited() throws {
    let failing = Self.endpoint(failingSince: Self.now)
    let kinds = Self.put(.edit(url: nil, kinds: [], isEnabled: nil), failing)
    let edited = try #require(Self.endpoint(of: kinds))
    #expect(edited.url == failing.url && edited.kinds.isEmpty && edited.version == 4)
    #expect(edited.position == 7 && edited.failingSince == Self.now)
    guard case .change(let change) = kinds else { return }
    #expect(change.answer == .webhookEndpoint(edited, tellsSecret: false))
  }

  @Test(
    "one that is turned on again, or moved, begins anew; one that is turned off does not"
  )  // N-5
  func again() throws {
    let dead = Self.endpoint(isEnabled: false, failingSince: Self.now)
    let on = try #require(
      Self.endpoint(of: Self.put(.edit(url: nil, kinds: nil, isEnabled: true), dead)))
    #expect(on.isEnabled && on.failingSince == nil && on.lastError.isEmpty)
    let moved = try #require(
      Self.endpoint(
        of: Self.put(.edit(url: "https://example.org/2", kinds: nil, isEnabled: nil), dead)))
    #expect(!moved.isEnabled && moved.failingSince == nil)
    let off = try #require(
      Self.endpoint(of: Self.put(.edit(url: nil, kinds: nil, isEnabled: false), dead)))
    #expect(off.failingSince == Self.now && off.lastError == "HTTP 500")
  }

  @Test("while secrets are exchanged the one before goes on, unless it is dropped")  // N-5
  func rotated() throws {
    let known = Self.endpoint(oldSecret: "whsec_0")
    let both = try #require(
      Self.endpoint(of: Self.put(.rotate(secret: "whsec_2", dropsOld: false), known)))
    #expect(both.secret == "whsec_2" && both.oldSecret == "whsec_1")
    let one = try #require(
      Self.endpoint(of: Self.put(.rotate(secret: "whsec_2", dropsOld: true), known)))
    #expect(one.secret == "whsec_2" && one.oldSecret.isEmpty)
  }

  @Test("a stale version is refused, and so is what is not there")  // B-14
  func refused() {
    let edit = WebhookEndpointPut.Change.edit(url: nil, kinds: nil, isEnabled: false)
    #expect(
      Self.put(edit, seen: 2) == .refuse(.staleVersion(id: Self.id.text, seen: 2, current: 3)))
    let missing = Decision.refuse(.notFound(id: Self.id.text, field: "endpoint_id"))
    #expect(Self.put(edit, nil) == missing)
    #expect(Self.decide(.deleteWebhookEndpoint(Self.id), nil) == missing)
  }

  @Test("a dead one is turned off, once, with a version of its own; the note follows")  // N-5
  func dead() throws {
    let note = WebhookNote(
      endpoint: Self.id, position: 9, deliveries: [], isAlive: false, isOver: true)
    let courier = Actor.gateway("webhooks")
    let decision = Self.decide(.noteWebhooks(note), Self.endpoint(), by: courier)
    guard case .change(let change) = decision else {
      Issue.record("refused")
      return
    }
    var off = Self.endpoint()
    let put = try #require(Self.endpoint(of: decision))
    #expect(!put.isEnabled && put.version == off.version + 1)
    off = put
    #expect(change.events == [.webhookEndpointPut(off), .webhooksNoted(note)])
    let again = Self.decide(.noteWebhooks(note), off, by: courier)
    #expect(again == .change(Change(events: [.webhooksNoted(note)], answer: .noted)))
  }

  @Test("what is said of one that was deleted meanwhile changes nothing")  // N-5
  func late() {
    let note = WebhookNote(endpoint: Self.id, position: 9, deliveries: [], isAlive: true)
    #expect(
      Self.decide(.noteWebhooks(note), nil, by: .gateway("webhooks"))
        == .change(Change(events: [], answer: .noted)))
  }
}
