internal import Service
internal import Testing

/// Card numbers in what people write (P-7). The numbers are those that the networks and gateways publish for tests.
@Suite(.timeLimit(.minutes(1)))
struct CardNumberTests {
  @Test(
    "a network's number is found, alone and in a sentence",
    arguments: [
      // Visa
      "4111111111111111", "4012888888881881", "4222222222222", "4000000000000000006",
      // Mastercard
      "5555555555554444", "5105105105105100", "2221000000000009", "2720990000000007",
      // American Express
      "378282246310005", "343434343434343",
      // Discover
      "6011111111111117", "6445644564456445", "6500000000000002",
      // Diners Club
      "30569309025904", "38520000023237", "36227206271667", "3056930009020004",
      // JCB
      "3530111333300000", "3566002020360505",
      // UnionPay
      "6200000000000005", "6205500000000000004",
      // Maestro
      "501800000009", "5038000000005", "6759649826438453", "6304000000000000000",
      // Elo, Hipercard, Hiper
      "5066991111111118", "6362970000457013", "6062826786276634", "3841000000004",
      "6370950000000005",
      // Mir
      "2200000000000004", "2201382000000013",
    ])
  func published(number: String) {  // P-7
    #expect(CardNumbers.isFound(in: number))
    #expect(CardNumbers.isFound(in: "Paga con \(number), scade 12/27."))
  }

  @Test(
    "a number beside a card's is none",
    arguments: [
      ("a check digit that is wrong", "4111111111111112"),
      ("two digits that changed places", "5555555554555444"),
      ("a digit less than Visa's shortest", "424242424242"),
      ("a length that Visa has not", "42424242424242424"),
      ("a digit more than the longest", "40000000000000000002"),
      ("a right check digit, and nobody's prefix", "1000000000000008"),
      ("the prefix below Mastercard's", "2220000000000000"),
      ("the prefix above Mastercard's", "2721000000000004"),
      ("the prefix below JCB's", "3527000000000002"),
      ("the prefix above Diners Club's", "30600000000006"),
      ("American Express, a digit too long", "3400000000000004"),
      ("a row of 24 digits that begins with a card's", "411111111111111112345678"),
      ("a row of 24 digits that ends with a card's", "123456784111111111111111"),
      ("zeros", "0000000000000000"),
    ])
  func nearMisses(why: String, number: String) {  // P-7
    #expect(!CardNumbers.isFound(in: number), "\(why)")
    #expect(!CardNumbers.isFound(in: "Ricevuta \(number)."), "\(why)")
  }

  @Test(
    "a number's digits may be in groups and in any script",
    arguments: [
      "4111 1111 1111 1111", "4111-1111-1111-1111", "4111.1111.1111.1111",
      "3782 822463 10005", "3056 930902 5904", "4000 0000 0000 0000 006", "4222 2222 2222 2",
      "41111111 11111111", "41 11 11 11 11 11 11 11", "4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1",
      "4111\u{A0}1111\u{A0}1111\u{A0}1111", "4111\u{2009}1111\u{2009}1111\u{2009}1111",
      "4111\u{202F}1111\u{202F}1111\u{202F}1111", "4111\u{2011}1111\u{2013}1111\u{2212}1111",
      "\u{200E}4111 \u{AD}1111 1111\u{200B} 1111", "4111-1111 1111-1111",
      "４１１１１１１１１１１１１１１１", "４１１１　１１１１　１１１１　１１１１", "４１１１．１１１１．１１１１．１１１１",
      "٤١١١١١١١١١١١١١١١", "۴۱۱۱ ۱۱۱۱ ۱۱۱۱ ۱۱۱۱", "४१११ ११११ ११११ ११११", "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏",
    ])
  func grouped(number: String) {  // P-7
    #expect(CardNumbers.isFound(in: number))
    #expect(CardNumbers.isFound(in: "Karta: \(number)!"))
  }

