/// What a body answers, or what stands for it where that takes longer. The body is then cancelled, and not waited for:
/// it may hang all the same.
func inTime<Value: Sendable>(
  _ ms: Int64, orElse late: Value, _ body: @escaping @Sendable () async -> Value
) async -> Value {
  let (answers, sink) = AsyncStream.makeStream(of: Value.self)
  let asking = Task { sink.yield(await body()) }
  let timer = Task {
    try? await Task.sleep(for: .milliseconds(ms))
    sink.yield(late)
  }
  defer {
    asking.cancel()
    timer.cancel()
  }
  return await answers.first { _ in true } ?? late
}
