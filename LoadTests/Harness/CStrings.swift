internal import Glibc

/// Strings as C reads them, made once: a search across therapists names 200.
final class CStrings {
  private let owned: [UnsafeMutablePointer<CChar>]

  init(_ strings: [String]) {
    owned = strings.map { string in
      guard let copy = strdup(string) else { preconditionFailure("out of memory") }
      return copy
    }
  }

  deinit {
    for string in owned { free(string) }
  }

  /// Valid as long as this object.
  subscript(index: Int) -> UnsafePointer<CChar> { UnsafePointer(owned[index]) }
}
