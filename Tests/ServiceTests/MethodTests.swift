internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// What holds for every method of the contract.
@Suite(.timeLimit(.minutes(1)))
struct MethodTests {
  /// As the comments of Proto/ say. Health takes any scope.
  static let methods: [Scope: Set<Wire.Method>] = [
    .read: [
      .slotsBatchLookup, .holdsGet,
      .slotsSearch, .slotsCheck, .appointmentsGet, .appointmentsList, .clientsGet, .clientsList,
      .directoryGetTherapist, .directoryListTherapists, .directoryGetLocation,
      .directoryListLocations, .directoryGetService, .directoryListServices,
      .directoryGetSchedule, .directoryListSchedules, .directoryListPublicHolidays,
      .directoryGetPolicy, .healthCheck,
    ],
    .book: [
      .appointmentsBook, .appointmentsCancel, .holdsTake, .holdsRenew, .holdsRelease,
      .clientsRegister, .healthCheck,
    ],
    .manage: [
      .directoryCreateTherapist, .directoryUpdateTherapist, .directoryCreateLocation,
      .directoryUpdateLocation, .directoryCreateService, .directoryUpdateService,
      .directoryUpdateSchedule, .directoryAddScheduleExceptions,
      .directoryRemoveScheduleExceptions, .directoryUpdatePolicy, .directoryImport, .healthCheck,
    ],
    .admin: [.healthCheck],
  ]

  @Test("every method is handled: an empty request gets an answer, or each field that it needs")
  func handled() async throws {
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      let calls = try Wire.Method.allCases.enumerated().map { index, method in
        try Seduta_Wire_V1_Call(UInt64(index + 1), method, Google_Protobuf_Empty())
      }
      try await connection.send(calls)
      let replies = await connection.replies(calls.count)
      #expect(Set(replies.map(\.callID)) == Set(calls.map(\.callID)))
      let answered: Set<Wire.Method> = [
        .appointmentsList, .clientsList, .directoryListTherapists, .directoryListLocations,
        .directoryListServices, .directoryListSchedules, .directoryGetPolicy, .healthCheck,
      ]
      for reply in replies {
        let method = Wire.Method.allCases[Int(reply.callID) - 1]
        if answered.contains(method) {
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
    // A health check reads nothing of its request.
    guard method != .healthCheck else { return }
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

  @Test(
    "a key with one scope may call the methods of that scope and no other",
    arguments: Scope.allCases)
  func scopes(_ scope: Scope) async throws {  // E-2
    let house = try House()
    let key = try house.makeKey(scopes: [scope])
    try await house.serve { server in
      let connection = try await RawConnection.connect(port: server.port)
      try await connection.greet(key: key)
      try await connection.send(
        try Wire.Method.allCases.enumerated().map { index, method in
          try Seduta_Wire_V1_Call(UInt64(index + 1), method, Google_Protobuf_Empty())
        })
      let allowed = MethodTests.methods[scope, default: []]
      for reply in await connection.replies(Wire.Method.allCases.count) {
        let method = Wire.Method.allCases[Int(reply.callID) - 1]
        let isDenied = reply.status.code == .permissionDenied
        #expect(isDenied == !allowed.contains(method), "\(method)")
        if isDenied { #expect(reply.status.errorInfo.reason == "SCOPE_MISSING", "\(method)") }
      }
    }
  }

  @Test("a key without any scope may ask for the health only; scopes add up")
  func noScope() async throws {  // E-2
    let house = try House()
    let keys = [try house.makeKey(scopes: []), try house.makeKey(scopes: [.read, .book])]
    try await house.serve { server in
      var allowed: [Set<Wire.Method>] = []
      for key in keys {
        let connection = try await RawConnection.connect(port: server.port)
        try await connection.greet(key: key)
        try await connection.send(
          try Wire.Method.allCases.enumerated().map { index, method in
            try Seduta_Wire_V1_Call(UInt64(index + 1), method, Google_Protobuf_Empty())
          })
        let replies = await connection.replies(Wire.Method.allCases.count)
        allowed.append(
          Set(
            replies.filter { $0.status.code != .permissionDenied }
              .map { Wire.Method.allCases[Int($0.callID) - 1] }))
      }
      #expect(allowed[0] == [.healthCheck])
      #expect(
        allowed[1]
          == MethodTests.methods[.read, default: []].union(
            MethodTests.methods[.book, default: []]))
    }
  }
}
