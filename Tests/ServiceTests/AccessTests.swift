internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Who may call what: every method by every scope of a key and every role of an actor (E-2).
@Suite(.timeLimit(.minutes(1)))
struct AccessTests {
  /// As the comments of Proto/ say: the scope that a method needs, and the roles that may call it. Any key
  /// will do for a method without a scope.
  private static let contract: [Wire.Method: (scope: Scope?, roles: Set<Role>)] = [
    .healthCheck: (nil, [.staff, .therapist, .client, .linkHolder]),

    .slotsSearch: (.read, .parties),
    .slotsCheck: (.read, .parties),
    .slotsBatchLookup: (.read, .parties),
    .slotsWatch: (.read, .parties),

    .holdsTake: (.book, .parties),
    .holdsRenew: (.book, .parties),
    .holdsRelease: (.book, .parties),
    .holdsGet: (.read, .parties),

    .appointmentsBook: (.book, .parties),
    .appointmentsGet: (.read, [.staff, .therapist, .client, .linkHolder]),
    .appointmentsCancel: (.book, [.staff, .therapist, .client, .linkHolder]),
    .appointmentsList: (.read, .parties),
    .appointmentsReschedule: (.book, .parties),
    .appointmentsComplete: (.book, [.staff, .therapist]),
    .appointmentsSetAttendance: (.book, [.staff, .therapist]),
    .appointmentsListTransitions: (.read, .parties),
    .appointmentsJoin: (.read, .parties),
    .appointmentsGetCancelLink: (.read, [.staff]),

    .requestsAsk: (.book, [.staff, .client]),
    .requestsList: (.read, [.staff, .therapist]),
    .requestsAccept: (.book, [.staff, .therapist]),
    .requestsDecline: (.book, [.staff, .therapist]),
    .requestsWithdraw: (.book, [.staff, .client]),

    .seriesCreate: (.book, [.staff, .therapist]),
    .seriesReschedule: (.book, [.staff, .therapist]),
    .seriesCancel: (.book, [.staff, .therapist]),
    .seriesSearch: (.read, .parties),
    .seriesGet: (.read, .parties),
    .seriesList: (.read, .parties),

    .paymentsBegin: (.book, [.staff, .client]),
    .paymentsRecord: (.book, [.staff, .therapist]),
    .paymentsRecordRefund: (.book, [.staff, .therapist]),
    .paymentsList: (.read, .parties),
    .paymentsConfirm: (.book, [.staff, .client]),
    .paymentsGetIntent: (.read, [.staff, .client]),
    .paymentsListIntents: (.read, .parties),
    .paymentsRefund: (.book, [.staff]),

    .paymentMethodsSetUp: (.book, [.staff, .client]),
    .paymentMethodsGet: (.read, [.staff, .client]),
    .paymentMethodsList: (.read, [.staff, .client]),
    .paymentMethodsUpdate: (.book, [.staff, .client]),

    .benefitsGrant: (.book, [.staff]),
    .benefitsBuy: (.book, [.staff, .client]),
    .benefitsUse: (.book, [.staff, .client]),
    .benefitsGet: (.read, [.staff, .client]),
    .benefitsList: (.read, [.staff, .client]),

    .packagesCreate: (.manage, [.staff]),
    .packagesUpdate: (.manage, [.staff]),
    .packagesGet: (.read, [.staff, .therapist]),
    .packagesList: (.read, [.staff, .therapist]),
    .packagesLink: (.book, [.staff, .therapist]),
    .packagesSchedule: (.book, [.staff, .therapist]),
    .packagesGetLink: (.read, .parties),
    .packagesListLinks: (.read, .parties),
    .packagesListSessions: (.read, .parties),
    .packagesUpdateLink: (.book, [.staff, .therapist]),
    .packagesRenewLink: (.book, [.staff, .therapist]),
    .packagesDeleteLink: (.book, [.staff, .therapist]),
    .packagesPay: (.book, [.staff, .client]),
    .packagesChooseProcedure: (.book, [.staff, .therapist]),
    .packagesGetCard: (.read, .parties),
    .notificationsGetSettings: (.read, [.staff]),
    .notificationsUpdateSettings: (.manage, [.staff]),
    .notificationsListTemplates: (.read, [.staff]),
    .notificationsGetTemplate: (.read, [.staff]),
    .notificationsPutTemplate: (.manage, [.staff]),
    .notificationsDeleteTemplate: (.manage, [.staff]),
    .notificationsPreviewTemplate: (.read, [.staff]),

    .webhooksCreateEndpoint: (.manage, [.staff]),
    .webhooksUpdateEndpoint: (.manage, [.staff]),
    .webhooksRotateSecret: (.manage, [.staff]),
    .webhooksDeleteEndpoint: (.manage, [.staff]),
    .webhooksListEndpoints: (.manage, [.staff]),
    .webhooksListDeliveries: (.manage, [.staff]),

    .ledgerTrialBalance: (.admin, [.staff]),
    .ledgerStatement: (.read, .parties),
    .ledgerListTransfers: (.admin, [.staff]),
    .ledgerRecordPayout: (.admin, [.staff]),

    .clientsRegister: (.book, .parties),
    .clientsUpdate: (.book, [.staff, .client]),
    .clientsGet: (.read, .parties),
    .clientsList: (.read, [.staff, .therapist]),
    .clientsMatch: (.read, [.staff, .therapist]),

    .therapiesGet: (.read, .parties),
    .therapiesList: (.read, .parties),
    .therapiesUpdate: (.book, [.staff, .therapist]),

    .directoryGetTherapist: (.read, .parties),
    .directoryListTherapists: (.read, .parties),
    .directoryGetLocation: (.read, .parties),
    .directoryListLocations: (.read, .parties),
    .directoryGetService: (.read, .parties),
    .directoryListServices: (.read, .parties),
    .directoryGetSchedule: (.read, .parties),
    .directoryListSchedules: (.read, .parties),
    .directoryListPublicHolidays: (.read, .parties),
    .directoryListAttendanceStatuses: (.read, .parties),
    .directoryGetPolicy: (.read, [.staff]),
    .directoryCreateTherapist: (.manage, [.staff]),
    .directoryUpdateTherapist: (.manage, [.staff]),
    .directoryCreateLocation: (.manage, [.staff]),
    .directoryUpdateLocation: (.manage, [.staff]),
    .directoryCreateService: (.manage, [.staff]),
    .directoryUpdateService: (.manage, [.staff]),
    .directoryUpdateSchedule: (.manage, [.staff, .therapist]),
    .directoryAddScheduleExceptions: (.manage, [.staff, .therapist]),
    .directoryRemoveScheduleExceptions: (.manage, [.staff, .therapist]),
    .directoryUpdatePolicy: (.manage, [.staff]),
    .directoryUpdateAttendanceStatuses: (.manage, [.staff]),
    .directoryImport: (.manage, [.staff]),

    .eventsList: (.read, [.staff]),
    .eventsSubscribe: (.read, [.staff]),

    .adminOutbox: (.admin, [.staff]),
    .adminAudit: (.admin, [.staff]),
    .adminDue: (.admin, [.staff]),
    .sandboxGetTime: (.admin, [.staff]),
    .sandboxAdvance: (.admin, [.staff]),
  ]

