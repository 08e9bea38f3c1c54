internal import Availability

extension City {
  /// Early starts; Friday afternoons are off.
  static let vienna = City(
    name: "Vienna", zoneName: "Europe/Vienna", language: "de",
    // 1 is Vienna, where no number begins with 0.
    phonePrefix: "+4310",
    names: NameStock(
      titles: ("Mag.a", "Mag."),
      feminine: [
        "Katharina", "Anna", "Magdalena", "Johanna", "Eva", "Barbara", "Jördis", "Theresa",
        "Sophie", "Käthe", "Verena", "Elisabeth", "Dörthe",
      ],
      masculine: [
        "Lukas", "Florian", "Maximilian", "Jürgen", "Stefan", "Michael", "Günther", "Matthias",
        "Sebastian", "Jörg", "Clemens", "Thomas", "Andreas",
      ],
      surnames: [
        "Gruber", "Huber", "Bauer", "Wagner", "Müller", "Pichler", "Steiner", "Moser", "Mayer",
        "Höfler", "Leitner", "Berger", "Fuchs", "Eder", "Fischer", "Schmid", "Winkler", "Weiß",
        "Schwärzler", "Maier", "Köck", "Reiter",
      ]),
    insurers: ["ÖGK", "SVS", "BVAEB"],
    prices: PriceLevel("EUR", individual: 90...150, couple: 140...200, step: 5),
    wording: Wording(
      sharedPractice: "Praxisgemeinschaft", privateOffice: "Praxis", online: "Online Österreich",
      room: "Raum", individual: "Einzelsitzung", individualOnline: "Online-Sitzung",
      couple: "Paartherapie", firstVisit: "Erstgespräch",
      firstCall: "Kostenloses Kennenlerngespräch"),
    quarters: [
      Quarter("Neubau", "Neubaugasse", "1070"),
      Quarter("Mariahilf", "Mariahilfer Straße", "1060"),
      Quarter("Alsergrund", "Währinger Straße", "1090"),
      Quarter("Josefstadt", "Josefstädter Straße", "1080"),
      Quarter("Wieden", "Wiedner Hauptstraße", "1040"),
      Quarter("Leopoldstadt", "Taborstraße", "1020"),
      Quarter("Döbling", "Billrothstraße", "1190"),
      Quarter("Landstraße", "Ungargasse", "1030"),
    ],
    address: { "\($0) \($1), \($2) Wien" },
    patterns: [
      WorkingPattern(
        Shift(.mondayToThursday, 8_00, 12_00), Shift(.mondayToThursday, 13_00, 18_00),
        Shift([.friday], 8_00, 12_00)),
      WorkingPattern(Shift(.mondayToThursday, 12_00, 19_00), Shift([.friday], 8_00, 13_00)),
      WorkingPattern(
        Shift([.monday, .wednesday], 9_00, 12_00), Shift([.monday, .wednesday], 13_00, 19_00)),
      WorkingPattern(Shift(.workdays, 8_30, 12_30)),
      WorkingPattern(
        Shift([.tuesday, .thursday], 10_00, 13_00), Shift([.tuesday, .thursday], 14_00, 20_00),
        Shift([.friday], 9_00, 12_00)),
    ])
}
