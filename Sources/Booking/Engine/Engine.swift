/// The whole of the business: what a command needs to know, and what is decided.
///
/// A pure function of command, facts and stamp; the simulation and the server run the same.
public enum Engine {
  /// What has to be loaded before `decide`.
  public static func needs(for command: Command) -> Needs {
    switch command.wish {
    case .registerClient(let registration, let therapist):
      Registering.needs(registration, joining: therapist)
    case .book(let wish): BookingDesk.needs(wish)
    case .cancel(let wish): Cancelling.needs(wish)
    case .takeHold(let wish): TakingHolds.needs(wish)
    case .renewHold(let id): KeepingHolds.needs(renewing: id)
    case .releaseHold(let id): KeepingHolds.needs(releasing: id)
    case .putDirectory(let put): DirectoryDesk.needs(put)
    case .changeSchedule(let change): ScheduleDesk.needs(change)
    case .putPolicy: PolicyDesk.needs()
    }
  }

  /// - Parameters:
  ///   - facts: at least what `needs(for:)` asked for.
  ///   - stamp: the command's time, and the randomness for ids.
  public static func decide(_ command: Command, facts: Facts, stamp: Stamp) -> Decision {
    switch command.wish {
    case .registerClient(let registration, let therapist):
      Registering.decide(registration, joining: therapist, facts: facts, stamp: stamp)
    case .book(let wish):
      BookingDesk.decide(
        wish, of: command.partner, by: command.actor, facts: facts, stamp: stamp)
    case .cancel(let wish):
      Cancelling.decide(wish, by: command.actor, facts: facts, stamp: stamp)
    case .takeHold(let wish):
      TakingHolds.decide(
        wish, of: command.partner, by: command.actor, facts: facts, stamp: stamp)
    case .renewHold(let id):
      KeepingHolds.renew(id, by: command.actor, facts: facts, stamp: stamp)
    case .releaseHold(let id):
      KeepingHolds.release(id, by: command.actor, facts: facts, stamp: stamp)
    case .putDirectory(let put):
      DirectoryDesk.decide(put, facts: facts, stamp: stamp)
    case .changeSchedule(let change):
      ScheduleDesk.decide(change, facts: facts)
    case .putPolicy(let put):
      PolicyDesk.decide(put, of: command.partner, facts: facts)
    }
  }
}

/// Which of a decision's new things an id is for: each has its own ordinal.
enum Ordinal {
  static let appointment = 0
  static let client = 1
  static let hold = 2
}
