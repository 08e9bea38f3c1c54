internal import CWire
internal import Foundation
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// What is found sound without being decoded is sound; whatever is planted makes it look closer.
struct SkimTests {
  private static let fromMs: Int64 = 1_800_000_000_000
  private static let hourMs: Int64 = 3_600_000
  private static let untilMs = fromMs + 100 * hourMs

  private static func group(
    _ hours: [Int64], therapist: String = "thr_1", service: String = "svc_1"
  ) -> Seduta_V1_SlotGroup {
    .with {
      $0.therapistID = therapist
      $0.serviceID = service
      $0.locationID = "loc_1"
      $0.mode = .online
      $0.price.minorUnits = 7_000
      $0.price.currency = "EUR"
      $0.durationMinutes = 50
      $0.timeZone = "Europe/Rome"
      $0.startMs = hours.map { fromMs + $0 * hourMs }
    }
  }

  private func skim(
    _ message: some Message, startsMax: Int = 3,
    _ read: (
      UnsafePointer<UInt8>?, Int, UnsafePointer<cwire_question>,
      UnsafeMutablePointer<cwire_skimmed>
    ) -> Bool
  ) throws -> cwire_skimmed? {
    let bytes: [UInt8] = try message.serializedBytes()
    return "thr_1".withCString { therapist in
      "svc_1".withCString { service in
        var question = cwire_question(
          from_ms: Self.fromMs, until_ms: Self.untilMs, therapist_id: therapist,
          service_id: service, starts_max: startsMax)
        var skimmed = cwire_skimmed()
        return read(bytes, bytes.count, &question, &skimmed) ? skimmed : nil
      }
    }
  }

  @Test("a search of one therapist: groups, starts and their sum are counted")
  func search() throws {
    let reply = Seduta_V1_SlotsSearchResponse.with {
      $0.groups = [Self.group([0, 1, 99]), Self.group([]), Self.group([5])]
    }
    let skimmed = try #require(try skim(reply, cwire_skim_search))
    #expect(skimmed.group_count == 3 && skimmed.start_count == 4)
    let sum = reply.groups.flatMap(\.startMs).reduce(0, +)
    #expect(skimmed.start_sum == UInt64(sum))
    #expect(try skim(Seduta_V1_SlotsSearchResponse(), cwire_skim_search) != nil)
  }

  @Test(
    "a start that descends, repeats or lies outside is not sound",  // S-1
    arguments: [[1, 0], [0, 0], [-1], [100], [-1_000_000], [10_000_000]] as [[Int64]])
  func misplaced(hours: [Int64]) throws {
    let reply = Seduta_V1_SlotsSearchResponse.with { $0.groups = [Self.group(hours)] }
    #expect(try skim(reply, cwire_skim_search) == nil)
  }

  @Test("a group of another therapist or service is not sound, nor one that does not say")
  func foreign() throws {
    for group in [
      Self.group([1], therapist: "thr_2"), Self.group([1], therapist: "thr_11"),
      Self.group([1], service: "svc_2"), Self.group([1], therapist: ""),
    ] {
      let reply = Seduta_V1_SlotsSearchResponse.with { $0.groups = [Self.group([0]), group] }
      #expect(try skim(reply, cwire_skim_search) == nil)
    }
  }

  @Test("a search of one therapist with another page, or starts outside its groups, is looked at")
  func unusual() throws {
    for reply in [
      Seduta_V1_SlotsSearchResponse.with { $0.nextPageToken = "more" },
      Seduta_V1_SlotsSearchResponse.with { $0.startMs = [Self.fromMs] },
    ] {
      #expect(try skim(reply, cwire_skim_search) == nil)
    }
  }

  private static func many(
    _ hours: [Int64], _ indexes: [UInt32], groups: Int = 2
  ) -> Seduta_V1_SlotsSearchResponse {
    .with {
      $0.groups = (0..<groups).map { group([], therapist: "thr_\($0)") }
      $0.startMs = hours.map { fromMs + $0 * hourMs }
      $0.groupIndex = indexes
    }
  }

