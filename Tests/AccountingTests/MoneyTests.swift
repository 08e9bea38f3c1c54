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

  @Test("a currency has the digits that ISO 4217 gives it")  // P-9
  func digits() throws {
    for (digits, codes) in [
      0: ["JPY", "KRW", "CLP", "ISK", "VND"], 2: ["EUR", "PLN", "RON", "BRL", "HUF", "CHF"],
      3: ["KWD", "BHD", "TND"], 4: ["CLF"],
    ] {
      for code in codes { #expect(try currency(code).minorUnitDigits == digits, "\(code)") }
    }
  }

  @Test("an amount's text has its currency's digits, and a figure before the point")  // P-9
  func decimalText() throws {
    for (minorUnits, code, text) in [
      (7_000, "EUR", "70.00"), (0, "EUR", "0.00"), (5, "EUR", "0.05"), (-5, "EUR", "-0.05"),
      (-105, "EUR", "-1.05"), (70, "JPY", "70"), (-1, "JPY", "-1"), (0, "JPY", "0"),
      (1, "KWD", "0.001"), (-12_345, "KWD", "-12.345"), (1, "CLF", "0.0001"),
      (.max, "EUR", "92233720368547758.07"), (.min, "EUR", "-92233720368547758.08"),
      (.min, "JPY", "-9223372036854775808"),
    ] as [(Int64, String, String)] {
      #expect(try money(minorUnits, code).decimalText == text)
    }
  }

  @Test("an amount is taken back by its negative")
  func negative() throws {
    #expect(try -money(5) == money(-5))
    #expect(try -money(-.max) == money(.max))
  }
}
