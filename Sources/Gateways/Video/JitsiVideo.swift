internal import Intervals
internal import Signing

/// A Jitsi Meet that its operator hosts, with token authentication (prosody's `token` and
/// `token_verification`; `token_affiliation` for the moderator).
public struct JitsiVideo: VideoGateway {
  private let url: String
  private let domain: String
  private let appID: String
  private let audience: String
  private let secret: [UInt8]

  /// - Parameters:
  ///   - url: where rooms are below, such as "https://meet.example.org".
  ///   - domain: prosody's domain, or a tenant: the claim `sub`.
  ///   - appID: prosody's `app_id`: the claim `iss`.
  ///   - audience: the claim `aud`; one of prosody's `asap_accepted_audiences`.
  ///   - secret: prosody's `app_secret`.
  public init(url: String, domain: String, appID: String, audience: String, secret: [UInt8]) {
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.domain = domain
    self.appID = appID
    self.audience = audience
    self.secret = secret
  }

  public func link(to session: VideoSession, for party: VideoParty) throws -> VideoLink {
    let room = VideoRoom.name(for: session, secret: secret)
    let claims = Claims(
      iss: appID, aud: audience, sub: domain, room: room, nbf: session.opens.secondsSinceEpoch,
      exp: session.closes.secondsSinceEpoch, context: Context(user: User(party)))
    let token = try JSONWebToken.text(claims, secret: secret)
    return VideoLink(
      url: "\(url)/\(room)?jwt=\(token)", room: room, token: token, opens: session.opens,
      closes: session.closes)
  }
}

private struct Claims: Encodable {
  let iss: String
  let aud: String
  let sub: String
  let room: String
  let nbf: Int64
  let exp: Int64
  let context: Context
}

private struct Context: Encodable {
  let user: User
}

/// All values are texts: prosody fails on others.
private struct User: Encodable {
  let id: String
  let name: String
  let affiliation: String
  let moderator: String

  init(_ party: VideoParty) {
    id = party.id
    name = party.displayName
    // Jitsi's plugins read one or the other.
    switch party.role {
    case .therapist: (affiliation, moderator) = ("owner", "true")
    case .client: (affiliation, moderator) = ("member", "false")
    }
  }
}
