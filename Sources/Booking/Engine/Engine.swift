/// The whole of the business: what a command needs to know, and what is decided.
///
/// A pure function of command, facts and stamp; the simulation and the server run the same.
public enum Engine {
  /// What has to be loaded before `decide`.
  public static func needs(for command: Command) -> Needs {
    switch command.wish {
    case .registerClient(let registration, let therapist):
      Registering.needs(registration, joining: therapist)
    case .book(let wish): BookingDesk.needs(wish, by: command.actor)
    case .cancel(let wish): Cancelling.needs(wish)
    case .reschedule(let wish): Rescheduling.needs(wish)
    case .complete(let id, _): Completing.needs(id)
    case .setAttendance(let wish): Attending.needs(wish)
    case .beginPayment(let wish): BeginningPayment.needs(wish)
    case .confirmPayment(let id): ConfirmingPayment.needs(id)
    case .recordPayment(let wish), .recordRefund(let wish): PaymentDesk.needs(wish.appointment)
    case .refund(let wish): Refunding.needs(wish)
    case .setUpMethod(let wish): PaymentMethodDesk.needs(wish)
    case .changeMethod(let wish): PaymentMethodDesk.needs(wish)
    case .giveBenefit(let wish): GivingBenefit.needs(wish)
    case .useBenefits(let id, _): UsingBenefits.needs(id)
    case .expireBenefit(let id): ExpiringBenefit.needs(id)
    case .recordPayout(let wish): PayoutDesk.needs(wish)
    case .errandAnswered(let answered): ErrandAnswers.needs(answered)
    case .gatewayTold(let event): GatewayEvents.needs(event)
    case .putAttendanceStatuses: AttendanceStatusDesk.needs()
    case .ask(let wish): Asking.needs(wish, by: command.actor)
    case .accept(let wish): Accepting.needs(wish)
    case .decline(let wish): Declining.needs(wish)
    case .withdraw(let wish): Withdrawing.needs(wish)
    case .createSeries(let wish): CreatingSeries.needs(wish, by: command.actor)
    case .moveSeries(let move): MovingSeries.needs(move)
    case .cancelSeries(let wish): CancellingSeries.needs(wish)
    case .passTime(let id): PassingTime.needs(id)
    case .takeHold(let wish): TakingHolds.needs(wish)
    case .renewHold(let id): KeepingHolds.needs(renewing: id)
    case .releaseHold(let id): KeepingHolds.needs(releasing: id)
    case .putDirectory(let put): DirectoryDesk.needs(put)
    case .changeSchedule(let change): ScheduleDesk.needs(change)
    case .putPolicy: PolicyDesk.needs()
    case .updateTherapy(let update): TherapyDesk.needs(update)
    case .updateClient(let update): UpdatingClient.needs(update)
    case .putPackage(let put): PackageDesk.needs(put)
    case .linkPackage(let wish): LinkingPackages.needs(wish)
    case .schedulePackage(let wish): SchedulingSessions.needs(wish)
    case .editLink(let edit): EditingLink.needs(edit)
    case .renewLink(let wish): RenewingLink.needs(wish)
    case .deleteLink(let wish): DeletingLink.needs(wish)
    case .payLink(let wish): PayingLink.needs(wish)
    case .expireLink(let id): ExpiringLink.needs(id)
    case .chooseProcedure(let wish): ChoosingProcedure.needs(wish)
    case .putMessageTemplate(let put): NotificationDesk.needs(put)
    case .putNotificationSettings: NotificationDesk.settingsNeeds()
    case .putWebhookEndpoint(let put): WebhookDesk.needs(put)
    case .deleteWebhookEndpoint(let id): WebhookDesk.needs(id)
    case .noteDeliveries: Needs()
    case .noteWebhooks(let note): WebhookDesk.needs(note.endpoint)
    }
  }

  /// - Parameters:
  ///   - facts: at least what `needs(for:)` asked for.
  ///   - stamp: the command's time, and the randomness for ids.
  public static func decide(_ command: Command, facts: Facts, stamp: Stamp) -> Decision {
    switch judge(command, facts: facts, stamp: stamp) {
    case .refuse(let refusal): .refuse(refusal)
    case .change(let change):
      .change(
        Bookkeeping.booked(
          PackageKeeping.kept(change, facts: facts, stamp: stamp), of: command.partner,
          facts: facts))
    }
  }

