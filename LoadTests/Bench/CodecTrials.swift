internal import Availability
internal import Intervals
internal import Limits
internal import NIOCore
internal import SwiftProtobuf
internal import Wire
internal import Workload

/// What reading requests and writing replies takes, and Q1 with its reply written.
struct CodecTrials {
  private let world: World
  private let questions: Questions
  private let limits: FilledLimits
  private let subjects: Subjects
  private let group: Seduta_V1_SlotGroup
  private let fragment: SlotGroupFragment
  private let fragmentBytes: StableArray<UInt8>
  private let reply: UnsafeMutablePointer<UInt8>

  init(world: World, questions: Questions, limits: FilledLimits) throws {
    self.world = world
    self.questions = questions
    self.limits = limits
    subjects = Subjects(world)
    group = .with {
      $0.therapistID = PopulationW.id(.therapist, 7)
      $0.serviceID = PopulationW.id(.service, 7)
      $0.locationID = PopulationW.id(.location, 7)
      $0.mode = .inPerson
      $0.price = .with {
        $0.minorUnits = 6_000
        $0.currency = "EUR"
      }
      $0.durationMinutes = PopulationW.sessionMinutes
      $0.timeZone = PopulationW.zoneNames[0]
    }
    fragment = try SlotGroupFragment(group)
    fragmentBytes = StableArray(try group.serializedBytes() as [UInt8])
    reply = .allocate(
      capacity: fragmentBytes.count + 8 * limits_starts_max + 2 * limits_slack)
  }

  var all: [Trial] {
    get throws { [monthWithReply, replyOf50, try requestDecoding] }
  }

  private var monthWithReply: Trial {
    let isLarge = world.population.therapistCount >= 100_000
    return Trial(
      "Q1 with its reply, \(world.scale)", questions: questions.months.count, perRound: 16_384,
      ours: Subject("ours") { [world, questions, subjects, fragment] batch in
        let index = world.index
        var found = TherapistStarts()
        var reply = SlotReply(.singleTherapist)
        var buffer = ByteBuffer()
        var bytes: UInt64 = 0
        for number in batch {
          subjects.month(questions.months[number], in: index, into: &found)
          reply.removeAll(.singleTherapist)
          found.starts.withStarts { starts in
            reply.groups.append(SlotReply.Group(fragment, startCount: starts.count))
            for start in starts { reply.startsMs.append(start.instant.msSinceEpoch) }
          }
          buffer.clear()
          SlotReplyEncoder.write(reply, callID: UInt64(number), into: &buffer)
          bytes += UInt64(buffer.readableBytes)
        }
        return bytes
      },
      limits: [
        Subject("bitmap of starts and reply, C") { [questions, limits, fragmentBytes, reply] in
          limits_reply_months(
            limits.starts, questions.months.at($0), $0.count, fragmentBytes.start,
            fragmentBytes.count, limits.found, reply)
        }
      ],
      goals: [isLarge ? .nanosecondsMax(500) : .none(limit: 0)], mustAgree: false)
  }

  private var replyOf50: Trial {
    let starts = (0..<50).map { Int64(29_000_000 + 30 * $0) * 60_000 }
    return Trial(
      "reply of 50 starts", questions: 4_096, perRound: 4_096,
      ours: Subject("ours") { [fragment] batch in
        var reply = SlotReply(.singleTherapist)
        var buffer = ByteBuffer()
        var bytes: UInt64 = 0
        for number in batch {
          reply.removeAll(.singleTherapist)
          reply.groups.append(SlotReply.Group(fragment, startCount: starts.count))
          reply.startsMs.append(contentsOf: starts)
          buffer.clear()
          SlotReplyEncoder.write(reply, callID: UInt64(number), into: &buffer)
          bytes += UInt64(buffer.readableBytes)
        }
        return bytes
      },
      limits: [
        Subject("SwiftProtobuf") { [group] batch in
          var buffer = ByteBuffer()
          return batch.reduce(0) { sum, number in
            buffer.clear()
            write(group, starts, callID: UInt64(number), into: &buffer)
            return sum + UInt64(buffer.readableBytes)
          }
        },
        Subject("by hand, C") { [fragmentBytes, reply] batch in
          let minutes = StableArray(starts.map { Int32($0 / 60_000) })
          return batch.reduce(0) { sum, _ in
            sum
              + UInt64(
                limits_reply_write(
                  fragmentBytes.start, fragmentBytes.count, minutes.start, minutes.count, reply))
          }
        },
      ],
      goals: [.none(limit: 0), .none(limit: 1)], mustAgree: false)
  }

  private var requestDecoding: Trial {
    get throws {
      let request = Seduta_V1_SlotsSearchRequest.with {
        $0.fromMs = 1_772_409_600_000
        $0.untilMs = 1_775_001_600_000
        $0.filter.therapistIds = [PopulationW.id(.therapist, 7)]
        $0.filter.serviceKind = PopulationW.serviceKind
      }
      let bytes: [UInt8] = try request.serializedBytes()
      return Trial(
        "request decoded", questions: 4_096, perRound: 4_096,
        ours: Subject("ours") { batch in
          batch.reduce(0) { sum, _ in
            let decoded = try? Seduta_V1_SlotsSearchRequest(serializedBytes: bytes)
            return sum &+ UInt64(decoded?.fromMs ?? 0)
          }
        },
        limits: [], goals: [.none(limit: nil)])
    }
  }
}

/// The reply as SwiftProtobuf makes it.
private func write(
  _ group: Seduta_V1_SlotGroup, _ starts: [Int64], callID: UInt64, into buffer: inout ByteBuffer
) {
  var response = Seduta_V1_SlotsSearchResponse()
  var group = group
  group.startMs = starts
  response.groups = [group]
  do {
    let frame = try Seduta_Wire_V1_ServerFrame.with {
      $0.reply.callID = callID
      $0.reply.message = try response.serializedBytes()
    }
    try FrameEncoder.write(frame, into: &buffer)
  } catch {
    preconditionFailure("a small message cannot be too large: \(error)")
  }
}
