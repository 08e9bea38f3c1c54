internal import Glibc
internal import Synchronization

/// Ctrl-C, or the end that a CI asks for: the first ends the run early, with its report; the second ends
/// the process.
enum Interrupt {
  private static let asked = Atomic(false)

  static var wasAsked: Bool { asked.load(ordering: .relaxed) }

  static func listen() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interrupt.asked.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
}
