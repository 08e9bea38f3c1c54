internal import Foundation
internal import Gateways

/// Where online sessions take place, from the settings.
struct VideoSettings {
  /// Nil where there is none.
  let gateway: (any VideoGateway)?

  /// RFC 7518, 3.2: as many as the signature has.
  private static let secretByteCountMin = 32
  private static let settings = [
    "videoUrl", "videoAppId", "videoDomain", "videoAudience",
  ]
  private static let jitsiSettings = ["videoDomain", "videoAudience"]

  /// - Throws: `Failure` naming the setting and what was expected.
  init(from source: SettingSource) throws {
    guard let name = source.text("video") else {
      if let stray = VideoSettings.settings.first(where: { source.text($0) != nil }) {
        throw Failure("video: expected jitsi or livekit, since \(flagName(stray)) is set")
      }
      let isSandbox = try source.flag("sandbox") ?? false
      gateway = try isSandbox ? VideoSettings.sandbox(from: source) : nil
      return
    }
    switch name {
    case "jitsi":
      let url = try VideoSettings.url(from: source, schemes: ["https", "http"])
      guard url.query == nil, let host = url.host() else {
        throw Failure("video-url: expected an address without a query, got \"\(url)\"")
      }
      gateway = JitsiVideo(
        url: url.absoluteString,
        domain: try VideoSettings.text("videoDomain", from: source) ?? host,
        appID: try VideoSettings.required("videoAppId", from: source),
        audience: try VideoSettings.text("videoAudience", from: source) ?? "jitsi",
        secret: try VideoSettings.secret(from: source))
    case "livekit":
      if let stray = VideoSettings.jitsiSettings.first(where: { source.text($0) != nil }) {
        throw Failure("\(flagName(stray)): expected with jitsi only")
      }
      gateway = LiveKitVideo(
        url: try VideoSettings.url(from: source, schemes: ["https", "http", "wss", "ws"])
          .absoluteString,
        apiKey: try VideoSettings.required("videoAppId", from: source),
        secret: try VideoSettings.secret(from: source))
    default: throw Failure("video: expected jitsi or livekit, got \"\(name)\"")
    }
  }

  private static func url(from source: SettingSource, schemes: [String]) throws -> URL {
    let text = try required("videoUrl", from: source)
    guard let url = URL(string: text), let scheme = url.scheme, schemes.contains(scheme),
      let host = url.host(), !host.isEmpty, url.fragment == nil
    else {
      throw Failure(
        "video-url: expected an address that begins with "
          + schemes.map { "\($0)://" }.joined(separator: " or ") + ", got \"\(text)\"")
    }
    return url
  }

  private static func text(_ name: String, from source: SettingSource) throws -> String? {
    let text = source.text(name)
    guard text != "" else { throw Failure("\(flagName(name)): expected a value, got none") }
    return text
  }

  private static func required(_ name: String, from source: SettingSource) throws -> String {
    guard let text = try text(name, from: source) else {
      throw Failure("\(flagName(name)): expected a value, since video is set")
    }
    return text
  }

  /// A sandbox tells the way without being set up; its secret may be known, as it opens nothing.
  private static func sandbox(from source: SettingSource) throws -> SandboxVideo {
    let isTold = source.secret("videoSecret") != nil || source.text("videoSecretFile") != nil
    return SandboxVideo(
      secret: isTold
        ? try secret(from: source) : Array("the secret of every sandbox, known to all".utf8))
  }

  /// From the environment (or the file of settings), or from a file of its own.
  private static func secret(from source: SettingSource) throws -> [UInt8] {
    var secret = source.secret("videoSecret")
    if let path = source.text("videoSecretFile") {
      guard secret == nil else {
        throw Failure("video-secret-file: expected this or SEDUTA_VIDEO_SECRET, got both")
      }
      do {
        secret = try String(contentsOfFile: path, encoding: .utf8)
      } catch {
        throw Failure("video-secret-file: \(path) cannot be read: \(error.localizedDescription)")
      }
    }
    let bytes = Array((secret ?? "").trimmingCharacters(in: .newlines).utf8)
    // What the secret was is not said: this goes to a log.
    guard bytes.count >= secretByteCountMin else {
      throw Failure(
        "video-secret: expected at least \(secretByteCountMin) bytes in SEDUTA_VIDEO_SECRET or in "
          + "the file that video-secret-file names, got \(bytes.count)")
    }
    return bytes
  }
}
