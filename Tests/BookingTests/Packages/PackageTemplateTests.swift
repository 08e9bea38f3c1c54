internal import Availability
internal import Booking
internal import Testing

struct PackageTemplateTests {
  private func put(_ change: (inout Package) -> Void) -> Decision {
    Practice().decide(making(template(.total(euro(20_000)), change)))
  }

  @Test("a template is made as it is said, its services in order and once")  // K-1
  func made() {
    var practice = Practice()
    practice.perform(
      making(template { $0.services = [individual, couple, individual] }))
    #expect(practice.facts.packages[packageID()]?.services == [individual, couple])
    #expect(practice.facts.packages[packageID()]?.version == 1)
    #expect(
      practice.decide(making(template())).refusal
        == .idTaken(id: packageID().text, field: "package.id"))
  }

  @Test(
    "sessions 1 to 1,000, each worth a minor unit or all for nothing; a service at least"
  )  // K-1
  func limits() {
    #expect(put { $0.sessions = 0 }.faults == ["package.sessions"])
    #expect(put { $0.sessions = 1 }.refusal == nil)
    #expect(put { $0.sessions = 1_000 }.refusal == nil)
    #expect(put { $0.sessions = 1_001 }.faults == ["package.sessions"])
    #expect(put { $0.posting = .total(euro(3)) }.faults == ["package.sessions"])
    #expect(put { $0.posting = .total(euro(4)) }.refusal == nil)
    #expect(put { $0.posting = .total(euro(0)) }.refusal == nil)
    #expect(put { $0.posting = .total(euro(-1)) }.faults.contains("package.price.minor_units"))
    #expect(put { $0.validityDays = 0 }.faults == ["package.validity_days"])
    #expect(put { $0.services = [] }.faults == ["package.service_ids"])
    let unknown = ServiceID(rawValue: 99)
    #expect(
      put { $0.services = [unknown] }.refusal
        == .notFound(id: unknown.text, field: "package.service_ids"))
  }

  @Test("a change takes what it names, and links that were made stay as they are")  // K-1 B-14
  func changed() {
    var practice = Practice(.byProcedure)
    var other = template(.total(euro(0)))
    other.sessions = 9
    other.name = "Nine"
    practice.perform(changing(other, [.sessions, .name]))
    let package = practice.facts.packages[packageID()]
    #expect(package?.sessions == 9 && package?.name == "Nine" && package?.version == 2)
    #expect(package?.posting == .byProcedure)
    #expect(practice.link()?.name == "Four sessions")
    #expect(practice.link()?.balance.total == 4)
    #expect(practice.decide(changing(other, [.name])).change?.events == [])
    #expect(
      practice.decide(changing(other, [.renews], seen: 1)).refusal
        == .staleVersion(id: packageID().text, seen: 1, current: 2))
  }

  @Test("no more links are made of an archived one; those that are there go on")  // K-1
  func archived() {
    var practice = Practice(.byProcedure)
    practice.perform(changing(template { $0.isArchived = true }, [.isArchived]))
    #expect(practice.decide(linking(2)).faults == ["package_id"])
    #expect(practice.decide(renewing(1, as: 2)).refusal == nil)
    #expect(practice.decide(bookingOf(inRome("2026-11-24T10:00"))).refusal == nil)
  }
}
