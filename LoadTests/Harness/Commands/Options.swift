internal import ArgumentParser
internal import Foundation

/// Which server.
struct ServerOptions: ParsableArguments {
  @Option(help: "Where the server is.")
  var host = "127.0.0.1"

  @Option(help: "The server's port.")
  var port: UInt16 = 7390

  @Option(help: "The API key. It shows in the process list: prefer a file or SEDUTA_KEY.")
  var key: String?

  @Option(help: "A file with the API key. (default: $SEDUTA_KEY, then .seduta/key)")
  var keyFile: String?

  var endpoint: Endpoint { Endpoint(host: host, port: port) }

  func findKey() throws(NoKey) -> String { try KeySource(key: key, file: keyFile).find() }
}

/// Where the report goes.
struct OutputOptions: ParsableArguments {
  @Option(help: "Where to write the report as JSON.")
  var json: String?

  @Option(help: "Where to write it as a page with plots, which needs no other file.")
  var html: String?

  @Option(help: "Where to write it as JUnit XML: a test case for each check.")
  var junit: String?

  @Option(help: "Where to write it as Markdown, for a CI's summary.")
  var markdown: String?

  @Flag(help: "No progress.")
  var quiet = false

  /// Now, not when the run is over and its report would be lost.
  func prepare() throws {
    for path in [json, html, junit, markdown].compactMap(\.self) {
      guard FileManager.default.createFile(atPath: path, contents: nil) else {
        throw ValidationError("cannot write to \(path).")
      }
    }
  }

  func write(
    json: Data, html: @autoclosure () -> String, junit: @autoclosure () -> String,
    markdown: @autoclosure () -> String
  ) throws {
    try write(json, to: self.json)
    if let path = self.html { try write(Data(html().utf8), to: path) }
    if let path = self.junit { try write(Data(junit().utf8), to: path) }
    if let path = self.markdown { try write(Data(markdown().utf8), to: path) }
  }

  private func write(_ data: Data, to path: String?) throws {
    if let path { try data.write(to: URL(fileURLWithPath: path)) }
  }
}
