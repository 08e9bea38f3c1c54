internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import SwiftProtobuf
internal import Wire

extension Translation {
  private static let searchDaysMax: Int64 = 366
  private static let lookupDaysMax: Int64 = 62
  private static let therapistsMax = 1_000

  func search(
    _ message: Seduta_V1_SlotsSearchRequest, from caller: Caller
  ) throws -> SlotSearch {
    var reader = FieldReader(zones: zones)
    let range = range(
      from: message.fromMs, until: message.untilMs, daysMax: Translation.searchDaysMax,
      now: caller.now, &reader)
    let filter = filter(message.filter, &reader)
    let isSingle = message.filter.therapistIds.count == 1
    let limit = reader.pageSize(message.pageSize, "page_size", standard: isSingle ? 1_000 : 20)
    var request = message
    request.pageToken = ""
    request.pageSize = 0
    var after: SlotCursor?
    if !message.pageToken.isEmpty {
      after = reader.parsed(
        message.pageToken, "page_token", "the next_page_token of a page of the same search"
      ) { token in
        guard let binding: [UInt8] = try? request.serializedBytes() else { return nil }
        return PageToken.cursor(token, query: binding).flatMap(SlotCursor.init(text:))
      }
    }
    let query = try reader.finish(
      range.map {
        SlotQuery(
          range: $0, filter: filter, limit: limit, after: after,
          moment: Moment(now: caller.now, role: caller.actor.role))
      })
    return SlotSearch(query: query, isSingleTherapist: isSingle, request: request)
  }

  func range(
    from fromMs: Int64, until untilMs: Int64, daysMax: Int64, now: Instant,
    _ reader: inout FieldReader
  ) -> Span? {
    let from = fromMs == 0 ? now : reader.instant(fromMs, "from_ms")
    guard untilMs != 0 else {
      reader.fault("until_ms", "expected milliseconds since 1970-01-01T00:00:00Z; it is required")
      return nil
    }
    guard let from, let until = reader.instant(untilMs, "until_ms") else { return nil }
    let days = (until.msSinceEpoch - from.msSinceEpoch) / 86_400_000
    guard from < until, days <= daysMax,
      let first = Minute(atOrAfter: from), let end = Minute(atOrAfter: until)
    else {
      reader.fault(
        "until_ms",
        "expected later than from_ms (which is now where it is 0), by at most "
          + "\(daysMax) days")
      return nil
    }
    // Less than a minute with no whole minute in it holds no start. Nor does one that has passed.
    return Span(from: first, to: end) ?? Span(from: Minute(sinceEpoch: 0), lastingMinutes: 1)
  }

  private func filter(
    _ message: Seduta_V1_SlotFilter, _ reader: inout FieldReader
  ) -> SlotFilter {
    func given(_ text: String) -> String? { text.isEmpty ? nil : text }
    let mode: SessionMode? =
      message.mode == .unspecified ? nil : reader.mode(message.mode, "filter.mode")
    return SlotFilter(
      therapists: reader.ids(
        message.therapistIds, "filter.therapist_ids", countMax: Translation.therapistsMax,
        mayRepeat: true),
      service: reader.optionalID(message.serviceID, "filter.service_id"),
      serviceKind: given(message.serviceKind),
      location: reader.optionalID(message.locationID, "filter.location_id"), mode: mode,
      language: given(message.language), speciality: given(message.speciality),
      city: given(message.city), insurer: given(message.insurer),
      priceMin: message.hasPriceMin ? price(message.priceMin, "filter.price_min", &reader) : nil,
      priceMax: message.hasPriceMax ? price(message.priceMax, "filter.price_max", &reader) : nil)
  }

  private func price(
    _ message: Seduta_V1_Money, _ field: String, _ reader: inout FieldReader
  ) -> Price? {
    reader.money(message, field).map {
      Price(minorUnits: $0.minorUnits, currency: $0.currency.code)
    }
  }

  func check(
    _ message: Seduta_V1_SlotsCheckRequest, from caller: Caller
  ) throws -> SlotCheck {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.id(message.therapistID, "therapist_id")
    let service: ServiceID? = reader.id(message.serviceID, "service_id")
    let location: LocationID? = reader.id(message.locationID, "location_id")
    let room: RoomID? = reader.optionalID(message.roomID, "room_id")
    let start = reader.start(message.startMs, "start_ms")
    let client: ClientID? = reader.optionalID(message.clientID, "client_id")
    let overrides = reader.overrides(message.overrides, "overrides")
    let hold: HoldID? = reader.optionalID(message.holdID, "hold_id")
    guard let therapist, let service, let location, let start else {
      throw Malformed(faults: reader.faults)
    }
    return try reader.finish(
      SlotCheck(
        therapist: therapist, service: service, location: location, room: room, start: start,
        client: client, overrides: overrides, hold: hold,
        moment: Moment(now: caller.now, role: caller.actor.role)))
  }
}

extension Translation {
  func lookup(
    _ message: Seduta_V1_SlotsBatchLookupRequest, from caller: Caller
  ) throws(Malformed) -> SlotLookup {
    var reader = FieldReader(zones: zones)
    if message.therapistIds.isEmpty {
      reader.fault("therapist_ids", "expected 1 to \(Translation.therapistsMax); required")
    }
    let therapists: [TherapistID] = reader.ids(
      message.therapistIds, "therapist_ids", countMax: Translation.therapistsMax)
    let kind: SlotLookup.Kind?
    switch message.kind {
    case .firstFree: kind = .firstFree
    case .days: kind = .days
    case .unspecified, .UNRECOGNIZED:
      reader.fault(
        "kind", "expected BATCH_LOOKUP_KIND_FIRST_FREE or BATCH_LOOKUP_KIND_DAYS; it is required")
      kind = nil
    }
    let range = range(
      from: message.fromMs, until: message.untilMs,
      daysMax: kind == .days ? Translation.lookupDaysMax : Translation.searchDaysMax,
      now: caller.now, &reader)
    if !message.filter.therapistIds.isEmpty {
      reader.fault(
        "filter.therapist_ids", "expected none here: therapist_ids says whom to look up")
    }
    var narrowed = message.filter
    narrowed.therapistIds = []
    let filter = filter(narrowed, &reader)
    guard let kind, let range else { throw Malformed(faults: reader.faults) }
    return try reader.finish(
      SlotLookup(
        kind: kind, therapists: therapists,
        from: message.fromMs == 0 ? caller.now : Instant(msSinceEpoch: message.fromMs),
        until: Instant(msSinceEpoch: message.untilMs),
        range: range, filter: filter, moment: Moment(now: caller.now, role: caller.actor.role)))
  }
}

extension SlotCursor {
  /// As it travels inside a page token.
  var text: String {
    "\(start.sinceEpoch) \(therapist) \(service) \(location)"
  }

  init?(text: String) {
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count == 4, let minute = Int32(parts[0]), let therapist = TherapistID(parts[1]),
      let service = ServiceID(parts[2]), let location = LocationID(parts[3])
    else { return nil }
    self.init(
      start: Minute(sinceEpoch: minute), therapist: therapist, service: service, location: location)
  }
}
