internal import ArgumentParser

/// The flags that say by which ways messages go out.
///
/// The secrets have none: who lists processes would see them.
struct PostFlags: ParsableArguments {
  @Option(
    help:
      "none, mailbox (files in a folder) or smtp. (default: mailbox with --sandbox or --demo, else none)"
  )
  var mail: String?

  @Option(help: "Who e-mails are from: \"Name <address>\". Needed with smtp.")
  var mailFrom: String?

  @Option(help: "The mail server's name or address.")
  var smtpHost: String?

  @Option(help: "Its port. (default: 587 with starttls, 465 with tls, else 25)")
  var smtpPort: Int?

  @Option(
    help: """
      starttls, tls (from the first byte), opportunistic (STARTTLS where offered) or none. \
      (default: starttls)
      """)
  var smtpSecurity: String?

  @Option(help: "Who to log in as. (default: no login)")
  var smtpUser: String?

  @Option(help: "File with the password; or set SEDUTA_SMTP_PASSWORD.")
  var smtpPasswordFile: String?

  @Option(
    help: "PEM file of who vouches for its certificate. (default: whom this machine trusts)")
  var smtpCaFile: String?

  @Option(help: "What we call ourselves there. (default: our address)")
  var smtpHello: String?

  @Flag(help: "Let the password go over a connection that is not encrypted.")
  var smtpPlainLogin = false

  @Option(
    help: "none, mailbox or twilio. (default: mailbox with --sandbox or --demo, else none)")
  var sms: String?

  @Option(
    help: "Who text messages are from: a number, a name, or Twilio's MG... Needed with twilio.")
  var smsFrom: String?

  @Option(help: "Twilio's account SID, AC....")
  var twilioAccount: String?

  @Option(help: "File with Twilio's auth token; or set SEDUTA_TWILIO_AUTH_TOKEN.")
  var twilioAuthTokenFile: String?

  @Option(help: "Twilio's address. (default: https://api.twilio.com)")
  var twilioUrl: String?

  @Option(help: "Folder of the mailbox; made if absent. (default: mailbox in the data folder)")
  var mailboxDir: String?

  @Flag(help: "Call webhooks in private networks, and over plain HTTP, too.")
  var allowPrivateWebhooks = false
}
