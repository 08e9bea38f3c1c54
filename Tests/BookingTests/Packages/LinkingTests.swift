internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct LinkingTests {
  private func practice(_ posting: PackagePosting = .byProcedure) -> Practice {
    var practice = Practice()
    practice.perform(ownStatuses)
    practice.perform(making(template(posting)))
    return practice
  }

  private let threeDays = [
    line("2026-11-24", isFirst: true), line("2026-11-25"),
    line("2026-11-26") {
      $0.minuteOfDay = 660
      $0.therapist = bruno
    },
  ]

  @Test(
    "what is set at linking goes to every appointment of that call; the phone is the client's"
  )  // K-2
  func details() throws {
    var practice = practice()
    let outcome = try #require(
      practice.perform(
        linking {
          $0.details = VisitDetails(insurer: "AXA", authorisationNumber: "A-7", notes: "left")
          $0.room = redRoom
          $0.smsLeadMinutes = 90
          $0.lines.lines = threeDays
        }
      ).linked)
    let details = VisitDetails(
      insurer: "AXA", authorisationNumber: "A-7", phone: "+390612345678", notes: "left")
    #expect(outcome.link.details == details)
    #expect(outcome.appointments.map(\.package?.details) == [details, details, details])
    #expect(outcome.appointments.map(\.smsLeadMinutes) == [90, 90, 90])
    #expect(outcome.appointments.map(\.room) == [redRoom, redRoom, redRoom])
    #expect(practice.facts.links[linkID()] == outcome.link)
  }

  @Test("a later booking takes the link's details as they are then, and its length")  // K-2 K-3
  func later() {
    var practice = Practice(.byProcedure, template: { $0.durationMinutes = 40 })
    practice.perform(editing { $0.insurer = "AXA" })
    let booked = practice.perform(bookingOf(inRome("2026-11-24T10:00"))).booked
    #expect(booked?.package?.details.insurer == "AXA")
    #expect(booked?.span.lengthMinutes == 40)
    #expect(booked?.price == euro(0) && booked?.plan == .onSite)
    #expect(booked?.paymentStatus == PaymentStatus.none)
  }

  @Test("the first line fills the others unless they say otherwise; several therapists")  // K-3 K-2
  func lines() throws {
    var practice = practice()
    let decision = practice.perform(linking { $0.lines.lines = threeDays })
    let sessions = try #require(decision.linked?.appointments)
    #expect(
      sessions.map { rome.local($0.span.start).description }
        == ["2026-11-24T10:00", "2026-11-25T10:00", "2026-11-26T11:00"])
    #expect(sessions.map(\.therapist) == [anna, anna, bruno])
    #expect(sessions.map(\.service) == [individual, individual, couple])
    #expect(practice.balance() == [1, 3, 0, 0, 0])
    #expect(decision.linked?.link.balance.reserved == 3)
    #expect(Set(practice.facts.therapies.keys) == [CarePair(anna, carlo), CarePair(bruno, carlo)])
    #expect(Set(practice.facts.therapies.values.map(\.id)).count == 2)
    #expect(
      decision.notices.map(\.kind)
        == [.packageLinked, .bookingConfirmed, .bookingConfirmed, .bookingConfirmed])
    #expect(
      decision.notices.map(\.recipient)
        == [.client(carlo), .therapist(anna), .therapist(anna), .therapist(bruno)])
  }

  @Test(
    "all dates or none: each is told of, in order; lines collide with those before them"
  )  // K-3
  func allOrNone() {
    let wish = linking {
      $0.lines.lines = [
        line("2026-11-24", isFirst: true), line("2026-11-25") { $0.minuteOfDay = 180 },
        line("2026-11-24"), line("2027-03-28") { $0.minuteOfDay = 150 },
      ]
    }
    let refused = practice().decide(wish)
    #expect(refused.bookableLines == [true, false, false, false])
    guard case .packageLinesUnbookable(let reports) = refused.refusal else {
      Issue.record("expected reports")
      return
    }
    #expect(reports.map { $0.discrepancies.map(\.kind).isEmpty } == [true, false, false, true])
    #expect(reports.last?.omission == .gap && reports.last?.start == nil)
    #expect(reports.allSatisfy { $0.appointment == nil })
    let tried = practice().decide(wish, validateOnly: true)
    #expect(tried.change?.events == [])
    #expect(tried.linked?.lines.map(\.isBookable) == [true, false, false, false])
  }

  @Test(
    "a line's status counts at once: deducting, releasing, or neither")  // K-3 K-6
  func status() throws {
    for posting in [PackagePosting.byProcedure, .total(euro(1_000)), .total(euro(0))] {
      var practice = practice(posting)
      let sessions = try #require(
        practice.perform(
          linking {
            $0.lines.lines = [
              line("2026-11-24", isFirst: true) { $0.status = "LATE" },
              line("2026-11-25") { $0.status = "EXCUSED" },
              line("2026-11-26") { $0.status = "NOTED" }, line("2026-11-27"),
            ]
          }
        ).linked?.appointments)
      #expect(sessions.map(\.attendance.code) == ["LATE", "EXCUSED", "NOTED", ""])
      #expect(sessions.map(\.package?.session) == [.attended, .released, .reserved, .reserved])
      #expect(practice.balance() == [1, 2, 1, 0, 0])
    }
    #expect(
      practice().decide(
        linking { $0.lines.lines = [line("2026-11-24", isFirst: true) { $0.status = "WHAT" }] }
      ).faults == ["lines[0].status"])
  }

  @Test("no more dates than sessions, none from the end of the validity on")  // K-4 K-6 K-1
  func most() {
    var practice = practice()
    func wish(_ sessions: Int32) -> Wanted {
      linking {
        $0.sessions = sessions
        $0.lines.lines = threeDays
      }
    }
    #expect(practice.decide(wish(3)).refusal == nil)
    #expect(practice.decide(wish(2)).refusal == .packageUsedUp(linkID(), available: 2))
    practice.perform(changing(template { $0.validityDays = 1 }, [.validityDays]))
    let end = practice.now.advanced(byMs: 86_400_000)
    #expect(practice.decide(wish(4)).refusal == .packageExpires(linkID(), at: end))
  }

  @Test(
    "the first line has time and therapist; a service is the package's and the therapist's"
  )  // K-3
  func faults() {
    let practice = practice()
    func faults(_ change: (inout PackageLines.Line) -> Void) -> [String] {
      practice.decide(linking { $0.lines.lines = [line("2026-11-24", isFirst: true, change)] })
        .faults
    }
    #expect(faults { $0.minuteOfDay = nil } == ["lines[0].time"])
    #expect(faults { $0.therapist = nil } == ["lines[0].therapist_id"])
    #expect(faults { $0.service = firstTalk } == ["lines[0].service_id"])
    #expect(
      practice.decide(
        linking { $0.lines.lines = [line("2026-11-24", isFirst: true) { $0.service = couple }] }
      ).refusal == .notFound(id: couple.text, field: "lines[0].service_id"))
  }

  @Test("a therapist links what has one of their services, with sessions of their own")  // K-2
  func therapists() {
    var practice = practice()
    let wish = linking { $0.lines.lines = threeDays }
    #expect(
      practice.decide(wish, by: .therapist(anna)).refusal
        == .notFound(id: bruno.text, field: "lines[2].therapist_id"))
    #expect(practice.decide(linking(), by: .therapist(anna)).refusal == nil)
    practice.perform(changing(template { $0.services = [couple] }, [.services]))
    #expect(
      practice.decide(linking(), by: .therapist(anna)).refusal
        == .notFound(id: packageID().text, field: "package_id"))
  }

  @Test("by procedure nothing is posted at linking; by total value the sum is, paid or not")  // K-5
  func posted() throws {
    var practice = practice()
    #expect(practice.perform(linking()).change?.transfers == [])
    #expect(practice.link()?.benefit == nil)
    var other = self.practice(.total(euro(1_000)))
    let linked = other.perform(
      linking {
        $0.payment = .byHand(method: "cash", amount: euro(400))
        $0.lines.lines = [line("2026-11-24", isFirst: true)]
      })
    #expect(linked.linked?.outstanding == euro(600))
    #expect(other.benefit(ofLink: 1)?.sessionsLeft == 3)
    #expect(linked.linked?.appointments.first?.price == euro(250))
    #expect(linked.linked?.appointments.first?.paymentStatus == .paid)
    #expect(try other.books.balance(.client, of: carlo.text) == 600)
  }

  @Test("by a total of nothing sessions are free, and counted all the same")  // K-1 K-6
  func free() {
    var practice = practice(.total(euro(0)))
    practice.perform(linking { $0.lines.lines = [line("2026-11-24", isFirst: true)] })
    #expect(practice.link()?.benefit == nil)
    #expect(practice.facts.appointments.values.first?.plan == .free)
    #expect(practice.balance() == [3, 1, 0, 0, 0])
  }
}
