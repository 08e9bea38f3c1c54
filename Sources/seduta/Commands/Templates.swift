internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// A partner's own texts.
struct Templates: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, set, delete and preview your own texts of messages.",
    discussion: "What a text can say: docs/templates.md. Changes need the scope manage.",
    subcommands: [
      TemplateList.self, TemplatePut.self, TemplateDelete.self, TemplatePreview.self,
    ])
}

/// Which message a text is for.
struct TemplateOptions: ParsableArguments {
  enum Reader: String, ExpressibleByArgument, CaseIterable {
    case client, therapist
  }

  enum Way: String, ExpressibleByArgument, CaseIterable {
    case email, sms
  }

  @Argument(help: "What it tells: REMINDER, BOOKING_CONFIRMED, ....")
  var kind: String

  @Argument(help: "The reader's language: it, pt-BR, ....")
  var language: String

  @Option(help: "Who reads it.")
  var to = Reader.client

  @Option(help: "By which way it goes.")
  var by = Way.email

  fileprivate var key: Seduta_V1_TemplateKey {
    var key = Seduta_V1_TemplateKey()
    key.kind = kind
    key.language = language
    key.audience = to == .client ? .client : .therapist
    key.channel = by == .email ? .email : .sms
    return key
  }
}

/// The files that a text is in.
struct TemplateFiles: ParsableArguments {
  @Option(help: "Of an e-mail: its subject.")
  var subject: String?

  @Option(help: "Of an e-mail: the file with its text.")
  var text: String?

  @Option(help: "Of an e-mail: the file with its HTML.")
  var html: String?

  @Option(help: "Of an SMS: its text.")
  var sms: String?

  fileprivate func template(_ key: Seduta_V1_TemplateKey) throws -> Seduta_V1_MessageTemplate {
    var template = Seduta_V1_MessageTemplate()
    template.key = key
    template.subject = subject ?? ""
    template.text = try text.map(TemplateFiles.read) ?? ""
    template.html = try html.map(TemplateFiles.read) ?? ""
    template.sms = sms ?? ""
    return template
  }

  private static func read(_ path: String) throws -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw ValidationError("The file \(path) cannot be read: expected text in UTF-8.")
    }
  }
}

/// Lists the partner's texts.
struct TemplateList: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List your own texts.")

  @OptionGroup var connection: ConnectionOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    let found = try await server.notifications.listTemplates(
      Seduta_V1_NotificationsListTemplatesRequest())
    try show(found) {
      guard !found.templates.isEmpty else { return "All texts are Seduta's." }
      var table = Table("WHAT", "TO", "BY", "LANGUAGE", "VERSION", "SUBJECT OR SMS")
      for template in found.templates {
        let isMail = template.key.channel == .email
        table.add(
          template.key.kind, template.key.audience == .client ? "client" : "therapist",
          isMail ? "e-mail" : "SMS", template.key.language, "\(template.version)",
          isMail ? template.subject : template.sms)
      }
      return table.text
    }
    return .done
  }
}

/// Takes a text.
struct TemplatePut: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "put", abstract: "Take a text in the place of Seduta's.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var which: TemplateOptions
  @OptionGroup var files: TemplateFiles

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_NotificationsPutTemplateRequest()
    request.template = try files.template(which.key)
    let taken = try await server.notifications.putTemplate(request)
    try show(taken) { "It is taken; version \(taken.template.version)." }
    return .done
  }
}

/// Goes back to Seduta's text.
struct TemplateDelete: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Go back to Seduta's text.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var which: TemplateOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_NotificationsDeleteTemplateRequest()
    request.key = which.key
    let gone = try await server.notifications.deleteTemplate(request)
    try show(gone) { "Seduta's text is used." }
    return .done
  }
}

/// Shows what a message would say.
struct TemplatePreview: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Show what a message would say, of made-up facts.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var which: TemplateOptions
  @OptionGroup var files: TemplateFiles

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_NotificationsPreviewTemplateRequest()
    request.template = try files.template(which.key)
    let shown = try await server.notifications.previewTemplate(request)
    try show(shown) { shown.sms.isEmpty ? "\(shown.subject)\n\n\(shown.text)" : shown.sms }
    return .done
  }
}
