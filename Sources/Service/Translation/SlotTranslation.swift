internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import SwiftProtobuf
internal import Wire

extension Translation {
  private static let searchDaysMax: Int64 = 366
  private static let therapistsMax = 1_000

  func search(
    _ message: Seduta_V1_SlotsSearchRequest, from caller: Caller
  ) throws -> SlotSearch {
    var reader = FieldReader(zones: zones)
    let range = range(message, now: caller.now, &reader)
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

  private func range(
    _ message: Seduta_V1_SlotsSearchRequest, now: Instant, _ reader: inout FieldReader
  ) -> Span? {
    let from = message.fromMs == 0 ? now : reader.instant(message.fromMs, "from_ms")
    guard message.untilMs != 0 else {
      reader.fault("until_ms", "expected milliseconds since 1970-01-01T00:00:00Z; it is required")
      return nil
    }
    guard let from, let until = reader.instant(message.untilMs, "until_ms") else { return nil }
    let days = (until.msSinceEpoch - from.msSinceEpoch) / 86_400_000
    guard from < until, days <= Translation.searchDaysMax,
      let first = Minute(atOrAfter: from), let end = Minute(atOrAfter: until)
    else {
      reader.fault(
        "until_ms",
        "expected later than from_ms (which is now where it is 0), by at most "
          + "\(Translation.searchDaysMax) days")
      return nil
    }
    // Less than a minute with no whole minute in it holds no start: the minute after it is out of it.
    return Span(from: first, to: max(end, first.advanced(byMinutes: 1)))
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
    guard let therapist, let service, let location, let start else {
      throw Malformed(faults: reader.faults)
    }
    return try reader.finish(
      SlotCheck(
        therapist: therapist, service: service, location: location, room: room, start: start,
        client: client, moment: Moment(now: caller.now, role: caller.actor.role)))
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
