internal import Accounting
internal import Availability
internal import Booking
internal import Demo
internal import Testing

@Suite struct DemoDirectoryTests {
  @Test("therapists are shared out evenly among five cities, each with its own currency")
  func cities() throws {
    let population = try population(therapists: 62)
    for (zone, currency) in currencies {
      let therapists = population.therapists.filter { $0.zoneName == zone }
      #expect(therapists.count == 12 || therapists.count == 13)
      let ids = Set(therapists.map(\.id))
      let services = population.services.filter { ids.contains($0.therapist) }
      #expect(Set(services.map(\.price.currency.code)) == [currency])
    }
    #expect(
      Set(population.locations.map(\.city))
        == ["Rome", "Warsaw", "Bucharest", "Vienna", "São Paulo", ""])
  }

  @Test("each country has one place online, several offices, and rooms by ones to sixes")
  func locations() throws {
    let locations = try population().locations
    #expect(locations.filter { $0.mode == .online }.count == 5)
    for location in locations where location.mode == .online {
      #expect(location.rooms.isEmpty && location.address.isEmpty && location.city.isEmpty)
    }
    let offices = locations.filter { $0.mode == .inPerson }
    #expect(offices.allSatisfy { (1...6).contains($0.rooms.count) && !$0.address.isEmpty })
    for (_, ofCity) in Dictionary(grouping: offices, by: \.city) {
      #expect(ofCity.contains { $0.rooms.count == 1 } && ofCity.contains { $0.rooms.count > 1 })
    }
    let rooms = offices.flatMap(\.rooms).map(\.id)
    #expect(Set(rooms).count == rooms.count)
  }

  @Test("50 minutes are the most common length of a session")
  func lengths() throws {
    let services = try population().services
    let lengths = Dictionary(grouping: services, by: \.durationMinutes).mapValues(\.count)
    #expect(Set(lengths.keys) == [20, 50, 80, 90])
    #expect(lengths[50, default: 0] * 2 > services.count)
    for service in services {
      switch service.kind {
      case "individual": #expect(service.durationMinutes == 50)
      case "couple": #expect([80, 90].contains(service.durationMinutes))
      case "first_visit": #expect([20, 50].contains(service.durationMinutes))
      default: Issue.record("unexpected kind \(service.kind)")
      }
    }
  }

  @Test("what is free costs nothing, and only that")  // P-1
  func plans() throws {
    for service in try population().services {
      #expect((service.plan == .free) == service.price.isZero)
      #expect((service.plan == .free) == (service.durationMinutes == 20))
    }
  }

  @Test("prices are within what is usual in their city, and differ")
  func prices() throws {
    let population = try population()
    let usual: [String: ClosedRange<Int64>] = [
      "Europe/Rome": 60...90, "Europe/Warsaw": 180...260, "Europe/Bucharest": 200...350,
      "Europe/Vienna": 90...150, "America/Sao_Paulo": 150...350,
    ]
    for (zone, range) in usual {
      let ids = Set(population.therapists.filter { $0.zoneName == zone }.map(\.id))
      let prices = population.services
        .filter { ids.contains($0.therapist) && $0.kind == "individual" }.map(\.price.minorUnits)
      #expect(prices.allSatisfy { range.contains($0 / 100) && $0.isMultiple(of: 100) })
      #expect(Set(prices).count > 3)
    }
  }

  @Test("every session can be had where and as its therapist works")  // S-1
  func services() throws {
    let population = try population()
    let modes = Dictionary(uniqueKeysWithValues: population.locations.map { ($0.id, $0.mode) })
    for therapist in population.therapists {
      let services = population.services.filter { $0.therapist == therapist.id }
      #expect(services.contains { $0.kind == "individual" })
      #expect(
        services.contains { $0.kind == "couple" } == therapist.specialities.contains("couples"))
      for service in services {
        #expect(!service.locations.isEmpty)
        for location in service.locations {
          #expect(modes[location] == service.mode && therapist.locations.contains(location))
        }
      }
    }
    let twoOffices = population.therapists.filter { therapist in
      therapist.locations.filter { modes[$0] == .inPerson }.count == 2
    }
    #expect(twoOffices.count >= 5)
  }

  @Test("therapists speak their country's language, some English too; names have their marks")
  func people() throws {
    let therapists = try population().therapists
    let languages = Dictionary(grouping: therapists, by: { $0.languages[0] })
    #expect(Set(languages.keys) == ["it", "pl", "ro", "de", "pt-BR"])
    let english = therapists.filter { $0.languages.contains("en") }.count
    #expect((12...36).contains(english))
    let marked = therapists.filter { !$0.displayName.utf8.allSatisfy { $0 < 0x80 } }
    #expect(marked.count > 15)
    #expect(therapists.allSatisfy { (2...5).contains($0.specialities.count) })
    #expect(
      therapists.contains { $0.insurers.isEmpty } && therapists.contains { !$0.insurers.isEmpty })
  }

  @Test("as long as there are names, no two therapists have the same")
  func names() throws {
    let names = try population(therapists: 1_000, weeks: 0).therapists.map(\.displayName)
    #expect(Set(names).count == names.count)
  }

  @Test("half hours are the usual grid; quarters, hours and full hours are there too")  // S-3
  func grids() throws {
    let grids = try population().therapists.map(\.grid)
    #expect(grids.filter { $0 == .standard }.count * 2 > grids.count)
    #expect(grids.contains { $0.stepMinutes == 15 })
    #expect(grids.contains { $0.stepMinutes == 60 })
    #expect(grids.contains { $0.fullHoursOnly })
  }

  @Test("nobody works on Sundays, at night, above ten hours a day or 48 a week")  // S-8
  func hours() throws {
    let population = try population()
    for schedule in population.schedules {
      let openings = merged(schedule.windows)
      #expect(!openings.isEmpty)
      for opening in openings {
        #expect(opening.weekday != .sunday)
        #expect(opening.opens >= 7 * 60 && opening.closes <= 21 * 60)
      }
      let days = Dictionary(grouping: openings, by: \.weekday)
        .mapValues { $0.reduce(0) { $0 + $1.closes - $1.opens } }
      #expect(days.values.allSatisfy { $0 <= 600 })
      #expect(days.values.reduce(0, +) <= 48 * 60)
    }
  }

  @Test("nobody is at two offices on one day")  // S-8
  func oneOfficeADay() throws {
    let population = try population()
    let offices = Set(population.locations.filter { $0.mode == .inPerson }.map(\.id))
    for schedule in population.schedules {
      let inPerson = schedule.windows.filter { offices.contains($0.location) }
      for (_, windows) in Dictionary(grouping: inPerson, by: \.weekday) {
        #expect(Set(windows.map(\.location)).count == 1)
      }
    }
  }

  @Test("hours follow each country's custom")  // S-8
  func customs() throws {
    let population = try population()
    func openings(_ zone: String) throws -> [Opening] {
      try population.therapists.filter { $0.zoneName == zone }
        .flatMap { merged(try population.windows(of: $0.id)) }
    }
    let rome = try openings("Europe/Rome")
    #expect(rome.allSatisfy { $0.opens >= 14 * 60 || $0.closes <= 13 * 60 })
    #expect(rome.contains { $0.closes == 20 * 60 } && rome.contains { $0.weekday == .saturday })
    let vienna = try openings("Europe/Vienna")
    #expect(vienna.allSatisfy { $0.weekday != .friday || $0.closes <= 13 * 60 })
    #expect(try openings("America/Sao_Paulo").contains { $0.closes == 21 * 60 })
    #expect(try openings("Europe/Warsaw").allSatisfy { $0.closes <= 20 * 60 })
  }
}
