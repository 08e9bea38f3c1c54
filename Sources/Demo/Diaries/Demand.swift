/// How much is booked. Shares are percent of the hours into which a session fits.
enum Demand {
  /// Of the weeks that are near.
  private static let nearPercent = 62
  /// Of the last week.
  private static let farPercent = 28
  /// By clients who come every week.
  static let regularPercent = 36

  /// - Parameters:
  ///   - week: 0 is the one that begins today.
  ///   - count: of the weeks in which anything is booked; the first third of them is near.
  static func percent(week: Int, of count: Int) -> Int {
    let lastNear = (count + 2) / 3 - 1
    guard week > lastNear else { return nearPercent }
    return nearPercent
      - (nearPercent - farPercent) * (week - lastNear) / max(1, count - 1 - lastNear)
  }

  /// What a share of some hours comes to; the dice round it, so that no one's rounding adds up.
  static func hours(_ percent: Int, of count: Int, dice: inout Dice) -> Int {
    let (whole, rest) = (percent * count).quotientAndRemainder(dividingBy: 100)
    return whole + (dice.happens(percent: rest) ? 1 : 0)
  }
}
