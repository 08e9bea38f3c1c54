internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import SedutaClient
internal import Service
internal import Storage
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Commands that are executed on a store without a server.
@Suite(.timeLimit(.minutes(1)))
struct SeedingTests {
  private let therapist = TherapistID(rawValue: 1)
  private let service = ServiceID(rawValue: 2)
  private let location = LocationID(rawValue: 3)
  private let client = ClientID(rawValue: 4)

  @Test("what is seeded is there for the server, as of the time given")
  func seeded() async throws {
    let house = try House()
    let at = Instant(msSinceEpoch: house.clock.nowMs - 30 * dayMs)
    // On that day it lay ahead: the time given decides, not the clock on the wall.
    let start = Minute(sinceEpoch: Int32((house.clock.nowMs - 20 * dayMs) / minuteMs))
    try Seeding.execute(
      try commands(of: house.partner, starts: [start]), on: try house.openStore(), at: at,
      zones: ZoneCatalogue(), logger: House.quiet)
    try await house.serve { server in
      let reader = try await server.client()
      let stands = try await reader.appointments.list(Seduta_V1_AppointmentsListRequest())
      #expect(stands.appointments.map(\.startTime.seconds) == [Int64(start.sinceEpoch) * 60])
      #expect(stands.appointments.map(\.createTime) == [.init(ms: at.msSinceEpoch)])
      let health = try await reader.health.check(Seduta_V1_HealthCheckRequest())
      #expect(health.therapists == 1)
      await reader.close()
    }
  }

  @Test("a command that is refused is reported, after all others were done")
  func refused() throws {
    let house = try House()
    let store = try house.openStore()
    let first = Minute(sinceEpoch: Int32((house.clock.nowMs + dayMs) / minuteMs))
    let starts = [first, first.advanced(byMinutes: 30), first.advanced(byMinutes: 60)]
    let failure = try #require(throws: Seeding.Refused.self) {
      try Seeding.execute(
        try commands(of: house.partner, starts: starts), on: store,
        at: Instant(msSinceEpoch: house.clock.nowMs), zones: ZoneCatalogue(), logger: House.quiet)
    }
    #expect(failure.description.contains("The therapist has another appointment."))
    let booked = try store.read {
      try $0.appointments(of: house.partner, matching: AppointmentQuery(limit: 10))
    }
    #expect(booked.map(\.span.start) == [starts[0], starts[2]])
  }

  /// A practice, a client, and a booking at each start.
  private func commands(of partner: PartnerID, starts: [Minute]) throws -> [Command] {
    let person = Person(
      name: "Ada Rossi", email: try #require(EmailAddress("ada@example.org")),
      phone: try #require(PhoneNumber("+390612345678")), language: try #require(LanguageTag("it")),
      zoneName: "Europe/Rome")
    let consent = Consent(version: "1", acceptedAt: Instant(msSinceEpoch: 1))
    var wishes: [Wanted] = [
      .putDirectory(try directory()),
      .registerClient(
        Registration(id: client, person: person, terms: consent, dataProcessing: consent),
        joining: therapist),
    ]
    wishes += starts.map { start in
      .book(
        BookingWish(
          therapist: therapist, service: service, location: location, room: nil, start: start,
          attendee: .registered(client), id: nil))
    }
    return wishes.map { Command(partner: partner, actor: .staff(name: "test"), wish: $0) }
  }

  private func directory() throws -> DirectoryPut {
    let place = Location(
      id: location, name: "Online", mode: .online, address: "", city: "", rooms: [], version: 1)
    let professional = Therapist(
      id: therapist, displayName: "Dr. Bianchi", zoneName: "Europe/Rome", languages: ["it"],
      specialities: [], insurers: [], locations: [location], grid: .standard, version: 1)
    let session = HealthcareService(
      id: service, therapist: therapist, name: "Session", kind: "individual", durationMinutes: 60,
      price: Money(minorUnits: 0, currency: try #require(Currency("EUR"))), mode: .online,
      locations: [location], plan: .free, gridStepMinutes: nil, fullHoursOnly: false, version: 1)
    let hours = try Weekday.allCases.map { weekday in
      try #require(
        WeeklyWindow(weekday: weekday, opensMinute: 0, closesMinute: 1_440, location: location))
    }
    let values: [DirectoryEntry] = [
      .location(place, Set(LocationField.allCases)),
      .therapist(professional, Set(TherapistField.allCases)),
      .service(session, Set(HealthcareServiceField.allCases)),
      .schedule(Schedule(therapist: therapist, windows: hours, version: 1)),
    ]
    return DirectoryPut(
      entries: values.enumerated().map { index, value in
        DirectoryPut.Entry(path: "entries[\(index)]", value: value, mode: .replace)
      }, isImport: true)
  }
}
