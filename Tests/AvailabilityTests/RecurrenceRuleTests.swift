import Availability
import Intervals
import Testing

@Suite struct RecurrenceRuleTests {
  private func rule(_ text: String) throws -> RecurrenceRule { try RecurrenceRule(text) }

  private func objection(_ text: String) -> String? {
    do {
      _ = try RecurrenceRule(text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("a rule is read from RFC 5545's text, and the text is the same again")  // B-8
  func read() throws {
    let weekly = try rule("FREQ=WEEKLY;INTERVAL=2;COUNT=10;BYDAY=MO,TH")
    #expect(weekly.frequency == .weekly)
    #expect(weekly.interval == 2)
    #expect(weekly.end == .count(10))
    #expect(weekly.count == 10)
    #expect(weekly.days == [.init(.monday), .init(.thursday)])
    for text in [
      "FREQ=WEEKLY;INTERVAL=2;COUNT=10;BYDAY=MO,TH", "FREQ=DAILY;COUNT=1", "FREQ=MONTHLY;COUNT=400",
      "FREQ=DAILY;INTERVAL=99;UNTIL=20270301", "FREQ=WEEKLY;UNTIL=20270301T090000Z",
      "FREQ=MONTHLY;UNTIL=00010101", "FREQ=MONTHLY;UNTIL=99991231T235959Z",
      "FREQ=MONTHLY;COUNT=3;BYDAY=MO,1MO,5MO,-5MO,-1MO,2TU,-1FR",
      "FREQ=DAILY;COUNT=3;BYDAY=MO,TU,WE,TH,FR,SA,SU",
    ] {
      #expect(try rule(text).text == text)
    }
  }

  @Test("rules that mean the same have one text, however they were written")  // B-8
  func canonical() throws {
    let written = [
      "RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=MO,TH", "BYDAY=TH,MO;COUNT=10;FREQ=WEEKLY",
      "FREQ=WEEKLY;INTERVAL=1;COUNT=010;WKST=MO;BYDAY=TH,MO,TH", "freq=weekly;count=10;byday=mo,th",
    ]
    for text in written {
      #expect(try rule(text).text == "FREQ=WEEKLY;COUNT=10;BYDAY=MO,TH")
      #expect(try rule(text) == rule(written[0]))
    }
    #expect(
      try rule("FREQ=MONTHLY;COUNT=2;BYDAY=-1FR,+1MO").text == "FREQ=MONTHLY;COUNT=2;BYDAY=1MO,-1FR"
    )
  }

  @Test("UNTIL is a day that is included, or an instant")  // B-8
  func until() throws {
    #expect(try rule("FREQ=DAILY;UNTIL=20280229").end == .lastDay(day("2028-02-29")))
    let nine = utc("2027-03-01T09:00Z").instant
    #expect(try rule("FREQ=DAILY;UNTIL=20270301T090000Z").end == .lastStart(nine))
    #expect(
      try rule("FREQ=DAILY;UNTIL=20270301T090059Z").end == .lastStart(nine.advanced(byMs: 59_000)))
    #expect(
      try rule("FREQ=DAILY;UNTIL=19691231T235959Z").end == .lastStart(Instant(msSinceEpoch: -1_000))
    )
    let made = try RecurrenceRule(.daily, end: .lastStart(nine.advanced(byMs: 999)))
    #expect(made.text == "FREQ=DAILY;UNTIL=20270301T090000Z")
    #expect(try rule(made.text) == made)
  }

