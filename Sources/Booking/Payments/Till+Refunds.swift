internal import Accounting
internal import Availability
internal import Intervals

/// What becomes of refunds and of what a client's bank takes back (P-6).
extension Till {
  /// - Parameter isCurrent: whether it is the question that is open.
  mutating func absorb(
    _ answer: GatewayAnswer<RefundReport>, about refund: Payment, to kind: ErrandKind,
    isCurrent: Bool
  ) {
    let next = refund.absorbing(answer, to: kind, isCurrent: isCurrent, at: now)
    guard next != refund else { return }
    change(next, from: refund)
    switch next.state {
    case .pending: break
    case .succeeded:
      if refund.state == .pending { tell([Messages.toClient(.refunded, appointment)]) }
    case .failed:
      guard refund.state != .failed, case .gateway(let intent) = refund.source else { break }
      let amount = refund.amount.minorUnits
      change(intent) { $0.refunded -= amount }
      step(.refundFailed, reason: next.failure) {
        $0.refunded -= amount
        $0.paymentStatus = $0.statusOfMoneyKept
      }
      tell([Messages.toClient(.refundFailed, appointment)])
    }
  }

  /// The client's bank holds what was paid, has given it back, or has taken it for good. News may come in any order.
  mutating func hear(_ news: DisputeState, about id: PaymentIntentID, amount: Int64) {
    guard let intent = intents.first(where: { $0.id == id }), news.follows(intent.dispute) else {
      return
    }
    let held = min(max(amount, intent.disputed), intent.captured - intent.refunded)
    guard held > 0 else { return }
    if intent.dispute == .none {
      change(id) {
        $0.dispute = .open
        $0.disputed = held
      }
      step(.disputed) { $0.paymentStatus = .disputed }
    }
    switch news {
    case .none, .open: break
    case .won:
      change(id) { $0.dispute = .won }
      step(.disputeWon) { $0.paymentStatus = $0.statusOnceDecided }
    case .lost:
      change(id) {
        $0.dispute = .lost
        $0.refunded += held
      }
      // What was given back by hand before is not the client's to lose again (P-6): it is the partner's loss.
      let gone = min(held, appointment.kept)
      if gone > 0 {
        move(
          Payment(
            id: nextID(), purpose: .appointment(appointment.id), direction: .refund,
            source: .gateway(id), amount: appointment.money(gone), method: "dispute",
            note: "taken back by the client's bank", at: now))
      }
      step(.disputeLost) {
        $0.refunded += gone
        $0.paymentStatus = $0.statusOnceDecided
      }
    }
  }
}

extension Payment {
  /// A refund as it is after the gateway's answer.
  func absorbing(
    _ answer: GatewayAnswer<RefundReport>, to kind: ErrandKind, isCurrent: Bool, at now: Instant
  ) -> Payment {
    guard direction == .refund, state != .failed, errand != nil || state == .pending else {
      return self
    }
    var next = self
    func ask(_ kind: ErrandKind, at due: Instant, tries: Int32) {
      next.errand = Errand(kind: kind, number: version + 1, due: due, tries: tries)
    }
    let tries = (errand?.tries ?? 0) + 1
    switch answer {
    case .report(let report):
      next.reference = report.reference
      next.failure = report.failure
      switch report.state {
      case .succeeded, .failed:
        next.state = report.state
        next.errand = nil
      case .pending:
        guard isCurrent else { return self }
        guard state == .pending else {
          next.errand = nil
          break
        }
        ask(.lookAtRefund, at: Patience.whileWaiting(tries: tries, at: now), tries: tries)
      }
    case .refused(let code):
      guard isCurrent else { return self }
      if kind == .refund {
        next.state = .failed
        next.failure = code
        next.errand = nil
      } else {
        ask(kind, at: Patience.afterSilence(tries: tries, at: now), tries: tries)
      }
    case .notFound:
      guard isCurrent else { return self }
      if state == .succeeded {
        next.errand = nil
      } else if kind == .lookAtRefund, reference.isEmpty {
        // It never got there: now that this is known, the same refund may be asked for again.
        ask(.refund, at: Patience.afterSilence(tries: tries, at: now), tries: tries)
      } else {
        next.state = .failed
        next.failure = "not_found"
        next.errand = nil
      }
    case .unknown:
      guard isCurrent else { return self }
      ask(.lookAtRefund, at: Patience.afterSilence(tries: tries, at: now), tries: tries)
    }
    next.version += 1
    return next
  }
}

extension DisputeState {
  /// Whether it is news after another.
  func follows(_ other: DisputeState) -> Bool { rank > other.rank }

  private var rank: Int {
    switch self {
    case .none: 0
    case .open: 1
    case .won, .lost: 2
    }
  }
}

extension Appointment {
  /// What is paid once a dispute is over: what was taken for good is claimed again.
  fileprivate var statusOnceDecided: PaymentStatus {
    payable > 0 ? .due : statusOfMoneyKept
  }
}
