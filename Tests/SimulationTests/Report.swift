internal import Accounting
internal import Booking

extension Simulation {
  /// What was done, in numbers.
  var report: String {
    let faults = gateway.faults.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let no = refusals.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    var states: [String: Int] = [:]
    for one in world.order { states[one.appointment.state.rawValue, default: 0] += 1 }
    let ends = states.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let lines = Town.currencies.map { currency in
      let turnover = world.balances.filter { $0.key.currency == currency }
      let debits = turnover.values.reduce(Int64(0)) { $0 + max(0, $1) }
      let credits = turnover.values.reduce(Int64(0)) { $0 + min(0, $1) }
      return
        "  \(currency.code), minor units: debits \(debits), credits \(credits), sum \(debits + credits)"
    }
    return """
        bookings \(booked) (\(bookedOfPackages) of \(world.bondOrder.count) packages), decisions \(decisions), questions \(asked), charges \(gateway.charges), \
      refunds \(gateway.refunds.count), disputes \(gateway.disputes), crashes \(crashes), audits \(audits)
        ends: \(ends.joined(separator: ", "))
        faults: \(faults.joined(separator: ", "))
        refused: \(no.joined(separator: ", "))
      \(lines.joined(separator: "\n"))
      """
  }
}