  @Test(
    "what stands around a number does not hide it",
    arguments: [
      "4111 1111 1111 1111 12/27 123", "4111 1111 1111 1111 12 27 123",
      "12 4111 1111 1111 1111", "Zimmer 3 4111111111111111", "30.11.2026 4111111111111111",
      "Raum B12 4111 1111 1111 1111", "nº4111111111111111", "卡号4111111111111111",
      "رقم٤١١١١١١١١١١١١١١١",
      "#4111111111111111", "Nr.4111111111111111", "(4111111111111111)", "4111111111111111exp1227",
      "+55 11 98765 4321 4111 1111 1111 1111", "+4111 1111 1111 1111", "+4111111111111111",
      "tel. +39 06 1234567, Visa 4111 1111 1111 1111",
      "PL61 1090 1014 0000 0712 1981 2874 4111 1111 1111 1111", "DE12 4111 1111 1111 1111",
      "4111111111111112 4111111111111111", "ab12 card 4111 1111 1111 1111",
    ])
  func neighbours(text: String) {  // P-7
    #expect(CardNumbers.isFound(in: text))
  }

  @Test(
    "what only looks like a card's number is none",
    arguments: [
      // Telephone numbers with a right check digit and an issuer's prefix.
      "call +4915879251879", "+370 6731 516 62588", "+378 282 246 310 005", "＋370673151662588",
      // Bank accounts that hold one, with and without spaces, and a Polish one as Poles write it.
      "AT70 4111 1111 1111 1111", "GB19 LOYD 3622 7206 2716 67", "GB19LOYD36227206271667",
      "BR43 4111 1111 1111 1111 0009 795C 1", "at70 4111-1111-1111-1111",
      "PL55 5924 3592 4000 1324 6434 9789", "55 5924 3592 4000 1324 6434 9789",
      // Codes.
      "INV4111111111111111", "ref. A4111111111111111, B5555555555554444",
      "apt_01JD2Q4111111111111111ABCD", "550e8400-e29b-41d4-a716-446655440000",
      // Dates and times.
      "30.11.2026 7.12.2026 14.12.2026", "4.11.2026 11.11.2026 18.11.2026 25.11.2026",
      "4-11-2026 10.00 11-11-2026 10.30", "2026-11-30 10:00", "30.11 10.00 07.12 10.30",
      // What is between the digits makes two of them.
      "4111 1111  1111 1111", "4111, 1111, 1111, 1111", "4111 1111 / 1111 1111",
      "4111 1111 - 1111 1111", "4,111,111,111,111,111", "41111111 e 11111111",
      "4111x1111x1111x1111", "", "Anna Bianchi", "Via della Lungara 12, 00165 Roma",
    ])
  func others(text: String) {  // P-7
    #expect(!CardNumbers.isFound(in: text))
  }

  @Test("a Brazilian mobile with its country's code is never one, though one in ten passes Luhn")
  func mobiles() {  // P-7
    var dice = Dice(seed: 55)
    var (passing, refused) = (0, [String]())
    for _ in 0..<10_000 {
      let area = Int.random(in: 11...99, using: &dice)
      let digits = (0..<8).map { _ in String(Int.random(in: 0...9, using: &dice)) }.joined()
      let (head, tail) = (digits.prefix(4), digits.suffix(4))
      if Luhn.isRight("55\(area)9\(digits)") { passing += 1 }
      for number in [
        "+55\(area)9\(digits)", "+55 \(area) 9\(head) \(tail)", "+55 (\(area)) 9\(head)-\(tail)",
        "+55 \(area) 9 \(head)-\(tail)",
      ] {
        let note = "Ligar para \(number) às 10h, depois 12/05"
        refused += [number, note].filter(CardNumbers.isFound)
      }
    }
    #expect(refused == [])
    #expect((800...1_200).contains(passing), "one in ten")
  }

  @Test("whatever a network's number is, and wherever it stands, it is found")
  func anyOfANetwork() {  // P-7
    var dice = Dice(seed: 7812)
    let before = ["", "Carta ", "n. ", "12 ", "3-4 ", "1234.", "(", "à ", "12/27, ", "IBAN: "]
    let after = ["", " 12/27", " 12 27 123", ", grazie", ".", "-1", " 2026", ")", "€"]
    var (missed, refused) = ([String](), [String]())
    for network in Network.all {
      for _ in 0..<300 {
        let number = network.number(using: &dice)
        let separator = [" ", "-", ".", "\u{A0}", "\u{2009}"].randomElement(using: &dice) ?? " "
        for written in [number, Network.inFours(number, separator)] {
          let start = before.randomElement(using: &dice) ?? ""
          let end = after.randomElement(using: &dice) ?? ""
          let text = start + written + end
          if !CardNumbers.isFound(in: text) { missed.append("\(network): \(text)") }
        }
        let wrong = "Carta \(Luhn.changingLast(of: number)), grazie"
        if CardNumbers.isFound(in: wrong) { refused.append(wrong) }
      }
    }
    #expect(missed == [])
    #expect(refused == [])
  }

