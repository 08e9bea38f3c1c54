internal import Foundation
internal import Synchronization
internal import Workload

/// A load that runs beside another, on threads of its own.
final class Beside: Sendable {
  private static let pollSeconds = 0.01

  private let session: Session
  private let outcome = Mutex<Result<LoadResult, CannotConnect>?>(nil)

  /// Begins at once.
  init(_ session: Session, _ plan: LoadPlan) {
    self.session = session
    let load = Load(plan: plan, population: session.population)
    Thread.detachNewThread {
      let result: Result<LoadResult, CannotConnect>
      do throws(CannotConnect) {
        result = .success(try load.perform())
      } catch {
        result = .failure(error)
      }
      self.outcome.withLock { $0 = result }
    }
  }

  /// Waits for it, and leaves the server as it was found.
  func result() throws(CannotConnect) -> LoadResult {
    while true {
      if let outcome = outcome.withLock({ $0 }) {
        var result = try outcome.get()
        session.lookBack(on: &result)
        return result
      }
      Thread.sleep(forTimeInterval: Self.pollSeconds)
    }
  }
}
