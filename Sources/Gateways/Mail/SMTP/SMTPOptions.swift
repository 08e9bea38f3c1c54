/// Which mail server takes messages, and how it is spoken to.
public struct SMTPOptions: Sendable {
  public enum Security: String, CaseIterable, Sendable {
    /// STARTTLS, or nothing is sent.
    case startTLS = "starttls"
    /// STARTTLS where it is offered, in the clear else. Who sits between can make it the latter.
    case opportunistic
    /// TLS from the first byte.
    case tls
    case none
  }

  public struct Login: Sendable {
    public let user: String
    public let password: String

    public init(user: String, password: String) {
      self.user = user
      self.password = password
    }
  }

  public var host: String
  public var port: Int
  public var security: Security
  /// Nil where the server asks for none.
  public var login: Login?
  /// Whether the password may go over a connection that is not encrypted.
  public var allowsPlainLogin = false
  /// PEM file of who vouches for the server's certificate; nil for whom this machine trusts.
  public var authorityFile: String?
  /// How we call ourselves; nil for our address.
  public var helloName: String?
  public var connectMs: Int64 = 10_000
  /// For each answer, and for TLS.
  public var stepMs: Int64 = 30_000
  /// For the message, from its first byte to the server's word that it has it.
  public var contentMs: Int64 = 120_000
  /// Connections at once; the rest waits.
  public var connectionsMax = 4

  public init(host: String, port: Int, security: Security, login: Login? = nil) {
    self.host = host
    self.port = port
    self.security = security
    self.login = login
  }

  /// What is usual: 465 for TLS from the first byte, 587 for STARTTLS, 25 else.
  public static func usualPort(_ security: Security) -> Int {
    switch security {
    case .tls: 465
    case .startTLS: 587
    case .opportunistic, .none: 25
    }
  }
}
