internal import Endpoint
internal import Testing

@Suite struct MetricsTextTests {
  @Test("each metric has its help, its kind and its samples, in the order in which they were given")
  func layout() {
    var metrics = MetricsText()
    metrics.counter(
      "seduta_callbacks_total", help: "Callbacks of gateways.",
      [
        .init(3, ["gateway": "stripe", "answer": "taken"]),
        .init(0, ["gateway": "sandbox", "answer": "refused"]),
      ])
    metrics.gauge("seduta_commands_waiting", help: "Commands in the queue.", [.init(12)])
    metrics.gauge("seduta_of_nothing", help: "No sample.", [])
    #expect(
      metrics.text == """
        # HELP seduta_callbacks_total Callbacks of gateways.
        # TYPE seduta_callbacks_total counter
        seduta_callbacks_total{gateway="stripe",answer="taken"} 3
        seduta_callbacks_total{gateway="sandbox",answer="refused"} 0
        # HELP seduta_commands_waiting Commands in the queue.
        # TYPE seduta_commands_waiting gauge
        seduta_commands_waiting 12
        # HELP seduta_of_nothing No sample.
        # TYPE seduta_of_nothing gauge

        """)
  }

  @Test("what would end a label or a line is escaped: backslashes, quotes and ends of lines")
  func escaping() {
    var metrics = MetricsText()
    metrics.gauge(
      "g", help: "a \\ \"b\"\nc", [.init(1, ["l": "ü \\ \"b\"\r\nc\n"])])
    #expect(
      metrics.text == #"""
        # HELP g a \\ "b"\nc
        # TYPE g gauge
        g{l="ü \\ \"b\"\#r\nc\n"} 1

        """#)
  }

  @Test(
    "values are whole where they are, and infinity is Prometheus'",
    arguments: [
      (0, "0"), (-2.5, "-2.5"), (1e15, "1000000000000000"), (0.1, "0.1"), (1e300, "1e+300"),
      (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
    ])
  func values(_ value: Double, _ text: String) {
    var metrics = MetricsText()
    metrics.gauge("g", help: "", [.init(value)])
    #expect(metrics.text.hasSuffix("\ng \(text)\n"))
  }
}
