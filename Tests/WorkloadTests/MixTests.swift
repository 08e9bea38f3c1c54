internal import Testing
internal import Workload

struct MixTests {
  @Test("shares are 0 or more and make 100 %")
  func shares() {
    #expect(Mix(searchPercent: 90, searchManyPercent: 5, bookPercent: 5) == .mixed)
    #expect(Mix(searchPercent: 90, searchManyPercent: 5, bookPercent: 4) == nil)
    #expect(Mix(searchPercent: 101, searchManyPercent: 0, bookPercent: -1) == nil)
  }

  @Test(
    "workers share therapists and clients out: all of them, none twice", arguments: [1, 2, 3, 7])
  func population(workers: Int) {
    let whole = Population(
      offerings: (0..<7).map {
        Offering(therapistID: "thr_\($0)", serviceID: "svc_\($0)", serviceKind: "individual")
      },
      clientIDs: (0..<20).map { "cli_\($0)" })
    let shares = (0..<workers).map { whole.share($0, of: workers) }
    #expect(shares.allSatisfy { !$0.offerings.isEmpty && !$0.clientIDs.isEmpty })
    #expect(shares.flatMap(\.clientIDs).sorted() == whole.clientIDs.sorted())
    #expect(
      shares.flatMap(\.offerings).map(\.therapistID).sorted()
        == whole.offerings.map(\.therapistID).sorted())
  }
}
