internal import Intervals
internal import Signing

/// LiveKit, of one's own or in its makers' cloud.
public struct LiveKitVideo: VideoGateway {
  private let url: String
  private let apiKey: String
  private let secret: [UInt8]

  /// - Parameters:
  ///   - url: of the page that parties open (the token becomes its `token`), such as LiveKit Meet's
  ///     "https://meet.example.org/custom?liveKitUrl=wss://video.example.org"; or of the server, for
  ///     apps that embed LiveKit and take the token by itself.
  ///   - secret: the API key's.
  public init(url: String, apiKey: String, secret: [UInt8]) {
    self.url = url
    self.apiKey = apiKey
    self.secret = secret
  }

  public func link(to session: VideoSession, for party: VideoParty) throws -> VideoLink {
    let room = VideoRoom.name(for: session, secret: secret)
    let claims = Claims(
      iss: apiKey, sub: party.id, name: party.displayName, nbf: session.opens.secondsSinceEpoch,
      exp: session.closes.secondsSinceEpoch, video: VideoGrant(room: room, role: party.role))
    let token = try JSONWebToken.text(claims, secret: secret)
    return VideoLink(
      url: "\(url)\(url.contains("?") ? "&" : "?")token=\(token)", room: room, token: token,
      opens: session.opens, closes: session.closes)
  }
}

private struct Claims: Encodable {
  let iss: String
  let sub: String
  let name: String
  let nbf: Int64
  let exp: Int64
  let video: VideoGrant
}

private struct VideoGrant: Encodable {
  let room: String
  let roomJoin = true
  let canPublish = true
  let canSubscribe = true
  /// May mute and remove participants.
  let roomAdmin: Bool

  init(room: String, role: VideoParty.Role) {
    self.room = room
    switch role {
    case .therapist: roomAdmin = true
    case .client: roomAdmin = false
    }
  }
}
