extension StoreTransaction {
  /// A secret of this server's that outlives it, made the first time that it is asked for.
  public func secret(named name: String, orMaking make: () -> [UInt8]) throws -> [UInt8] {
    let kept = try database.first(
      "SELECT secret FROM server_secrets WHERE name = $1", [.text(name)]
    ) { $0.blob(0) }
    if let kept { return kept }
    let made = make()
    try database.execute(
      "INSERT INTO server_secrets (name, secret) VALUES ($1, $2)", [.text(name), .blob(made)])
    return made
  }
}
