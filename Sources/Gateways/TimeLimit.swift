/// The time for a call was over.
struct TimedOut: Error, CustomStringConvertible {
  let ms: Int64

  var description: String { "no answer in \(ms) ms" }
}

/// Gives a call so long as a whole: AsyncHTTPClient's own limit ends with the head of the answer, so that a body that
/// never ends would hold it for ever.
/// - Throws: `TimedOut`, or what the call throws.
func within<Answer: Sendable>(
  ms: Int64, _ call: @escaping @Sendable () async throws -> Answer
) async throws -> Answer {
  try await withThrowingTaskGroup(of: Answer.self) { group in
    group.addTask { try await call() }
    group.addTask {
      try await Task.sleep(for: .milliseconds(ms))
      throw TimedOut(ms: ms)
    }
    defer { group.cancelAll() }
    guard let answer = try await group.next() else { throw TimedOut(ms: ms) }
    return answer
  }
}
