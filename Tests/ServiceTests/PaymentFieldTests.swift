internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Requests about money: each wrong field is named, before anything is done.
@Suite(.timeLimit(.minutes(1)))
struct PaymentFieldTests {
  private static let end = "00000000000000000000000001"

  /// A request, and the fields that are wrong in it.
  struct Wrong: Sendable {
    let method: Wire.Method
    let request: any Message
    let fields: [String]

    init(_ method: Wire.Method, _ request: any Message, _ fields: String...) {
      self.method = method
      self.request = request
      self.fields = fields
    }
  }

  private static let payments: [Wrong] = [
    Wrong(
      .paymentsBegin,
      Seduta_V1_PaymentsBeginRequest.with {
        $0.appointmentID = "apt_\(end)"
        $0.paymentMethodID = "pmt_\(end)"
        $0.paymentMethodToken = "pm_1"
      }, "payment_method_token"),
    Wrong(
      .paymentsBegin,
      Seduta_V1_PaymentsBeginRequest.with {
        $0.appointmentID = "apt_\(end)"
        $0.version = -1
        $0.paymentMethodToken = "4242 4242 4242 4242"
      }, "version", "payment_method_token"),
    Wrong(
      .paymentsGetIntent,
      Seduta_V1_PaymentsGetIntentRequest.with {
        $0.intentID = "pin_\(end)"
        $0.waitMs = 30_001
      }, "wait_ms"),
    Wrong(
      .paymentsListIntents,
      Seduta_V1_PaymentsListIntentsRequest.with {
        $0.appointmentID = "apt_\(end)"
        $0.benefitID = "ben_\(end)"
      }, "benefit_id"),
    Wrong(.paymentsRefund, Seduta_V1_PaymentsRefundRequest(), "appointment_id", "reason"),
    Wrong(
      .paymentsRefund,
      Seduta_V1_PaymentsRefundRequest.with {
        $0.benefitID = "ben_\(end)"
        $0.amount = .with { $0.currency = "EUR" }
        $0.reason = "Goodwill"
      }, "amount.minor_units"),
    Wrong(
      .paymentMethodsSetUp,
      Seduta_V1_PaymentMethodsSetUpRequest.with {
        $0.clientID = "thr_\(end)"
        $0.token = "378282246310005"
        $0.paymentMethodID = "pmt_1"
      }, "client_id", "token", "payment_method_id"),
    Wrong(
      .paymentMethodsUpdate,
      Seduta_V1_PaymentMethodsUpdateRequest.with { $0.paymentMethodID = "pmt_\(end)" }, "change"),
    Wrong(
      .paymentMethodsGet,
      Seduta_V1_PaymentMethodsGetRequest.with { $0.waitMs = -1 }, "payment_method_id", "wait_ms"),
  ]

  private static let benefits: [Wrong] = [
    Wrong(.benefitsGrant, Seduta_V1_BenefitsGrantRequest(), "benefit"),
    Wrong(
      .benefitsGrant,
      Seduta_V1_BenefitsGrantRequest.with {
        $0.benefit = .with {
          $0.benefitID = "ben_1"
          $0.serviceIds = ["svc_\(end)", "svc_\(end)", "x"]
          $0.expireTime = .init(ms: 5_000_000_000_000)
        }
      }, "benefit.benefit_id", "benefit.client_id", "benefit.kind", "benefit.value",
      "benefit.service_ids[1]", "benefit.service_ids[2]", "benefit.expire_time"),
    Wrong(
      .benefitsBuy,
      Seduta_V1_BenefitsBuyRequest.with {
        $0.benefit = .with {
          $0.clientID = "cli_\(end)"
          $0.kind = .credit
          $0.value.minorUnits = -1
        }
      }, "benefit.value.minor_units", "benefit.value.currency"),
    Wrong(.benefitsUse, Seduta_V1_BenefitsUseRequest(), "appointment_id"),
  ]

  private static let ledger: [Wrong] = [
    Wrong(.ledgerStatement, Seduta_V1_LedgerStatementRequest(), "start_time", "end_time"),
    Wrong(
      .ledgerStatement,
      Seduta_V1_LedgerStatementRequest.with {
        $0.ownerID = "apt_\(end)"
        $0.startTime = .init(ms: 1)
        $0.endTime = .init(ms: 2)
      }, "owner_id"),
    Wrong(
      .ledgerStatement,
      Seduta_V1_LedgerStatementRequest.with {
        $0.startTime = .init(ms: dayMs)
        $0.endTime = .init(ms: dayMs)
      }, "end_time"),
    Wrong(
      .ledgerStatement,
      Seduta_V1_LedgerStatementRequest.with {
        $0.startTime = .init(ms: 0)
        $0.endTime = .init(ms: 400 * dayMs + 1)
      }, "end_time"),
    Wrong(
      .ledgerListTransfers,
      Seduta_V1_LedgerListTransfersRequest.with {
        $0.pageSize = -1
        $0.pageToken = "x"
      }, "page_size", "page_token"),
    Wrong(
      .ledgerRecordPayout, Seduta_V1_LedgerRecordPayoutRequest(), "therapist_id", "amount",
      "method"),
  ]

