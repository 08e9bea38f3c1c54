internal import Availability

extension City {
  /// Late mornings to seven, short Fridays.
  static let bucharest = City(
    name: "Bucharest", zoneName: "Europe/Bucharest", language: "ro",
    // Numbers begin with 2, 3, 7, 8 or 9; 6 is kept back.
    phonePrefix: "+4060",
    names: NameStock(
      titles: ("Psih.", "Psih."),
      feminine: [
        "Ioana", "Andreea", "Mădălina", "Ștefania", "Cătălina", "Raluca", "Anca", "Simona",
        "Lăcrămioara", "Gabriela", "Oana", "Ruxandra", "Bianca",
      ],
      masculine: [
        "Andrei", "Ștefan", "Mihai", "Răzvan", "Cătălin", "Vlad", "Bogdan", "Ionuț", "Tudor",
        "Sorin", "Rareș", "Radu", "Dragoș",
      ],
      surnames: [
        "Popescu", "Ionescu", "Popa", "Stănescu", "Dumitrescu", "Gheorghiu", "Rădulescu",
        "Munteanu", "Țurcanu", "Constantinescu", "Diaconu", "Șerban", "Vasilescu", "Tănase",
        "Moldoveanu", "Enăchescu", "Lungu", "Nistor", "Bălan", "Iliescu", "Crăciun", "Mureșan",
      ]),
    insurers: ["Signal Iduna", "Groupama", "Omniasig"],
    prices: PriceLevel("RON", individual: 200...350, couple: 300...450, step: 10),
    wording: Wording(
      sharedPractice: "Centrul de Psihoterapie", privateOffice: "Cabinet",
      online: "Online România", room: "Cabinet", individual: "Ședință individuală",
      individualOnline: "Ședință online", couple: "Terapie de cuplu",
      firstVisit: "Prima ședință", firstCall: "Discuție introductivă gratuită"),
    quarters: [
      Quarter("Dorobanți", "Calea Dorobanților", "010573"),
      Quarter("Cotroceni", "Str. Dr. Carol Davila", "050453"),
      Quarter("Floreasca", "Str. Glinka", "014476"),
      Quarter("Universitate", "Bd. Carol I", "020917"),
      Quarter("Tineretului", "Bd. Tineretului", "040336"),
      Quarter("Titan", "Bd. Nicolae Grigorescu", "030443"),
      Quarter("Drumul Taberei", "Str. Brașov", "061444"),
      Quarter("Piața Romană", "Str. Polonă", "010501"),
    ],
    address: { "\($0) nr. \($1), \($2) București" },
    patterns: [
      WorkingPattern(
        Shift(.mondayToThursday, 10_00, 14_00), Shift(.mondayToThursday, 15_00, 19_00),
        Shift([.friday], 10_00, 14_00)),
      WorkingPattern(Shift([.monday, .wednesday, .friday], 9_00, 15_00)),
      WorkingPattern(Shift([.tuesday, .thursday], 13_00, 20_00)),
      WorkingPattern(Shift(.workdays, 12_00, 15_00), Shift(.workdays, 16_00, 19_00)),
      WorkingPattern(
        Shift(.mondayToThursday, 9_00, 13_00), Shift([.monday, .tuesday], 16_00, 20_00)),
    ])
}
