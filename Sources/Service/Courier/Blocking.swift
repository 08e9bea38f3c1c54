internal import Dispatch
internal import Synchronization

/// Waits for what Swift's pool does; not to be called on one of its threads.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Value {
  let result = Mutex<Value?>(nil)
  let finished = DispatchSemaphore(value: 0)
  Task {
    let value = await body()
    result.withLock { $0 = value }
    finished.signal()
  }
  finished.wait()
  guard let value = result.withLock({ $0 }) else { preconditionFailure("it has finished") }
  return value
}
