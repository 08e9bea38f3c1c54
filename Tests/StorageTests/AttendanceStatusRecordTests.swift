internal import Availability
internal import Booking
internal import Storage
internal import Testing

struct AttendanceStatusRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func status(_ code: String, _ effect: AttendanceStatus.Effect) -> AttendanceStatus {
    AttendanceStatus(code: code, name: "Żaden \(code)", effect: effect)
  }

  private func kept(_ owner: PartnerID = partner) throws -> AttendanceStatuses {
    try store.read { try $0.attendanceStatuses(of: owner) }
  }

  @Test("they are read back in the partner's order, each time as a whole")
  func readBack() throws {
    #expect(try kept() == .unset)
    let all = [status("Z", .deduct), status("A", .release), status("M", .none)]
    for (index, statuses) in [all, all.reversed(), [], [all[1]]].enumerated() {
      let put = AttendanceStatuses(statuses, version: Int64(index) + 1)
      try store.apply([.attendanceStatusesPut(put)])
      #expect(try kept() == put)
    }
    #expect(try kept(otherPartner) == .unset)
  }

  @Test("they are among the facts where they are needed")
  func facts() throws {
    let put = AttendanceStatuses([status("A", .release)], version: 1)
    try store.apply([.attendanceStatusesPut(put)])
    for isNeeded in [true, false] {
      var (needs, facts) = (Needs(), Facts(index: AvailabilityIndex()))
      needs.attendanceStatuses = isNeeded
      try store.read { try $0.load(needs, of: partner, at: noon, into: &facts) }
      #expect(facts.attendanceStatuses == (isNeeded ? put : .unset))
    }
  }

  @Test("two partners may call different things the same")
  func twoPartners() throws {
    let (mine, other) = (status("A", .release), status("A", .deduct))
    try store.apply([.attendanceStatusesPut(AttendanceStatuses([mine], version: 1))])
    try store.apply(
      [.attendanceStatusesPut(AttendanceStatuses([other], version: 1))], of: otherPartner)
    #expect(try kept().all == [mine])
    #expect(try kept(otherPartner).all == [other])
  }
}
