internal import Availability
internal import Foundation
internal import Gateways
internal import Intervals
internal import Signing
internal import Testing

private let secret = Array("a secret of the operator's".utf8)
private let session = VideoSession(
  appointment: AppointmentID(rawValue: 42), opens: Instant(msSinceEpoch: 1_800_000_000_000),
  closes: Instant(msSinceEpoch: 1_800_003_600_000))
private let rossi = VideoParty(
  role: .therapist, id: "thr_01m82v7m00ndhe4nksp3mh04yv", displayName: "Dr. Maria Rossi")
private let anna = VideoParty(
  role: .client, id: "cli_01m82v7m00ndhe4nksp3mh04yv", displayName: "Anna \"Ánna\" Bianchi")
private let jitsi = JitsiVideo(
  url: "https://meet.example.org/", domain: "meet.jitsi", appID: "praxis", audience: "jitsi",
  secret: secret)
private let liveKit = LiveKitVideo(
  url: "https://meet.example.org/custom?liveKitUrl=wss://video.example.org", apiKey: "APIkey",
  secret: secret)
private let sandbox = SandboxVideo(secret: secret)
private let gateways: [any VideoGateway] = [jitsi, liveKit, sandbox]

@Suite struct VideoTests {
  @Test("Jitsi: the room's address and the claims that prosody reads")
  func jitsiClaims() throws {
    let link = try jitsi.link(to: session, for: rossi)
    #expect(link.url == "https://meet.example.org/\(link.room)?jwt=\(link.token)")
    let claims = try claims(of: link)
    #expect(claims["iss"] as? String == "praxis")
    #expect(claims["aud"] as? String == "jitsi")
    #expect(claims["sub"] as? String == "meet.jitsi")
    #expect(claims["room"] as? String == link.room)
    #expect(claims.count == 7)
    let users = try [rossi, anna].map { party in
      let context = try self.claims(of: jitsi.link(to: session, for: party))["context"]
      return (context as? [String: [String: String]])?["user"]
    }
    #expect(
      users == [
        [
          "id": rossi.id, "name": rossi.displayName, "affiliation": "owner", "moderator": "true",
        ],
        ["id": anna.id, "name": anna.displayName, "affiliation": "member", "moderator": "false"],
      ])
  }

  @Test("LiveKit: the page with the token, and the grants that LiveKit reads")
  func liveKitClaims() throws {
    for (party, isAdmin) in [(rossi, true), (anna, false)] {
      let link = try liveKit.link(to: session, for: party)
      #expect(
        link.url == "https://meet.example.org/custom?liveKitUrl=wss://video.example.org"
          + "&token=\(link.token)")
      let claims = try claims(of: link)
      #expect(claims["iss"] as? String == "APIkey")
      #expect(claims["sub"] as? String == party.id)
      #expect(claims["name"] as? String == party.displayName)
      #expect(claims.count == 6)
      let video = try #require(claims["video"] as? [String: Any])
      #expect(video["room"] as? String == link.room)
      for grant in ["roomJoin", "canPublish", "canSubscribe"] {
        #expect(video[grant] as? Bool == true, "\(grant)")
      }
      #expect(video["roomAdmin"] as? Bool == isAdmin)
      #expect(video.count == 5)
    }
    let bare = LiveKitVideo(url: "wss://video.example.org", apiKey: "k", secret: secret)
    let link = try bare.link(to: session, for: anna)
    #expect(link.url == "wss://video.example.org?token=\(link.token)")
  }

  @Test("the sandbox: a link that leads nowhere and says so")
  func sandboxLink() throws {
    let link = try sandbox.link(to: session, for: anna)
    #expect(link.url == "https://sandbox.invalid/\(link.room)?token=\(link.token)")
    #expect(try claims(of: link)["moderator"] as? Bool == false)
    #expect(try claims(of: sandbox.link(to: session, for: rossi))["moderator"] as? Bool == true)
  }

  @Test("a token counts from the opening to the closing, and carries its signature")
  func times() throws {
    for gateway in gateways {
      let link = try gateway.link(to: session, for: anna)
      let claims = try claims(of: link)
      #expect(claims["nbf"] as? Int == 1_800_000_000)
      #expect(claims["exp"] as? Int == 1_800_003_600)
      #expect(link.opens == session.opens && link.closes == session.closes)
      let content = link.token.split(separator: ".").dropLast().joined(separator: ".")
      #expect(JSONWebToken.signed(content, secret: secret) == link.token)
    }
  }

  @Test("both parties get the same room, each with a token of their own")
  func rooms() throws {
    for gateway in gateways {
      let links = try [rossi, anna].map { try gateway.link(to: session, for: $0) }
      #expect(links[0].room == links[1].room)
      #expect(links[0].token != links[1].token)
      #expect(links[0].url != links[1].url)
    }
  }

  @Test("a room's name is neither to be guessed nor personal, and another session's is another")
  func names() throws {
    let name = try jitsi.link(to: session, for: anna).room
    #expect(name.wholeMatch(of: /session-[0-9a-f]{32}/) != nil)
    let next = VideoSession(
      appointment: AppointmentID(rawValue: 43), opens: session.opens, closes: session.closes)
    #expect(try jitsi.link(to: next, for: anna).room != name)
    let other = JitsiVideo(
      url: "https://meet.example.org", domain: "meet.jitsi", appID: "praxis", audience: "jitsi",
      secret: Array("another secret".utf8))
    #expect(try other.link(to: session, for: anna).room != name)
    // A session that was moved keeps its room.
    let moved = VideoSession(
      appointment: session.appointment, opens: session.closes,
      closes: session.closes.advanced(byMs: 3_600_000))
    #expect(try jitsi.link(to: moved, for: anna).room == name)
  }

  private func claims(of link: VideoLink) throws -> [String: Any] {
    let parts = link.token.split(separator: ".").map(String.init)
    try #require(parts.count == 3)
    let bytes = try #require(Base64URL.bytes(parts[1]))
    return try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }
}
