extension RunReport {
  /// One test case for each check.
  public var junit: String {
    junitSuite("seduta-load.\(heading.title)", checks, heading, seconds: heading.seconds)
  }
}

extension CheckReport {
  /// One test case for each check.
  public var junit: String {
    junitSuite("seduta-load.ci", checks, heading, seconds: heading.seconds)
  }
}

private func junitSuite(
  _ name: String, _ checks: [Check], _ heading: Heading, seconds: Double
) -> String {
  let failures = checks.count { !$0.isKept }
  let time = rounded(seconds)
  let counts = #"tests="\#(checks.count)" failures="\#(failures)" errors="0" skipped="0""#
  var lines = [
    #"<?xml version="1.0" encoding="UTF-8"?>"#,
    #"<testsuites \#(counts) time="\#(time)">"#,
    #"  <testsuite name="\#(escaped(name))" \#(counts) time="\#(time)""#
      + #" timestamp="\#(escaped(heading.startTime))">"#,
  ]
  for check in checks {
    let head = #"    <testcase classname="\#(escaped(name))" name="\#(escaped(check.name))""#
    if check.isKept {
      lines.append(head + ">")
      lines.append(
        "      <system-out>\(escaped(check.reached)), \(escaped(check.limit))</system-out>")
      lines.append("    </testcase>")
    } else {
      lines.append(head + ">")
      lines.append(
        #"      <failure message="\#(escaped(check.reached)), \#(escaped(check.limit)) allowed">"#
          + escaped(check.failure) + "</failure>")
      lines.append("    </testcase>")
    }
  }
  lines += ["  </testsuite>", "</testsuites>", ""]
  return lines.joined(separator: "\n")
}

/// Text as XML and HTML take it, in elements and in attributes. Control characters, which XML cannot
/// hold at all, become spaces.
func escaped(_ text: String) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "'": out += "&#39;"
    case _ where scalar.value < 0x20: out += " "
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out
}
