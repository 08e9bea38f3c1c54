internal import Foundation
internal import Gateways
internal import Service

/// By which ways messages go out, from the settings.
struct PostSettings {
  enum Mail {
    case none
    case mailbox
    case smtp(SMTPOptions)
  }

  enum SMS {
    case none
    case mailbox
    case twilio(url: String, account: String, authToken: String)
  }

  let mail: Mail
  let sms: SMS
  let mailboxPath: String
  let sender: EmailParty
  let smsSender: String
  let allowsPrivateWebhooks: Bool

  private static let mailSettings = [
    "smtpHost", "smtpPort", "smtpSecurity", "smtpUser", "smtpPasswordFile", "smtpCaFile",
    "smtpHello", "smtpPlainLogin",
  ]
  private static let smsSettings = ["twilioAccount", "twilioAuthTokenFile", "twilioUrl"]

  /// - Throws: `Failure` naming the setting and what was expected.
  init(from source: SettingSource) throws {
    let isTrial = try source.flag("sandbox") ?? false || source.flag("demo") ?? false
    let usual = isTrial ? "mailbox" : "none"
    let (mailName, smsName) = (source.text("mail") ?? usual, source.text("sms") ?? usual)
    try PostSettings.expect("smtp", as: "mail", got: mailName, for: Self.mailSettings, in: source)
    try PostSettings.expect("twilio", as: "sms", got: smsName, for: Self.smsSettings, in: source)
    switch mailName {
    case "none": mail = .none
    case "mailbox": mail = .mailbox
    case "smtp": mail = .smtp(try PostSettings.smtp(from: source))
    default: throw Failure("mail: expected none, mailbox or smtp, got \"\(mailName)\"")
    }
    switch smsName {
    case "none": sms = .none
    case "mailbox": sms = .mailbox
    case "twilio":
      sms = .twilio(
        url: try source.webAddress("twilioUrl") ?? TwilioTransport.url,
        account: try source.required("twilioAccount", with: "sms"),
        authToken: try source.secret("twilioAuthToken", orFile: "twilioAuthTokenFile"))
    default: throw Failure("sms: expected none, mailbox or twilio, got \"\(smsName)\"")
    }
    let folder = source.text("mailboxDir")
    guard folder == nil || mailName == "mailbox" || smsName == "mailbox" else {
      throw Failure("mailbox-dir: expected with mail or sms as mailbox")
    }
    mailboxPath = folder ?? (source.text("dataDir") ?? ".seduta") + "/mailbox"
    sender = try PostSettings.sender(from: source, isNeeded: mailName == "smtp")
    smsSender =
      smsName == "twilio"
      ? try source.required("smsFrom", with: "sms") : source.text("smsFrom") ?? "Seduta"
    allowsPrivateWebhooks = try source.flag("allowPrivateWebhooks") ?? false
  }

  /// A setting that has no effect is a mistake. Secrets may be there for whoever needs them.
  private static func expect(
    _ expected: String, as setting: String, got name: String, for others: [String],
    in source: SettingSource
  ) throws {
    guard name != expected, let stray = others.first(where: source.isSet) else {
      return
    }
    throw Failure("\(setting): expected \(expected), since \(flagName(stray)) is set")
  }

  private static func smtp(from source: SettingSource) throws -> SMTPOptions {
    let name = source.text("smtpSecurity") ?? SMTPOptions.Security.startTLS.rawValue
    guard let security = SMTPOptions.Security(rawValue: name) else {
      throw Failure(
        "smtp-security: expected starttls, tls, opportunistic or none, got \"\(name)\"")
    }
    var options = SMTPOptions(
      host: try source.required("smtpHost", with: "mail"),
      port: try source.number("smtpPort", in: 1...65_535) ?? SMTPOptions.usualPort(security),
      security: security)
    options.authorityFile = source.text("smtpCaFile")
    if let hello = source.text("smtpHello") {
      guard !hello.isEmpty, hello.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
        throw Failure("smtp-hello: expected a host name, got \"\(hello)\"")
      }
      options.helloName = hello
    }
    options.allowsPlainLogin = try source.flag("smtpPlainLogin") ?? false
    guard let user = source.text("smtpUser") else {
      guard source.text("smtpPasswordFile") == nil, !options.allowsPlainLogin else {
        throw Failure("smtp-user: expected a name, since another setting of the login is set")
      }
      return options
    }
    guard security != .none || options.allowsPlainLogin else {
      throw Failure(
        "smtp-security: expected what encrypts, since smtp-user is set; or set smtp-plain-login")
    }
    let password = try source.secret("smtpPassword", orFile: "smtpPasswordFile")
    guard !user.isEmpty, !user.utf8.contains(0), !password.utf8.contains(0) else {
      throw Failure("smtp-user: expected a name and a password without NUL")
    }
    options.login = SMTPOptions.Login(user: user, password: password)
    return options
  }

  /// "Name <address>", or an address alone.
  private static func sender(from source: SettingSource, isNeeded: Bool) throws -> EmailParty {
    guard let text = source.text("mailFrom") else {
      guard !isNeeded else { throw Failure("mail-from: expected a value, since mail is set") }
      return EmailParty(name: "Seduta", address: "seduta@seduta.invalid")
    }
    let party: EmailParty
    if text.hasSuffix(">"), let start = text.lastIndex(of: "<") {
      let quotes = CharacterSet.whitespaces.union(CharacterSet(charactersIn: "\""))
      party = EmailParty(
        name: text[..<start].trimmingCharacters(in: quotes),
        address: String(text[text.index(after: start)...].dropLast()))
    } else {
      party = EmailParty(address: text)
    }
    guard party.isAddress else {
      throw Failure("mail-from: expected \"Name <address>\", got \"\(text)\"")
    }
    return party
  }
}

/// The ways that messages go out by, open.
struct Post {
  let options: PostOptions
  private let webhooks: HTTPWebhooks
  private let twilio: TwilioTransport?

  /// - Throws: `Failure` naming the setting and what was expected.
  init(_ settings: PostSettings) throws {
    let mail: (any MailTransport)?
    switch settings.mail {
    case .none: mail = nil
    case .mailbox: mail = try Post.mailbox(settings)
    case .smtp(let options):
      do {
        mail = try SMTPTransport(options)
      } catch {
        throw Failure(
          "smtp-ca-file: \(options.authorityFile ?? "") cannot be read as PEM: \(error)")
      }
    }
    let sms: (any SMSTransport)?
    switch settings.sms {
    case .none: (sms, twilio) = (nil, nil)
    case .mailbox: (sms, twilio) = (try Post.mailbox(settings), nil)
    case .twilio(let url, let account, let authToken):
      let gateway = TwilioTransport(url: url, account: account, authToken: authToken)
      (sms, twilio) = (gateway, gateway)
    }
    webhooks = HTTPWebhooks(allowsPrivateAddresses: settings.allowsPrivateWebhooks)
    options = PostOptions(
      mail: mail, sms: sms, webhooks: webhooks,
      allowsPrivateWebhooks: settings.allowsPrivateWebhooks, sender: settings.sender,
      smsSender: settings.smsSender)
  }

  /// Has to be called once, at the end: open connections are closed.
  func shutDown() async {
    await twilio?.shutDown()
    await webhooks.shutDown()
  }

  private static func mailbox(_ settings: PostSettings) throws -> DiskMailbox {
    do {
      return try DiskMailbox(path: settings.mailboxPath)
    } catch {
      throw Failure(
        "mailbox-dir: \(settings.mailboxPath) cannot be made: \(error.localizedDescription)")
    }
  }
}