  private static func judge(_ command: Command, facts: Facts, stamp: Stamp) -> Decision {
    switch command.wish {
    case .registerClient(let registration, let therapist):
      Registering.decide(registration, joining: therapist, facts: facts, stamp: stamp)
    case .book(let wish):
      BookingDesk.decide(
        wish, of: command.partner, by: command.actor, facts: facts, stamp: stamp)
    case .cancel(let wish):
      Cancelling.decide(wish, by: command.actor, facts: facts, stamp: stamp)
    case .reschedule(let wish):
      Rescheduling.decide(
        wish, of: command.partner, by: command.actor, facts: facts, stamp: stamp)
    case .complete(let id, let seen):
      Completing.decide(id, seen: seen, by: command.actor, facts: facts, stamp: stamp)
    case .setAttendance(let wish):
      Attending.decide(wish, by: command.actor, facts: facts, stamp: stamp)
    case .beginPayment(let wish):
      BeginningPayment.decide(wish, by: command.actor, facts: facts, stamp: stamp)
    case .confirmPayment(let id):
      ConfirmingPayment.decide(id, by: command.actor, facts: facts, stamp: stamp)
    case .refund(let wish):
      Refunding.decide(wish, by: command.actor, facts: facts, stamp: stamp)
    case .setUpMethod(let wish):
      PaymentMethodDesk.setUp(wish, by: command.actor, facts: facts, stamp: stamp)
    case .changeMethod(let wish):
      PaymentMethodDesk.change(wish, by: command.actor, facts: facts, stamp: stamp)
    case .giveBenefit(let wish):
      GivingBenefit.decide(wish, by: command.actor, facts: facts, stamp: stamp)
    case .useBenefits(let id, let seen):
      UsingBenefits.decide(id, seen: seen, by: command.actor, facts: facts, stamp: stamp)
    case .expireBenefit(let id):
      ExpiringBenefit.decide(id, facts: facts, stamp: stamp)
    case .recordPayout(let wish):
      PayoutDesk.decide(wish, facts: facts, stamp: stamp)
    case .errandAnswered(let answered):
      ErrandAnswers.decide(answered, by: command.actor, facts: facts, stamp: stamp)
    case .gatewayTold(let event):
      GatewayEvents.decide(event, by: command.actor, facts: facts, stamp: stamp)
    case .recordPayment(let wish):
      PaymentDesk.record(wish, by: command.actor, facts: facts, stamp: stamp)
    case .recordRefund(let wish):
      PaymentDesk.refund(wish, by: command.actor, facts: facts, stamp: stamp)
    case .putAttendanceStatuses(let put):
      AttendanceStatusDesk.decide(put, of: command.partner, facts: facts)
    case .ask(let wish):
      Asking.decide(
        wish, of: command.partner, by: command.actor, facts: facts, stamp: stamp)
    case .accept(let wish):
      Accepting.decide(wish, by: command.actor, facts: facts, stamp: stamp)
    case .decline(let wish):
      Declining.decide(wish, by: command.actor, facts: facts, stamp: stamp)
    case .withdraw(let wish):
      Withdrawing.decide(wish, by: command.actor, facts: facts, stamp: stamp)
    case .createSeries(let wish):
      CreatingSeries.decide(wish, as: command, facts: facts, stamp: stamp)
    case .moveSeries(let move):
      MovingSeries.decide(move, as: command, facts: facts, stamp: stamp)
    case .cancelSeries(let wish):
      CancellingSeries.decide(wish, by: command.actor, facts: facts, stamp: stamp)
    case .passTime(let id):
      PassingTime.decide(id, facts: facts, stamp: stamp)
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
    case .updateTherapy(let update):
      TherapyDesk.decide(update, by: command.actor, facts: facts)
    case .updateClient(let update):
      UpdatingClient.decide(update, as: command, facts: facts, stamp: stamp)
    case .putPackage(let put):
      PackageDesk.decide(put, as: command, facts: facts, stamp: stamp)
    case .linkPackage(let wish):
      LinkingPackages.decide(wish, as: command, facts: facts, stamp: stamp)
    case .schedulePackage(let wish):
      SchedulingSessions.decide(wish, as: command, facts: facts, stamp: stamp)
    case .editLink(let edit):
      EditingLink.decide(edit, as: command, facts: facts, stamp: stamp)
    case .renewLink(let wish):
      RenewingLink.decide(wish, as: command, facts: facts, stamp: stamp)
    case .deleteLink(let wish):
      DeletingLink.decide(wish, as: command, facts: facts, stamp: stamp)
    case .payLink(let wish):
      PayingLink.decide(wish, as: command, facts: facts, stamp: stamp)
    case .expireLink(let id):
      ExpiringLink.decide(id, as: command, facts: facts, stamp: stamp)
    case .chooseProcedure(let wish):
      ChoosingProcedure.decide(wish, as: command, facts: facts, stamp: stamp)
    case .putMessageTemplate(let put):
      NotificationDesk.decide(put, facts: facts)
    case .putNotificationSettings(let put):
      NotificationDesk.decide(put, of: command.partner, facts: facts)
    case .putWebhookEndpoint(let put):
      WebhookDesk.decide(put, facts: facts, stamp: stamp)
    case .deleteWebhookEndpoint(let id):
      WebhookDesk.delete(id, facts: facts)
    case .noteDeliveries(let notes):
      .change(Change(events: notes.map(Event.deliveryNoted), answer: .noted))
    case .noteWebhooks(let note):
      WebhookDesk.note(note, facts: facts, stamp: stamp)
    }
  }
}

/// Which of a decision's new things an id is for: each has its own ordinal.
enum Ordinal {
  static let appointment = 0
  static let client = 1
  static let hold = 2
  static let therapy = 3
  static let series = 4
  static let payment = 5
  static let intent = 6
  static let paymentMethod = 7
  static let benefit = 8
  static let payout = 9
  static let package = 10
  static let packageLink = 11
  /// And all that follow, for a series' appointments.
  static let firstOfSeries = 16
  /// And all that follow, for links that renew themselves, and their benefits.
  static let firstOfRenewals = 1 << 19
  /// And all that follow, for what moves besides one payment.
  static let firstOfMovements = 1 << 20
}
