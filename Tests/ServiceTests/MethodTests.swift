internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// What holds for every method of the contract.
@Suite(.timeLimit(.minutes(1)))
struct MethodTests {
  @Test("every method is handled: an empty request gets an answer, or each field that it needs")
  func handled() async throws {
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      let calls = try Wire.Method.allCases.enumerated().map { index, method in
        try Seduta_Wire_V1_Call(UInt64(index + 1), method, Google_Protobuf_Empty())
      }
      try await connection.send(calls)
      let replies = await connection.firstReplies(toCalls: calls.count)
      #expect(Set(replies.map(\.callID)) == Set(calls.map(\.callID)))
      let answered: Set<Wire.Method> = [
        .appointmentsList, .clientsList, .therapiesList, .requestsList, .seriesList, .paymentsList,
        .directoryListTherapists, .directoryListLocations, .directoryListServices,
        .directoryListSchedules, .directoryGetPolicy, .directoryListAttendanceStatuses,
        .directoryUpdateAttendanceStatuses, .ledgerTrialBalance, .ledgerListTransfers, .adminOutbox,
        .notificationsGetSettings, .notificationsListTemplates, .webhooksListEndpoints,
        .adminAudit, .adminDue, .packagesList, .eventsList, .eventsSubscribe, .healthCheck,
      ]
      for reply in replies {
        let method = Wire.Method.allCases[Int(reply.callID) - 1]
        if method == .sandboxGetTime {
          #expect(reply.status.errorInfo.reason == "NO_SANDBOX")
        } else if answered.contains(method) {
          #expect(!reply.hasStatus, "\(method)")
        } else {
          #expect(reply.status.code == .invalidArgument, "\(method)")
          #expect(!reply.status.badRequest.fieldViolations.isEmpty, "\(method)")
        }
      }
    }
  }

  @Test("a request that is no message of the method fails alone", arguments: Wire.Method.allCases)
  func undecodable(_ method: Wire.Method) async throws {
    // Nothing is read of a request for the health, or for the clock.
    guard method != .healthCheck, method != .sandboxGetTime else { return }
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      var call = try Seduta_Wire_V1_Call(1, method, Google_Protobuf_Empty())
      call.message = .init([0x0A, 0xFF])
      try await connection.send([
        call, try Seduta_Wire_V1_Call(2, .healthCheck, Google_Protobuf_Empty()),
      ])
      let replies = await connection.replies(2)
      #expect(replies.map(\.status.code) == [.invalidArgument, .unspecified])
    }
  }
}
