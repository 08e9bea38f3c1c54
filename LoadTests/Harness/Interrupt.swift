internal import Glibc
internal import Synchronization

/// Ctrl-C: the first ends the run early, with its report; the second ends the process.
enum Interrupt {
  private static let asked = Atomic(false)

  static var wasAsked: Bool { asked.load(ordering: .relaxed) }

  static func listen() {
    signal(SIGINT) { _ in
      Interrupt.asked.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }
}
