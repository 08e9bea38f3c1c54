internal import Booking
internal import Endpoint
internal import Intervals
internal import Logging
internal import NIOPosix
internal import Storage
internal import Wire

/// How the server is, for those who run it.
struct Watch: Sendable {
  /// What has waited for longer does not wait for its turn: the server lags.
  static let overdueAfterMs: Int64 = 60_000

  let version: String
  let store: Store
  let readers: NIOThreadPool
  let sequencer: Sequencer
  let book: ConnectionBook
  let bells: Bells
  let counters: Counters
  let clock: WallClock
  let logger: Logger

  init(_ hub: Hub, store: Store) {
    version = hub.serverVersion
    self.store = store
    readers = hub.readers
    sequencer = hub.sequencer
    book = hub.book
    bells = hub.bells
    counters = hub.counters
    clock = hub.clock
    logger = hub.logger
  }

  func readiness() async -> Readiness {
    if book.isDraining { return .notReady(reason: "draining") }
    guard sequencer.takesCommands else { return .notReady(reason: "commands are turned away") }
    do {
      let store = store
      _ = try await readers.runIfActive { try store.read { try $0.sandboxAheadMs() } }
      return .ready
    } catch {
      logger.error("the store could not be read", metadata: ["error": "\(error)"])
      return .notReady(reason: "the store cannot be read")
    }
  }

  /// What the store tells is left out while it cannot be read.
  func metrics() async -> String {
    var text = MetricsText()
    text.gauge(
      "seduta_build_info", help: "The version that runs.", [.init(1, ["version": version])])
    text.counter(
      "seduta_calls_total", help: "Calls answered, by method and status code.",
      counters.callsAnswered.map { calls in
        .init(
          calls.count, ["method": calls.method.rawValue, "code": Watch.name(ofCode: calls.code)])
      } + [.init(counters.callsUnknown, ["method": "", "code": "UNIMPLEMENTED"])])
    text.gauge("seduta_connections", help: "Connections that are open.", [.init(book.count)])
    text.gauge(
      "seduta_streams", help: "Streams that are told things, by what they tell.",
      [.init(bells.events.count, ["of": "events"]), .init(bells.slots.count, ["of": "slots"])])
    text.gauge(
      "seduta_commands_waiting", help: "Commands that wait for their turn.",
      [.init(sequencer.commandsWaiting)])
    text.counter(
      "seduta_gateway_asked_total",
      help: "Questions to payment gateways, by kind and by what came of them.",
      counters.questionsAsked.map { asked, count in
        .init(
          count,
          [
            "gateway": asked.gateway, "kind": asked.kind.rawValue,
            "outcome": asked.outcome.rawValue,
          ])
      })
    text.counter(
      "seduta_messages_total",
      help: "Messages to people, by way and by what came of trying to send them.",
      counters.messagesSent.map { sent, count in
        .init(count, ["channel": sent.channel.rawValue, "outcome": sent.outcome.rawValue])
      })
    text.counter(
      "seduta_webhooks_total",
      help: "Events that partners' endpoints were to be told of, by what came of trying.",
      counters.webhooksTold.map { outcome, count in .init(count, ["outcome": outcome.rawValue]) })
    do {
      let (store, before) = (store, clock.now().advanced(byMs: -Watch.overdueAfterMs))
      let backlog = try await readers.runIfActive {
        try store.read { try $0.backlog(before: before) }
      }
      text.gauge(
        "seduta_overdue", help: "What should have happened more than a minute ago.",
        [
          .init(backlog.overdueAppointments, ["of": "appointments"]),
          .init(backlog.overdueBenefits, ["of": "benefits"]),
          .init(backlog.overdueLinks, ["of": "packages"]),
          .init(backlog.overdueErrands, ["of": "errands"]),
          .init(backlog.overdueMessages, ["of": "messages"]),
          .init(backlog.overdueWebhooks, ["of": "webhooks"]),
        ])
      text.gauge(
        "seduta_outbox_pending", help: "Messages that were promised and wait to be sent.",
        [.init(backlog.pendingMessages)])
      text.gauge(
        "seduta_outbox_given_up", help: "Messages that could not be sent, ever.",
        [.init(backlog.givenUpMessages)])
      text.gauge(
        "seduta_webhook_endpoints_failing", help: "Partners' endpoints where nothing arrives.",
        [.init(backlog.failingEndpoints)])
    } catch {
      logger.error("the store could not be read", metadata: ["error": "\(error)"])
    }
    return text.text
  }

  private static func name(ofCode code: Int) -> String {
    guard code != 0, let name = Seduta_Wire_V1_Code(rawValue: code) else {
      return code == 0 ? "OK" : "\(code)"
    }
    return "\(name)".reduce(into: "") { text, letter in
      text += letter.isUppercase ? "_\(letter)" : letter.uppercased()
    }
  }
}
