internal import CWire
internal import Workload

/// The searches that a worker makes, each encoded once.
final class Templates {
  /// Starts asked for across therapists.
  static let searchManyStartsMax = 20
  /// Starts asked for of one therapist: more than a month has.
  private static let searchStartsMax: Int32 = 1_000

  private let searches: [OpaquePointer]
  private let manySearches: [OpaquePointer]
  private let lookups: [OpaquePointer]

  /// - Parameters:
  ///   - names: The population's ids as C reads them.
  ///   - mix: What will be asked: sets of hundreds of ids are not encoded for nothing.
  ///   - serviceKind: What searches across therapists and lookups ask for.
  init(names: PopulationNames, generator: Generator, mix: Mix, serviceKind: String) {
    let candidateSets = mix.searchManyPercent > 0 ? generator.candidateSets : []
    let lookupSets = mix.batchLookupPercent > 0 ? generator.lookupSets : []
    searches = (0..<names.count).map { therapist in
      var id: UnsafePointer<CChar>? = names.therapistIDs[therapist]
      return withUnsafePointer(to: &id) { ids in
        cwire_search_template(
          cwire_search(
            from_ms: 0, until_ms: 0, therapist_ids: ids, therapist_count: 1,
            service_id: names.serviceIDs[therapist], service_kind: nil,
            page_size: Self.searchStartsMax))
      }
    }
    let idsOf = { (set: [Int]) -> [UnsafePointer<CChar>?] in set.map { names.therapistIDs[$0] } }
    manySearches = candidateSets.map { set in
      serviceKind.withCString { kind in
        idsOf(set).withUnsafeBufferPointer { ids in
          cwire_search_template(
            cwire_search(
              from_ms: 0, until_ms: 0, therapist_ids: ids.baseAddress, therapist_count: ids.count,
              service_id: nil, service_kind: kind, page_size: Int32(Self.searchManyStartsMax)))
        }
      }
    }
    lookups = lookupSets.map { set in
      serviceKind.withCString { kind in
        idsOf(set).withUnsafeBufferPointer { ids in
          cwire_lookup_template(
            cwire_lookup(
              from_ms: 0, until_ms: 0, therapist_ids: ids.baseAddress, therapist_count: ids.count,
              service_kind: kind))
        }
      }
    }
  }

  deinit {
    for template in searches + manySearches + lookups { cwire_template_free(template) }
  }

  /// Appends the call to a lane's output; nothing for a wish that is no search.
  func append(_ wish: Wish, callID: UInt64, to output: inout cwire_buffer) {
    let fits: Bool
    switch wish {
    case .search(let therapist, let fromMs, let untilMs):
      fits = cwire_append_from_template(&output, searches[therapist], callID, fromMs, untilMs)
    case .searchMany(let set, let fromMs, let untilMs):
      fits = cwire_append_from_template(&output, manySearches[set], callID, fromMs, untilMs)
    case .batchLookup(let set, let fromMs, let untilMs):
      fits = cwire_append_from_template(&output, lookups[set], callID, fromMs, untilMs)
    case .book, .cancel:
      fits = true
    }
    precondition(fits, "a run is of this century, and a connection makes fewer than 2^40 calls")
  }
}

/// The ids of a population as C reads them.
struct PopulationNames {
  let therapistIDs: CStrings
  let serviceIDs: CStrings
  let count: Int

  init(_ population: Population) {
    therapistIDs = CStrings(population.offerings.map(\.therapistID))
    serviceIDs = CStrings(population.offerings.map(\.serviceID))
    count = population.offerings.count
  }
}
