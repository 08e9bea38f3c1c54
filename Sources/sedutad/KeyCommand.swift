internal import ArgumentParser
internal import Availability
internal import Service
internal import Storage

/// `sedutad key`: keys are made while no server runs on the data.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make API keys.", subcommands: [KeyCreateCommand.self])
}

struct KeyCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make an API key and print it, once.",
    discussion: "Stop the server on this data first; it knows the key from its next start on.")

  @Option(help: "Folder of the database.")
  var dataDir = ".seduta"

  @Option(help: "The partner whose key it is, par_...; without it, the first one.")
  var partner: String?

  @Option(help: "Make a new partner of this name, and the key for it.")
  var newPartner: String?

  @Option(help: "What the key may do: any of read, book, manage, admin, with commas.")
  var scopes = "read,book,manage,admin"

  func run() throws {
    let wanted = try scopes.split(separator: ",").map { name in
      guard let scope = Scope(rawValue: String(name)) else {
        throw Failure("scopes: expected read, book, manage or admin, got \"\(name)\"")
      }
      return scope
    }
    let data = try DataDirectory(path: dataDir, create: false)
    defer { data.unlock() }
    let store = try Store(path: data.databasePath)
    if let newPartner {
      let (made, key) = try Provisioning.makePartner(
        named: newPartner, scopes: Set(wanted), in: store)
      print("partner: \(made)")
      print(key.text)
    } else {
      let key = try Provisioning.makeKey(
        for: try chosenPartner(in: store), scopes: Set(wanted), in: store)
      print(key.text)
    }
  }

  private func chosenPartner(in store: Store) throws -> PartnerID {
    let known = try store.read { try $0.partners() }
    guard let partner else {
      guard let first = known.first else {
        throw Failure("there is no partner yet: name one with --new-partner")
      }
      return first
    }
    guard let id = PartnerID(partner), known.contains(id) else {
      throw Failure("partner: there is no \(partner)")
    }
    return id
  }
}
