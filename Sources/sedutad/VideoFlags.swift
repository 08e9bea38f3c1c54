internal import ArgumentParser

/// The flags of `serve` that say where online sessions take place.
///
/// The secret has none: who lists processes would see it.
struct VideoFlags: ParsableArguments {
  @Option(
    help:
      "jitsi or livekit: whose tokens joining links have. (default: online sessions have no links)")
  var video: String?

  @Option(
    help: "Jitsi's address, https://...; with livekit the page or server that takes the token.")
  var videoUrl: String?

  @Option(help: "Jitsi's app id, or LiveKit's API key.")
  var videoAppId: String?

  @Option(help: "Jitsi's XMPP domain or tenant. (default: the host of video-url)")
  var videoDomain: String?

  @Option(help: "The audience that Jitsi accepts. (default: jitsi)")
  var videoAudience: String?

  @Option(help: "File with the secret that signs; or set SEDUTA_VIDEO_SECRET.")
  var videoSecretFile: String?
}
