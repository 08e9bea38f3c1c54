internal import Intervals
internal import Signing

/// Links that lead nowhere, for servers on which partners try things out. Their tokens are signed and
/// timed as real ones are.
public struct SandboxVideo: VideoGateway {
  private let secret: [UInt8]

  public init(secret: [UInt8]) {
    self.secret = secret
  }

  public func link(to session: VideoSession, for party: VideoParty) throws -> VideoLink {
    let room = VideoRoom.name(for: session, secret: secret)
    let claims = Claims(
      iss: "seduta-sandbox", sub: party.id, name: party.displayName, room: room,
      moderator: party.role == .therapist, nbf: session.opens.secondsSinceEpoch,
      exp: session.closes.secondsSinceEpoch)
    let token = try JSONWebToken.text(claims, secret: secret)
    // RFC 2606: nothing is ever served below "invalid".
    return VideoLink(
      url: "https://sandbox.invalid/\(room)?token=\(token)", room: room, token: token,
      opens: session.opens, closes: session.closes)
  }
}

private struct Claims: Encodable {
  let iss: String
  let sub: String
  let name: String
  let room: String
  let moderator: Bool
  let nbf: Int64
  let exp: Int64
}
