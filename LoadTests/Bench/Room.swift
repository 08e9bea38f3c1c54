/// What can be measured by itself.
enum Room: String, CaseIterable {
  case tree, search, check, codec
}
