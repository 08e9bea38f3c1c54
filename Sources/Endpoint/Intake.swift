internal import HummingbirdCore
internal import NIOCore

/// How the reading of a body ended.
enum Intake: Sendable {
  case whole([UInt8])
  case tooLarge
  case tooSlow
  case cutShort

  /// - Parameter declared: what Content-Length says; nil for a body in chunks.
  /// - Throws: when the bytes are no HTTP, or the task is cancelled.
  static func read(
    _ body: RequestBody, declared: Int?, bytesMax: Int, withinMs: Int64
  ) async throws -> Intake {
    if let declared, declared > bytesMax { return .tooLarge }
    return try await withThrowingTaskGroup(of: Intake.self) { group in
      group.addTask { try await collect(body, declared: declared, bytesMax: bytesMax) }
      group.addTask {
        try await Task.sleep(for: .milliseconds(withinMs))
        return .tooSlow
      }
      defer { group.cancelAll() }
      return try await group.next() ?? .cutShort
    }
  }

  private static func collect(
    _ body: RequestBody, declared: Int?, bytesMax: Int
  ) async throws -> Intake {
    var bytes: [UInt8] = []
    if let declared { bytes.reserveCapacity(declared) }
    for try await chunk in body {
      guard bytes.count + chunk.readableBytes <= bytesMax else { return .tooLarge }
      bytes.append(contentsOf: chunk.readableBytesView)
    }
    // Where the client has gone, the body ends as if it were whole.
    if let declared, declared != bytes.count { return .cutShort }
    return .whole(bytes)
  }
}
