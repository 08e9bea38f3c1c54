internal import Availability
internal import Booking
internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Whose money is whose to see and to move (E-2).
@Suite(.timeLimit(.minutes(1)))
struct PaymentAccessTests {
  private static let stranger = "cli_00000000000000000000000009"

  @Test("a client saves, buys and lists for themself; for others they are refused")
  func lists() async throws {
    let house = try House()
    try await house.serve { server in
      let (client, booked) = try await PaymentAccessTests.booked(in: house, server)
      let own = CallOptions(actor: .client(booked.clientID))
      for whose in [PaymentAccessTests.stranger, booked.clientID] {
        let isOwn = whose == booked.clientID
        await expect(isOwn ? nil : "ROLE_NOT_ALLOWED") {
          try await client.paymentMethods.list(.with { $0.clientID = whose }, own)
        }
        await expect(isOwn ? nil : "ROLE_NOT_ALLOWED") {
          try await client.benefits.list(.with { $0.clientID = whose }, own)
        }
        await expect(isOwn ? nil : "NOT_FOUND") {
          try await client.paymentMethods.list(.with { $0.clientID = whose })
        }
        await expect(isOwn ? nil : "NOT_FOUND") {
          try await client.benefits.list(.with { $0.clientID = whose })
        }
      }
      await client.close()
    }
  }

  @Test("what a client pays with is told to staff and to them; to others there is no such thing")
  func single() async throws {
    let house = try House()
    try await house.serve { server in
      let (client, booked) = try await PaymentAccessTests.booked(in: house, server)
      let wallet = try Wallet(of: booked.clientID, in: house, server)
      let method = try wallet.savePending()
      let intent = try wallet.begin(booked.id)
      let readers: [(ActingAs, String?)] = [
        (.staff(), nil), (.client(booked.clientID), nil),
        (.client(PaymentAccessTests.stranger), "NOT_FOUND"), (.client(""), "NOT_FOUND"),
        (.therapist(booked.therapistID), "ROLE_NOT_ALLOWED"),
      ]
      for (actor, refusal) in readers {
        let options = CallOptions(actor: actor)
        let read = await expect(refusal) {
          try await client.paymentMethods.get(
            .with { $0.paymentMethodID = method.id.text }, options)
        }
        #expect((read?.paymentMethod.clientSecret == "seti_secret") == (refusal == nil))
        let asked = await expect(refusal) {
          try await client.payments.getIntent(.with { $0.intentID = intent.id.text }, options)
        }
        #expect((asked?.intent.clientSecret == "pi_secret") == (refusal == nil))
      }
      await client.close()
    }
  }

  @Test(
    "a therapist lists the intents of their own sessions, without what only the client may have")
  func secrets() async throws {
    let house = try House()
    try await house.serve { server in
      let (client, booked) = try await PaymentAccessTests.booked(in: house, server)
      let intent = try Wallet(of: booked.clientID, in: house, server).begin(booked.id)
      func listed(_ actor: ActingAs) async throws -> [Seduta_V1_PaymentIntent] {
        try await client.payments.listIntents(
          .with { $0.appointmentID = booked.id }, CallOptions(actor: actor)
        ).intents
      }
      let whole = try await listed(.staff())
      #expect(whole.map(\.id) == [intent.id.text])
      #expect(whole.map(\.clientSecret) == ["pi_secret"])
      #expect(whole.map(\.actionURL) == ["https://bank.invalid/confirm"])
      #expect(try await listed(.client(booked.clientID)) == whole)
      var bare = whole
      for index in bare.indices {
        bare[index].clientSecret = ""
        bare[index].actionURL = ""
      }
      #expect(try await listed(.therapist(booked.therapistID)) == bare)
      let others: [ActingAs] = [
        .therapist("thr_00000000000000000000000009"), .client(PaymentAccessTests.stranger),
      ]
      for actor in others { await expect("NOT_FOUND") { try await listed(actor) } }
      await client.close()
    }
  }

  @Test("therapists and clients read their own statement, staff anyone's of the partner's")
  func statements() async throws {  // P-9, P-10
    let house = try House()
    try await house.serve { server in
      let (client, booked) = try await PaymentAccessTests.booked(in: house, server)
      let therapist = ActingAs.therapist(booked.therapistID)
      let payer = ActingAs.client(booked.clientID)
      let cases: [(ActingAs, String, String?)] = [
        (.staff(), "", nil), (.staff(), house.partner.text, nil),
        (.staff(), booked.therapistID, nil), (.staff(), booked.clientID, nil),
        (.staff(), PaymentAccessTests.stranger, "NOT_FOUND"),
        (.staff(), "thr_00000000000000000000000009", "NOT_FOUND"),
        (.staff(), "par_00000000000000000000000009", "NOT_FOUND"),
        (therapist, booked.therapistID, nil), (therapist, booked.clientID, "ROLE_NOT_ALLOWED"),
        (therapist, "", "ROLE_NOT_ALLOWED"), (payer, booked.clientID, nil),
        (payer, booked.therapistID, "ROLE_NOT_ALLOWED"), (payer, "", "ROLE_NOT_ALLOWED"),
        (.client(""), booked.clientID, "ROLE_NOT_ALLOWED"),
      ]
      for (actor, owner, refusal) in cases {
        await expect(refusal, "\(actor) \(owner)") {
          try await client.ledger.statement(
            .with {
              $0.ownerID = owner
              $0.startTime = .init(ms: house.clock.nowMs)
              $0.endTime = .init(ms: house.clock.nowMs + dayMs)
            }, CallOptions(actor: actor))
        }
      }
      await client.close()
    }
  }

  @Test("what is missing is not found, whatever is asked of it")
  func unknown() async throws {
    let house = try House()
    try await house.serve { server in
      let (client, booked) = try await PaymentAccessTests.booked(in: house, server)
      let id = "00000000000000000000000009"
      await expect("NOT_FOUND") {
        try await client.benefits.get(.with { $0.benefitID = "ben_\(id)" })
      }
      await expect("NOT_FOUND") {
        try await client.payments.listIntents(.with { $0.benefitID = "ben_\(id)" })
      }
      await expect("NOT_FOUND") {
        try await client.payments.listIntents(.with { $0.appointmentID = "apt_\(id)" })
      }
      await expect("NOT_FOUND") {
        try await client.payments.list(
          .with { $0.benefitID = "ben_\(id)" }, CallOptions(actor: .therapist(booked.therapistID)))
      }
      await expect("ROLE_NOT_ALLOWED") {
        try await client.payments.list(
          .init(), CallOptions(actor: .therapist(booked.therapistID)))
      }
      await client.close()
    }
  }

  /// A client's first session.
  private static func booked(
    in house: House, _ server: Serving
  ) async throws -> (SedutaClient, Seduta_V1_Appointment) {
    let client = try await server.client()
    let practice = Practice()
    try await practice.open(by: client)
    let booked = try await client.appointments.book(
      practice.booking(at: house.clock.nowMs + dayMs)
    ).appointment
    return (client, booked)
  }
}

/// Expects a call to be refused for a reason, or answered where there is none.
@discardableResult
private func expect<Answer>(
  _ reason: String?, _ comment: Comment? = nil, _ call: () async throws -> Answer
) async -> Answer? {
  do {
    let answer = try await call()
    #expect(reason == nil, comment)
    return answer
  } catch let error as CallError {
    #expect(error.status.errorInfo.reason == reason, comment)
  } catch {
    Issue.record(error, comment)
  }
  return nil
}
