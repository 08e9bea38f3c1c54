internal import CWire
internal import Glibc
internal import Workload

/// Every reply to a search is read from its first byte to its last. Where no booking of this run can
/// contradict it and none of its starts is wanted, reading it in place is enough; else protobuf-c
/// decodes it. One in so many is read both ways, and both must say the same.
extension Judge {
  private static let decodedOneIn: UInt64 = 32
  private static let minuteMs: Int64 = 60_000

  mutating func judgeSearch(
    _ frame: cwire_frame, _ question: Auditor.Question, therapist: Int, arena: OpaquePointer
  ) {
    let needsStarts = generator.offersWanted > 0 || auditor.holdsAny(of: therapist)
    var skimmed = cwire_skimmed()
    let asked = cwire_question(
      from_ms: question.fromMs, until_ms: question.untilMs,
      therapist_id: names.therapistIDs[therapist], service_id: names.serviceIDs[therapist],
      starts_max: 0)
    let isSound = withUnsafePointer(to: asked) {
      cwire_skim_search(frame.bytes, frame.size, $0, &skimmed)
    }
    if isSound, !needsStarts, !isDecodedToo() { return }
    var reply = cwire_search_reply()
    guard cwire_decode_search(arena, frame.bytes, frame.size, &reply) else {
      return malformed("not a SlotsSearchResponse")
    }
    guard reply.start_count == 0 else {
      return malformed("a search of one therapist has starts outside its groups")
    }
    var read = cwire_skimmed()
    let offering = population.offerings[therapist]
    for place in 0..<reply.group_count {
      let group = cwire_slot_group_at(reply, place)
      guard strcmp(group.therapist_id, offering.therapistID) == 0,
        strcmp(group.service_id, offering.serviceID) == 0
      else { return malformed("a group of a therapist or service that was not asked for") }
      let starts = UnsafeBufferPointer(start: group.start_ms, count: group.start_count)
      read.add(starts)
      let durationMs = Int64(group.duration_minutes) * Self.minuteMs
      auditor.answered(question, therapist: therapist, durationMs: durationMs, starts: starts)
      remember(starts, of: group, therapist: therapist, durationMs: durationMs)
    }
    read.group_count = reply.group_count
    if isSound { compare(skimmed, read) }
  }

  mutating func judgeSearchMany(
    _ frame: cwire_frame, _ question: Auditor.Question, candidates: Int, arena: OpaquePointer
  ) {
    var skimmed = cwire_skimmed()
    let asked = cwire_question(
      from_ms: question.fromMs, until_ms: question.untilMs, therapist_id: nil, service_id: nil,
      starts_max: Templates.searchManyStartsMax)
    let isSound = withUnsafePointer(to: asked) {
      cwire_skim_search_many(frame.bytes, frame.size, $0, &skimmed)
    }
    if isSound, !auditor.holdsAny, !isDecodedToo() { return }
    var reply = cwire_search_reply()
    guard cwire_decode_search(arena, frame.bytes, frame.size, &reply) else {
      return malformed("not a SlotsSearchResponse")
    }
    guard reply.start_count == reply.group_index_count,
      reply.start_count <= Templates.searchManyStartsMax
    else {
      return malformed("\(reply.start_count) starts, \(reply.group_index_count) group indexes")
    }
    var previousMs: Int64?
    for place in 0..<reply.start_count {
      guard let group = group(of: place, in: reply) else { return malformed("a start of no group") }
      let therapist = therapistNumbers[String(cString: group.therapist_id)]
      guard let therapist, generator.isCandidate(therapist, in: candidates) else {
        return malformed("a start of a therapist who was not asked for")
      }
      let startMs = reply.start_ms[place]
      auditor.answered(
        question, therapist: therapist,
        durationMs: Int64(group.duration_minutes) * Self.minuteMs, startMs: startMs,
        previousMs: previousMs)
      previousMs = startMs
    }
    if isSound { compare(skimmed, cwire_skimmed(parallel: reply)) }
  }

  mutating func judgeLookup(
    _ frame: cwire_frame, _ question: Auditor.Question, therapists: [Int], arena: OpaquePointer
  ) {
    var skimmed = cwire_skimmed()
    let asked = cwire_question(
      from_ms: question.fromMs, until_ms: question.untilMs, therapist_id: nil, service_id: nil,
      starts_max: therapists.count)
    let isSound = withUnsafePointer(to: asked) {
      cwire_skim_lookup(frame.bytes, frame.size, $0, &skimmed)
    }
    if isSound, !auditor.holdsAny, !isDecodedToo() { return }
    var reply = cwire_search_reply()
    guard cwire_decode_lookup(arena, frame.bytes, frame.size, &reply) else {
      return malformed("not a SlotsBatchLookupResponse")
    }
    guard reply.start_count == therapists.count, reply.group_index_count == therapists.count else {
      return malformed("\(reply.start_count) first starts of \(therapists.count) therapists")
    }
    for (place, therapist) in therapists.enumerated() where reply.start_ms[place] != 0 {
      guard let group = group(of: place, in: reply) else { return malformed("a start of no group") }
      guard strcmp(group.therapist_id, names.therapistIDs[therapist]) == 0 else {
        return malformed("a first start of another therapist than the one in its place")
      }
      auditor.answered(
        question, therapist: therapist,
        durationMs: Int64(group.duration_minutes) * Self.minuteMs,
        startMs: reply.start_ms[place], previousMs: nil)
    }
    if isSound { compare(skimmed, cwire_skimmed(parallel: reply)) }
  }

  private mutating func isDecodedToo() -> Bool {
    searchesRead += 1
    return searchesRead % Self.decodedOneIn == 0
  }

  private mutating func compare(_ skimmed: cwire_skimmed, _ decoded: cwire_skimmed) {
    guard
      skimmed.group_count != decoded.group_count || skimmed.start_count != decoded.start_count
        || skimmed.start_sum != decoded.start_sum
    else { return }
    malformed("two readings of a reply differ: the harness is at fault")
  }

  private func group(of place: Int, in reply: cwire_search_reply) -> cwire_slot_group? {
    let index = Int(reply.group_index[place])
    return index < reply.group_count ? cwire_slot_group_at(reply, index) : nil
  }

  private mutating func remember(
    _ starts: UnsafeBufferPointer<Int64>, of group: cwire_slot_group, therapist: Int,
    durationMs: Int64
  ) {
    let wanted = min(generator.offersWanted, starts.count)
    guard wanted > 0 else { return }
    let offering = population.offerings[therapist]
    let locationID = String(cString: group.location_id)
    for _ in 0..<wanted {
      let startMs = starts[generator.pick(of: starts.count)]
      generator.offered(
        Slot(
          therapist: therapist, therapistID: offering.therapistID, serviceID: offering.serviceID,
          locationID: locationID, startMs: startMs, endMs: startMs + durationMs))
    }
  }
}

extension cwire_skimmed {
  /// What a decoded reply with parallel arrays holds.
  fileprivate init(parallel reply: cwire_search_reply) {
    self.init()
    group_count = reply.group_count
    add(UnsafeBufferPointer(start: reply.start_ms, count: reply.start_count))
  }

  fileprivate mutating func add(_ starts: UnsafeBufferPointer<Int64>) {
    start_count += starts.count
    for startMs in starts { start_sum &+= UInt64(bitPattern: startMs) }
  }
}