  @Test("across therapists starts may be equal, each of a group that is there, up to so many")
  func many() throws {
    let skimmed = try #require(try skim(Self.many([0, 0, 99], [1, 0, 1]), cwire_skim_search_many))
    #expect(skimmed.group_count == 2 && skimmed.start_count == 3)
    #expect(try skim(Self.many([], [], groups: 0), cwire_skim_search_many) != nil)
    for wrong in [
      Self.many([1, 0], [0, 1]), Self.many([-1], [0]), Self.many([100], [0]),
      Self.many([0], [2]), Self.many([0], []), Self.many([0], [0, 0]),
      Self.many([0, 1, 2, 3], [0, 0, 0, 0]),
    ] {
      #expect(try skim(wrong, cwire_skim_search_many) == nil)
    }
  }

  private static func lookup(_ starts: [Int64], _ indexes: [UInt32])
    -> Seduta_V1_SlotsBatchLookupResponse
  {
    .with {
      $0.groups = [group([], therapist: "thr_1")]
      $0.startMs = starts
      $0.groupIndex = indexes
    }
  }

  @Test("a lookup has one start for each therapist, in the range or none")  // S-11
  func lookup() throws {
    let sound = Self.lookup([Self.fromMs + 7, 0, Self.fromMs], [0, 0, 0])
    #expect(try skim(sound, cwire_skim_lookup)?.start_count == 3)
    for wrong in [
      Self.lookup([0, 0], [0, 0]), Self.lookup([0, 0, 0, 0], [0, 0, 0, 0]),
      Self.lookup([0, 0, Self.untilMs], [0, 0, 0]), Self.lookup([0, 0, 1], [0, 0, 0]),
      Self.lookup([0, 0, 0], [0, 0, 1]), Self.lookup([0, 0, 0], [0, 0]),
    ] {
      #expect(try skim(wrong, cwire_skim_lookup) == nil)
    }
  }

  @Test("a reply that ends too early at any byte is not sound, nor one with bytes behind it")
  func truncated() throws {
    let reply = Seduta_V1_SlotsSearchResponse.with { $0.groups = [Self.group([0, 1, 2])] }
    let bytes: [UInt8] = try reply.serializedBytes()
    let whole = try skim(reply, cwire_skim_search)?.start_count
    for size in 1..<bytes.count {
      let cut = try skim(reply) { at, _, question, skimmed in
        cwire_skim_search(at, size, question, skimmed)
      }
      #expect(cut == nil, "\(size) of \(bytes.count) bytes")
    }
    #expect(whole == 3)
  }

  @Test("only a plain reply is read without being decoded")
  func frames() throws {
    let plain = Seduta_Wire_V1_ServerFrame.with {
      $0.reply.callID = 1 << 50
      $0.reply.message = .init([1, 2, 3])
    }
    let frame = try #require(try skimFrame(plain))
    #expect(frame.call_id == 1 << 50 && frame.size == 3 && frame.status.code == 0)
    #expect(try skimFrame(.with { $0.reply.callID = 1 })?.size == 0)
    for other: Seduta_Wire_V1_ServerFrame in [
      .with { $0.welcome.version = 1 }, .with { $0.ping.opaque = .init([1]) },
      .with {
        $0.reply = .with {
          $0.callID = 1; $0.status.code = .notFound
        }
      },
      .with {
        $0.reply = .with {
          $0.callID = 1; $0.more = true
        }
      },
      .with {
        $0.reply = .with {
          $0.callID = 1; $0.rateLimit.limit = 1
        }
      }, .init(),
    ] {
      #expect(try skimFrame(other) == nil)
    }
  }

  private func skimFrame(_ sent: Seduta_Wire_V1_ServerFrame) throws -> cwire_frame? {
    let bytes: [UInt8] = try sent.serializedBytes()
    var frame = cwire_frame()
    return cwire_skim_reply_frame(bytes, bytes.count, &frame) ? frame : nil
  }
}
