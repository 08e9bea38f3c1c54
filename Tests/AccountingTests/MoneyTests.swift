internal import Accounting
internal import Testing

@Suite struct MoneyTests {
  @Test("a currency is three upper-case letters, no more and no fewer")
  func currencyForm() {
    #expect(Currency("EUR")?.code == "EUR")
    for wrong in ["", "EU", "EURO", "eur", "E1R", "ÉUR"] {
      #expect(Currency(wrong) == nil, "\(wrong)")
    }
  }

  @Test("amounts are equal only in the same currency")
  func equality() throws {
    let euro = try #require(Currency("EUR"))
    let zloty = try #require(Currency("PLN"))
    #expect(Money(minorUnits: 7000, currency: euro) == Money(minorUnits: 7000, currency: euro))
    #expect(Money(minorUnits: 7000, currency: euro) != Money(minorUnits: 7000, currency: zloty))
    #expect(Money(minorUnits: 0, currency: zloty).isZero)
    #expect(!Money(minorUnits: -1, currency: zloty).isZero)
  }

  @Test("an amount is taken back by its negative")
  func negative() throws {
    #expect(try -money(5) == money(-5))
    #expect(try -money(-.max) == money(.max))
  }
}
