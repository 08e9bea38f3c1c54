internal import Availability

extension City {
  /// Early starts and early evenings.
  static let warsaw = City(
    name: "Warsaw", zoneName: "Europe/Warsaw", language: "pl",
    // No area or mobile network has a code that begins with 10.
    phonePrefix: "+4810",
    names: NameStock(
      titles: ("mgr", "mgr"),
      feminine: [
        "Agnieszka", "Katarzyna", "Małgorzata", "Joanna", "Zofia", "Aleksandra", "Łucja",
        "Elżbieta", "Bożena", "Natalia", "Grażyna", "Weronika", "Róża",
      ],
      masculine: [
        "Michał", "Paweł", "Tomasz", "Krzysztof", "Łukasz", "Jakub", "Wojciech", "Grzegorz",
        "Mateusz", "Rafał", "Sławomir", "Marek", "Stanisław",
      ],
      surnames: [
        "Nowak", .init("Kowalska", "Kowalski"), .init("Wiśniewska", "Wiśniewski"), "Wójcik",
        .init("Kamińska", "Kamiński"), .init("Lewandowska", "Lewandowski"), "Zając",
        .init("Zielińska", "Zieliński"), .init("Szymańska", "Szymański"), "Woźniak",
        .init("Dąbrowska", "Dąbrowski"), .init("Kozłowska", "Kozłowski"), "Mazur", "Król",
        .init("Jabłońska", "Jabłoński"), "Pawlak", "Gołąb", .init("Górska", "Górski"), "Sikora",
        .init("Rutkowska", "Rutkowski"), "Baran", "Michalak",
      ]),
    insurers: ["PZU Zdrowie", "LUX MED", "Medicover"],
    prices: PriceLevel("PLN", individual: 180...260, couple: 260...350, step: 10),
    wording: Wording(
      sharedPractice: "Centrum Psychoterapii", privateOffice: "Gabinet", online: "Online Polska",
      room: "Gabinet", individual: "Sesja indywidualna", individualOnline: "Sesja online",
      couple: "Terapia par", firstVisit: "Pierwsza konsultacja",
      firstCall: "Bezpłatna rozmowa wstępna"),
    quarters: [
      Quarter("Śródmieście", "ul. Mokotowska", "00-561"),
      Quarter("Mokotów", "ul. Puławska", "02-595"),
      Quarter("Żoliborz", "ul. Krasińskiego", "01-581"),
      Quarter("Praga", "ul. Ząbkowska", "03-735"),
      Quarter("Wola", "ul. Żelazna", "00-832"),
      Quarter("Ochota", "ul. Grójecka", "02-019"),
      Quarter("Ursynów", "al. Komisji Edukacji Narodowej", "02-797"),
      Quarter("Saska Kępa", "ul. Francuska", "03-906"),
    ],
    address: { "\($0) \($1), \($2) Warszawa" },
    patterns: [
      WorkingPattern(Shift(.workdays, 8_00, 12_00), Shift(.workdays, 13_00, 17_00)),
      WorkingPattern(Shift(.mondayToThursday, 13_00, 19_30), Shift([.friday], 9_00, 14_00)),
      WorkingPattern(Shift([.monday, .wednesday], 9_00, 13_00), Shift([.thursday], 14_00, 19_00)),
      WorkingPattern(
        Shift(.mondayToThursday, 10_00, 13_00), Shift(.mondayToThursday, 14_00, 19_00)),
      WorkingPattern(Shift([.tuesday, .thursday, .friday], 15_00, 20_00)),
    ])
}