  fileprivate enum Role: CaseIterable {
    case staff, therapist, client, linkHolder
  }

  @Test("the table of the contract names every method")
  func whole() {
    #expect(Set(AccessTests.contract.keys) == Set(Wire.Method.allCases))
  }

  @Test(
    "every method, by a key of each scope and an actor of each role, is refused where the contract says so",
    arguments: [[], [.read], [.book], [.manage], [.admin], [.read, .book], Set(Scope.allCases)])
  func everyMethod(_ scopes: Set<Scope>) async throws {  // E-2
    let house = try House()
    let key = try house.makeKey(scopes: scopes)
    try await house.serve { server in
      let parties = try await Parties(on: server, at: house.clock.nowMs + dayMs)
      let connection = try await RawConnection.connect(port: server.port)
      try await connection.greet(key: key)
      let asked = Role.allCases.flatMap { role in Wire.Method.allCases.map { (role, $0) } }
      try await connection.send(
        try asked.enumerated().map { index, call in
          try parties.call(UInt64(index + 1), call.1, as: call.0)
        })
      let replies = await connection.firstReplies(toCalls: asked.count)
      #expect(replies.count == asked.count)
      for reply in replies {
        let (role, method) = asked[Int(reply.callID) - 1]
        let (scope, roles) = try #require(AccessTests.contract[method])
        let lacksScope = scope.map { !scopes.contains($0) } ?? false
        let isDenied = lacksScope || !roles.contains(role)
        #expect(
          (reply.status.code == .permissionDenied) == isDenied,
          "\(method) as \(role) with \(scopes): \(reply.status)")
        if isDenied {
          #expect(
            reply.status.errorInfo.reason == (lacksScope ? "SCOPE_MISSING" : "ROLE_NOT_ALLOWED"),
            "\(method) as \(role)")
        }
      }
    }
  }

  @Test("a therapist and a client list what is theirs: a list that does not name them is refused")
  func lists() async throws {
    let house = try House()
    try await house.serve { server in
      let parties = try await Parties(on: server, at: house.clock.nowMs + dayMs)
      let connection = try await server.raw()
      let lists: [Wire.Method] = [.appointmentsList, .clientsList, .therapiesList]
      let asked = lists.map { (Role.therapist, $0) } + [(.client, lists[0]), (.client, lists[2])]
      try await connection.send(
        try asked.enumerated().map { index, call in
          var empty = try Seduta_Wire_V1_Call(UInt64(index + 1), call.1, Google_Protobuf_Empty())
          empty.actor = parties.actor(call.0)
          return empty
        })
      for reply in await connection.replies(asked.count) {
        let call = asked[Int(reply.callID) - 1]
        #expect(reply.status.code == .permissionDenied, "\(call)")
        #expect(reply.status.errorInfo.reason == "ROLE_NOT_ALLOWED", "\(call)")
      }
    }
  }

  /// Someone of each role, and an appointment of theirs.
  private struct Parties: Sendable {
    private let booked: Seduta_V1_Appointment
    private let token: String

    init(on server: Serving, at startMs: Int64) async throws {
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      booked = try await client.appointments.book(practice.booking(at: startMs)).appointment
      var asked = Seduta_V1_AppointmentsGetCancelLinkRequest()
      asked.appointmentID = booked.id
      token = try await client.appointments.cancelLink(asked).token
    }

    func actor(_ role: Role) -> Seduta_Wire_V1_Actor {
      var actor = Seduta_Wire_V1_Actor()
      switch role {
      case .staff: actor.role = .staff
      case .therapist:
        actor.role = .therapist
        actor.id = booked.therapistID
      case .client:
        actor.role = .client
        actor.id = booked.clientID
      case .linkHolder:
        actor.role = .linkHolder
        actor.id = token
      }
      return actor
    }

    /// With a request that asks for nothing; of a list, for what is the actor's own.
    func call(
      _ id: UInt64, _ method: Wire.Method, as role: Role
    ) throws -> Seduta_Wire_V1_Call {
      var call = try Seduta_Wire_V1_Call(id, method, request(of: method, as: role))
      call.actor = actor(role)
      return call
    }

    private func request(of method: Wire.Method, as role: Role) throws -> any Message {
      let therapist = role == .therapist ? booked.therapistID : ""
      let client = role == .client ? booked.clientID : ""
      switch method {
      case .appointmentsList:
        return Seduta_V1_AppointmentsListRequest.with {
          $0.therapistID = therapist
          $0.clientID = client
        }
      case .therapiesList:
        return Seduta_V1_TherapiesListRequest.with {
          $0.therapistID = therapist
          $0.clientID = client
        }
      case .seriesList:
        return Seduta_V1_SeriesListRequest.with {
          $0.therapistID = therapist
          $0.clientID = client
        }
      case .clientsList:
        return Seduta_V1_ClientsListRequest.with { $0.therapistID = therapist }
      case .requestsList:
        return Seduta_V1_RequestsListRequest.with { $0.therapistID = therapist }
      case .paymentsList:
        return Seduta_V1_PaymentsListRequest.with { $0.appointmentID = booked.id }
      default:
        return Google_Protobuf_Empty()
      }
    }
  }
}

extension Set<AccessTests.Role> {
  /// All who take part in a session.
  fileprivate static var parties: Self { [.staff, .therapist, .client] }
}