  @Test(
    "what is not understood or not allowed is refused, naming the part and what was expected",
    arguments: [
      ("", "rule: expected parts like COUNT=10 with ; between them, got nothing"),
      ("FREQ", "rule: expected parts like COUNT=10 with ; between them, got FREQ"),
      (
        "FREQ=DAILY;COUNT=3;", "rule: expected parts like COUNT=10 with ; between them, got nothing"
      ),
      ("FREQ=DAILY;=3", "rule: expected parts like COUNT=10 with ; between them, got =3"),
      ("COUNT=3", "FREQ: expected DAILY, WEEKLY or MONTHLY, got nothing"),
      ("FREQ=YEARLY;COUNT=3", "FREQ: expected DAILY, WEEKLY or MONTHLY, got YEARLY"),
      ("FREQ=DAILY", "COUNT: expected one of COUNT and UNTIL, got neither"),
      ("FREQ=DAILY;COUNT=3;UNTIL=20270301", "UNTIL: expected one of COUNT and UNTIL, got both"),
      ("FREQ=DAILY;COUNT=0", "COUNT: expected 1 to 400, got 0"),
      ("FREQ=DAILY;COUNT=401", "COUNT: expected 1 to 400, got 401"),
      ("FREQ=DAILY;COUNT=+3", "COUNT: expected 1 to 400, got +3"),
      ("FREQ=DAILY;COUNT=", "COUNT: expected 1 to 400, got nothing"),
      ("FREQ=DAILY;COUNT=3=3", "COUNT: expected 1 to 400, got 3=3"),
      (
        "FREQ=DAILY;COUNT=99999999999999999999999",
        "COUNT: expected 1 to 400, got 99999999999999999999999"
      ),
      ("FREQ=DAILY;COUNT=3;COUNT=3", "COUNT: expected once"),
      ("FREQ=DAILY;COUNT=3;INTERVAL=0", "INTERVAL: expected 1 to 99, got 0"),
      ("FREQ=DAILY;COUNT=3;INTERVAL=100", "INTERVAL: expected 1 to 99, got 100"),
      ("FREQ=DAILY;COUNT=3;INTERVAL=-1", "INTERVAL: expected 1 to 99, got -1"),
      ("FREQ=DAILY;COUNT=3;WKST=SU", "WKST: expected MO, got SU"),
      (
        "FREQ=WEEKLY;COUNT=3;BYDAY=",
        "BYDAY: expected MO to SU, with a comma between them, got nothing"
      ),
      (
        "FREQ=WEEKLY;COUNT=3;BYDAY=MO,",
        "BYDAY: expected MO to SU, with a comma between them, got nothing"
      ),
      (
        "FREQ=WEEKLY;COUNT=3;BYDAY=XX",
        "BYDAY: expected MO to SU, with a comma between them, got XX"
      ),
      (
        "FREQ=MONTHLY;COUNT=3;BYDAY=-MO",
        "BYDAY: expected MO to SU, with a comma between them, got -MO"
      ),
      (
        "FREQ=MONTHLY;COUNT=3;BYDAY=1 MO",
        "BYDAY: expected MO to SU, with a comma between them, got 1 MO"
      ),
      ("FREQ=WEEKLY;COUNT=3;BYDAY=1MO", "BYDAY: expected weekdays without a number, got 1MO"),
      ("FREQ=DAILY;COUNT=3;BYDAY=-1MO", "BYDAY: expected weekdays without a number, got -1MO"),
      (
        "FREQ=MONTHLY;COUNT=3;BYDAY=6MO",
        "BYDAY: expected 1 to 5 or -5 to -1 before a weekday, got 6MO"
      ),
      (
        "FREQ=MONTHLY;COUNT=3;BYDAY=0MO",
        "BYDAY: expected 1 to 5 or -5 to -1 before a weekday, got 0MO"
      ),
      (
        "FREQ=MONTHLY;COUNT=3;BYDAY=-6MO",
        "BYDAY: expected 1 to 5 or -5 to -1 before a weekday, got -6MO"
      ),
    ])
  func refused(text: String, expected: String) {  // B-8
    #expect(objection(text) == expected)
  }

  @Test(
    "parts of RFC 5545 that a practice does not need are refused by name",  // B-8
    arguments: [
      "BYMONTHDAY=1", "BYSETPOS=-1", "BYHOUR=9", "BYMINUTE=0", "BYSECOND=0", "BYYEARDAY=1",
      "BYWEEKNO=1", "BYMONTH=1", "RSCALE=GREGORIAN", "SKIP=OMIT", "X=1",
    ])
  func unsupported(part: String) {
    let name = part.prefix { $0 != "=" }
    #expect(
      objection("FREQ=MONTHLY;COUNT=3;\(part)")
        == "\(name): expected only FREQ, INTERVAL, COUNT, UNTIL, BYDAY and WKST")
  }

  @Test(
    "an UNTIL that is no day or no UTC time is refused",  // B-8
    arguments: [
      "", "2027", "20270229", "20271301", "2027-03-01", "20270301T090000", "20270301T240000Z",
      "20270301T096000Z", "20270301T090060Z", "20270301T0900Z", "20270301 090000Z", "00000101",
      "20270301T09000٣Z",
    ])
  func badUntil(text: String) {
    #expect(
      objection("FREQ=DAILY;UNTIL=\(text)")
        == "UNTIL: expected a date as 20270301 or a UTC time as 20270301T090000Z, got "
        + (text.isEmpty ? "nothing" : text))
  }

  @Test("an error repeats only the beginning of what was written, and very long texts are not read")
  func long() {  // B-8
    let name = String(repeating: "A", count: 100)
    #expect(
      objection("\(name)=1")
        == "\(name.prefix(40)): expected only FREQ, INTERVAL, COUNT, UNTIL, BYDAY and WKST")
    #expect(
      objection("FREQ=\(name);COUNT=1")
        == "FREQ: expected DAILY, WEEKLY or MONTHLY, got \(name.prefix(40))")
    let all = "FREQ=DAILY;COUNT=1;BYDAY=MO" + String(repeating: ",MO", count: 200)
    #expect(objection(all) == "rule: expected at most 500 bytes")
  }

  @Test("rules that are made of parts are held to the same limits")  // B-8
  func parts() {
    func objection(
      _ frequency: RecurrenceRule.Frequency = .monthly, interval: Int = 1,
      end: RecurrenceRule.End = .count(1), days: [RecurrenceRule.Day] = []
    ) -> String? {
      do {
        _ = try RecurrenceRule(frequency, interval: interval, end: end, days: days)
        return nil
      } catch {
        return error.part
      }
    }
    #expect(objection() == nil)
    #expect(objection(interval: 0) == "INTERVAL")
    #expect(objection(end: .count(401)) == "COUNT")
    #expect(objection(days: [.init(.monday, ordinal: 6)]) == "BYDAY")
    #expect(objection(days: [.init(.monday, ordinal: 0)]) == "BYDAY")
    #expect(objection(days: [.init(.monday, ordinal: .min)]) == "BYDAY")
    #expect(objection(.weekly, days: [.init(.monday, ordinal: 1)]) == "BYDAY")
    #expect(objection(end: .lastDay(CivilDate(daysSinceEpoch: .max))) == "UNTIL")
    #expect(objection(end: .lastStart(Instant(msSinceEpoch: .max))) == "UNTIL")
    #expect(objection(end: .lastStart(Instant(msSinceEpoch: .min))) == "UNTIL")
  }
}
