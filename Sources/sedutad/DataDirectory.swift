internal import Foundation

/// The folder that holds a server's data: the database, the first key, and a lock.
struct DataDirectory {
  let path: String
  private let lock: Int32

  /// Takes the folder for this process alone: SQLite must have one writer.
  /// - Throws: `Failure` when another process has it, or it cannot be made.
  init(path: String, create: Bool) throws {
    self.path = path
    do {
      if create {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      }
    } catch {
      throw Failure("data-dir: \(path) cannot be made: \(error.localizedDescription)")
    }
    lock = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      throw Failure("data-dir: \(path) cannot be used: \(String(cString: strerror(errno)))")
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw Failure("data-dir: another sedutad is running on \(path): stop it first")
    }
  }

  var databasePath: String { "\(path)/seduta.sqlite" }
  /// What the sandbox's payment gateway did.
  var sandboxPaymentsPath: String { "\(path)/sandbox-payments.jsonl" }
  var keyPath: String { "\(path)/key" }

  /// Keeps the first key where only this user can read it.
  func keep(key: String) throws {
    let made = FileManager.default.createFile(
      atPath: keyPath, contents: Data("\(key)\n".utf8), attributes: [.posixPermissions: 0o600])
    guard made else { throw Failure("data-dir: \(keyPath) cannot be written") }
  }

  /// Where a database is made that is moved to its place once it is whole.
  var unfinishedPath: String { "\(path)/unfinished.sqlite" }

  /// Removes what there is of a database that was not finished.
  func removeUnfinished() throws {
    for suffix in ["", "-journal", "-wal", "-shm"] {
      let file = unfinishedPath + suffix
      guard FileManager.default.fileExists(atPath: file) else { continue }
      do {
        try FileManager.default.removeItem(atPath: file)
      } catch {
        throw Failure("data-dir: \(file) cannot be removed: \(error.localizedDescription)")
      }
    }
  }

  func unlock() {
    close(lock)
  }
}
