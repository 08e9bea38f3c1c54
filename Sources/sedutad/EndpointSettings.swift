internal import Endpoint

/// The HTTP listener, from the settings.
struct EndpointSettings {
  /// Nil where there is none.
  let options: EndpointOptions?
  let portFile: String?

  /// - Throws: `Failure` naming the setting and what was expected.
  init(from source: SettingSource) throws {
    let port = try source.number("httpPort", in: 0...65_535)
    let host = source.text("httpHost")
    let bodyBytesMax = try source.number("httpBodyBytesMax", in: 1_024...4_194_304)
    portFile = source.text("httpPortFile")
    guard let port else {
      guard host == nil, bodyBytesMax == nil, portFile == nil else {
        throw Failure("http-port: expected a port, since another setting of HTTP is set")
      }
      options = nil
      return
    }
    var options = EndpointOptions(port: port)
    options.host = host ?? options.host
    options.bodyBytesMax = bodyBytesMax ?? options.bodyBytesMax
    self.options = options
  }
}