  @Test("sixteen digits that begin as no issuer's are never one, whatever the last is")
  func nobodys() {  // P-7
    var dice = Dice(seed: 16)
    var refused: [String] = []
    for prefix in ["0", "1", "7", "8", "9", "21", "28", "31", "33", "57", "61"] {
      for _ in 0..<1_000 {
        let rest = (prefix.count..<15).map { _ in String(Int.random(in: 0...9, using: &dice)) }
        let number = Luhn.completing(prefix + rest.joined())
        refused += [number, "Ref. \(number) ok"].filter(CardNumbers.isFound)
      }
    }
    #expect(refused == [])
  }

  @Test("the longest text is read to its end, and one of digits alone takes no longer")
  func longest() {  // P-7
    #expect(CardNumbers.isFound(in: String(repeating: "ü", count: 984) + "4111111111111111"))
    #expect(!CardNumbers.isFound(in: String(repeating: "4", count: 100_000)))
    #expect(!CardNumbers.isFound(in: String(repeating: "411 ", count: 25_000)))
  }
}

/// Who issues cards, as this test knows it.
private struct Network: CustomStringConvertible {
  let description: String
  let prefixes: [String]
  let lengths: [Int]

  static let all: [Network] = [
    Network("Visa", ["4"], [13, 16, 19]),
    Network("Mastercard", ["51", "52", "53", "54", "55", "2221", "2300", "2699", "2720"], [16]),
    Network("American Express", ["34", "37"], [15]),
    Network("Discover", ["6011", "644", "649", "65"], [16, 17, 18, 19]),
    Network("Diners Club", ["300", "305", "36", "38", "39"], [14, 15, 16, 17, 18, 19]),
    Network("JCB", ["3528", "3550", "3589"], [16, 17, 18, 19]),
    Network("UnionPay", ["62"], [16, 17, 18, 19]),
    Network(
      "Maestro", ["5018", "5020", "5038", "5893", "6304", "6759", "6761", "6762", "6763"],
      [12, 13, 14, 15, 16, 17, 18, 19]),
    Network(
      "Elo",
      [
        "401178", "431274", "438935", "451416", "457393", "4576", "457631", "457632", "504175",
        "506699", "506778", "509000", "509999", "627780", "636297", "636368", "650031", "650700",
      ], [16]),
    Network("Hipercard", ["606282", "3841"], [13, 16, 19]),
    Network("Mir", ["2200", "2204"], [16, 17, 18, 19]),
  ]

  init(_ description: String, _ prefixes: [String], _ lengths: [Int]) {
    self.description = description
    self.prefixes = prefixes
    self.lengths = lengths
  }

  func number(using dice: inout Dice) -> String {
    let length = lengths.randomElement(using: &dice) ?? 16
    var digits = prefixes.randomElement(using: &dice) ?? ""
    while digits.count < length - 1 { digits += String(Int.random(in: 0...9, using: &dice)) }
    return Luhn.completing(digits)
  }

  static func inFours(_ number: String, _ separator: String) -> String {
    var (groups, rest) = ([Substring](), number[...])
    while !rest.isEmpty {
      groups.append(rest.prefix(4))
      rest = rest.dropFirst(4)
    }
    return groups.joined(separator: separator)
  }
}

/// The check digit of ISO/IEC 7812-1, from the right.
private enum Luhn {
  static func isRight(_ digits: String) -> Bool {
    let values = digits.reversed().compactMap(\.wholeNumberValue)
    let sum = values.enumerated().reduce(0) { sum, each in
      let doubled = each.element * 2
      return sum + (each.offset % 2 == 0 ? each.element : doubled / 10 + doubled % 10)
    }
    return sum % 10 == 0
  }

  static func completing(_ digits: String) -> String {
    (0...9).map { digits + String($0) }.first(where: isRight) ?? digits
  }

  static func changingLast(of number: String) -> String {
    let last = number.last?.wholeNumberValue ?? 0
    return number.dropLast() + String((last + 1) % 10)
  }
}
