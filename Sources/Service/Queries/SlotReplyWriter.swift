internal import Availability
internal import Intervals
internal import NIOCore
internal import SwiftProtobuf
internal import Wire

/// Writes pages of slots as frames. One for each connection: it keeps what stays the same from
/// reply to reply.
struct SlotReplyWriter {
  private struct Key: Hashable {
    let therapist: TherapistID
    let service: ServiceID
    let location: LocationID
  }

  private static let fragmentsMax = 1_024

  private var reply = SlotReply(.acrossTherapists)
  private var found = TherapistStarts()
  private var fragments: [Key: (group: SlotGroup, fragment: SlotGroupFragment)] = [:]

  /// Answers a search.
  ///
  /// - Throws: an `UnknownID`, and what SwiftProtobuf throws.
  mutating func answer(
    _ search: SlotSearch, of partner: PartnerID, from queries: SlotQueries, callID: UInt64,
    into buffer: inout ByteBuffer
  ) throws {
    if queries.gather(search, of: partner, into: &found) {
      reply.removeAll(.singleTherapist)
      try addGroups(of: found)
    } else {
      try add(try queries.search(search, of: partner).get(), of: search)
    }
    SlotReplyEncoder.write(reply, callID: callID, into: &buffer)
  }

  private mutating func addGroups(of found: TherapistStarts) throws {
    for index in 0..<found.groupCount {
      let fragment = try fragment(of: found.group(index))
      reply.groups.append(
        SlotReply.Group(fragment, startCount: found.startCount(ofGroup: index)))
    }
    found.starts.withStarts { starts in
      for start in starts { reply.startsMs.append(start.instant.msSinceEpoch) }
    }
  }

  private mutating func add(_ page: SlotPage, of search: SlotSearch) throws {
    if search.isSingleTherapist {
      reply.removeAll(.singleTherapist)
      try addGroupsWithStarts(of: page)
    } else {
      reply.removeAll(.acrossTherapists)
      for group in page.groups { reply.groups.append(SlotReply.Group(try fragment(of: group))) }
      for slot in page.slots {
        reply.startsMs.append(slot.start.instant.msSinceEpoch)
        reply.groupIndexes.append(UInt32(slot.group))
      }
    }
    if let next = page.next {
      reply.nextPageToken = PageToken.text(
        cursor: next.text, query: try search.request.serializedBytes())
    }
  }

  /// What was looked up, which is written as a search across therapists is: the two responses have
  /// the same fields.
  mutating func write(
    _ found: [FreeStart?], callID: UInt64, into buffer: inout ByteBuffer
  ) throws {
    reply.removeAll(.acrossTherapists)
    for first in found {
      guard let first else {
        reply.startsMs.append(0)
        reply.groupIndexes.append(0)
        continue
      }
      // A therapist is looked up once, so that each has a group of their own.
      reply.groupIndexes.append(UInt32(reply.groups.count))
      reply.startsMs.append(first.start.instant.msSinceEpoch)
      reply.groups.append(SlotReply.Group(try fragment(of: first.group)))
    }
    SlotReplyEncoder.write(reply, callID: callID, into: &buffer)
  }

  private mutating func addGroupsWithStarts(of page: SlotPage) throws {
    // Slots come in order of time: deal them out to their groups, keeping that order within each.
    for (index, group) in page.groups.enumerated() {
      var count = 0
      for slot in page.slots where slot.group == index {
        reply.startsMs.append(slot.start.instant.msSinceEpoch)
        count += 1
      }
      reply.groups.append(SlotReply.Group(try fragment(of: group), startCount: count))
    }
  }

  private mutating func fragment(of group: SlotGroup) throws -> SlotGroupFragment {
    let key = Key(therapist: group.therapist, service: group.service, location: group.location)
    // A group whose price or mode has changed since is not the same.
    if let known = fragments[key], known.group == group { return known.fragment }
    if fragments.count >= SlotReplyWriter.fragmentsMax { fragments.removeAll() }
    let fragment = try SlotGroupFragment(group.message)
    fragments[key] = (group, fragment)
    return fragment
  }
}

extension SlotGroup {
  fileprivate var message: Seduta_V1_SlotGroup {
    var message = Seduta_V1_SlotGroup()
    message.therapistID = therapist.text
    message.serviceID = service.text
    message.locationID = location.text
    message.mode = mode.message
    message.price.minorUnits = price.minorUnits
    message.price.currency = price.currency
    message.durationMinutes = durationMinutes
    message.timeZone = zoneName
    return message
  }
}