  private static let policies: [Wrong] = [
    Wrong(
      .directoryUpdatePolicy,
      Seduta_V1_DirectoryUpdatePolicyRequest.with {
        $0.policy.commission.basisPoints = 1
        $0.policy.commission.fixedMinorUnits = 1
      }, "policy.commission.fixed_minor_units"),
    Wrong(
      .directoryUpdatePolicy,
      Seduta_V1_DirectoryUpdatePolicyRequest.with {
        $0.policy.commission.basisPoints = 10_001
        $0.policy.cancellation.noShowPercent = 101
      }, "policy.cancellation.no_show_percent", "policy.commission.basis_points"),
    Wrong(
      .directoryUpdatePolicy,
      Seduta_V1_DirectoryUpdatePolicyRequest.with {
        $0.policy.commission.fixedMinorUnits = -1
        $0.policy.cancellation.noShowPercent = -2
      }, "policy.cancellation.no_show_percent", "policy.commission.fixed_minor_units"),
  ]

  @Test("each wrong field is named, and nothing that it holds is repeated where it may be a card's")
  func wrong() async throws {  // P-7
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      let asked =
        PaymentFieldTests.payments + PaymentFieldTests.benefits + PaymentFieldTests.ledger
        + PaymentFieldTests.policies
      try await connection.send(
        try asked.enumerated().map { index, wrong in
          try Seduta_Wire_V1_Call(UInt64(index + 1), wrong.method, wrong.request)
        })
      for reply in await connection.replies(asked.count) {
        let wrong = asked[Int(reply.callID) - 1]
        #expect(reply.status.code == .invalidArgument, "\(wrong.method) \(wrong.fields)")
        #expect(
          Set(reply.status.badRequest.fieldViolations.map(\.field)) == Set(wrong.fields),
          "\(wrong.method)")
        #expect(!"\(reply.status)".contains("4242 4242"))
        #expect(!"\(reply.status)".contains("378282246310005"))
      }
    }
  }

  @Test(
    "without a gateway nothing is saved or sold, and the server says so before it looks further")
  func noGateway() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let saved = await #expect(throws: CallError.self) {
        try await client.paymentMethods.setUp(
          .with { $0.clientID = "cli_\(PaymentFieldTests.end)" })
      }
      let sold = await #expect(throws: CallError.self) {
        try await client.benefits.buy(
          .with {
            $0.benefit.clientID = "cli_\(PaymentFieldTests.end)"
            $0.benefit.kind = .credit
            $0.benefit.value.minorUnits = 100
            $0.benefit.value.currency = "EUR"
          })
      }
      for status in [saved?.status, sold?.status] {
        #expect(status?.code == .failedPrecondition)
        #expect(status?.errorInfo.reason == "GATEWAY_MISSING")
        #expect(status?.preconditionFailure.violations.map(\.type) == ["GATEWAY_MISSING"])
      }
      await client.close()
    }
  }

  @Test("a policy's commission and fee for not coming are read as they were written")
  func policy() async throws {  // A-6, P-10
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let commissions: [Seduta_V1_Commission?] = [
        nil, .init(), .with { $0.basisPoints = 1_250 }, .with { $0.fixedMinorUnits = 500 },
        .with { $0.basisPoints = 10_000 },
      ]
      for (commission, noShow) in zip(commissions, [0, -1, 1, 50, 99] as [Int32]) {
        var policy = Seduta_V1_Policy()
        if let commission { policy.commission = commission }
        policy.cancellation.noShowPercent = noShow
        _ = try await client.directory.updatePolicy(.with { $0.policy = policy })
        let read = try await client.directory.getPolicy(.init()).policy
        #expect(read.hasCommission == (commission != nil))
        #expect(read.commission == commission ?? .init())
        #expect(read.cancellation.noShowPercent == noShow)
      }
      // All of the price is what 0 means.
      _ = try await client.directory.updatePolicy(
        .with { $0.policy.cancellation.noShowPercent = 100 })
      let read = try await client.directory.getPolicy(.init()).policy
      #expect(read.cancellation.noShowPercent == 0)
      await client.close()
    }
  }
}
