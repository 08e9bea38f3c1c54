internal import Availability

extension City {
  /// Long lunch breaks, evenings until eight, some Saturdays.
  static let rome = City(
    name: "Rome", zoneName: "Europe/Rome", language: "it",
    // Numbers begin with 0 (landlines), 3 (mobiles) or a few service digits; 9 is kept back.
    phonePrefix: "+3990",
    names: NameStock(
      titles: ("Dott.ssa", "Dott."),
      feminine: [
        "Giulia", "Chiara", "Francesca", "Federica", "Sara", "Martina", "Valentina", "Alessia",
        "Silvia", "Elisa", "Noemi", "Benedetta", "Ilaria",
      ],
      masculine: [
        "Alessandro", "Lorenzo", "Matteo", "Andrea", "Niccolò", "Riccardo", "Davide", "Simone",
        "Tommaso", "Edoardo", "Giosuè", "Pietro", "Emanuele",
      ],
      surnames: [
        "Rossi", "Ferrari", "Esposito", "Bianchi", "Romano", "Colombo", "Ricci", "Marino", "Greco",
        "Bruno", "Gallo", "Conti", "De Luca", "Mancini", "Costa", "Giordano", "Rizzo", "Lombardi",
        "Moretti", "D'Angelo", "Nicolò", "Salvò",
      ]),
    insurers: ["UniSalute", "Previmedical", "FASI"],
    prices: PriceLevel("EUR", individual: 60...90, couple: 90...130, step: 5),
    wording: Wording(
      sharedPractice: "Studio di Psicologia", privateOffice: "Studio", online: "Online Italia",
      room: "Stanza", individual: "Colloquio individuale", individualOnline: "Colloquio online",
      couple: "Terapia di coppia", firstVisit: "Primo colloquio",
      firstCall: "Prima chiamata gratuita"),
    quarters: [
      Quarter("Prati", "Via Cola di Rienzo", "00192"),
      Quarter("Trastevere", "Viale di Trastevere", "00153"),
      Quarter("Esquilino", "Via Merulana", "00185"),
      Quarter("Monti", "Via dei Serpenti", "00184"),
      Quarter("Nomentano", "Via Nomentana", "00161"),
      Quarter("San Giovanni", "Via Appia Nuova", "00183"),
      Quarter("Testaccio", "Via Marmorata", "00153"),
      Quarter("Parioli", "Viale Parioli", "00197"),
    ],
    address: { "\($0) \($1), \($2) Roma" },
    patterns: [
      WorkingPattern(
        Shift(.mondayToThursday, 9_00, 13_00), Shift(.mondayToThursday, 15_00, 20_00),
        Shift([.friday], 9_00, 13_00)),
      WorkingPattern(Shift(.workdays, 14_30, 20_00), Shift([.saturday], 9_00, 13_00)),
      WorkingPattern(
        Shift([.tuesday, .thursday], 9_30, 13_00), Shift([.tuesday, .thursday], 16_00, 20_00)),
      WorkingPattern(
        Shift(.workdays, 9_00, 13_00), Shift([.monday, .wednesday, .friday], 15_00, 19_00)),
      WorkingPattern(
        Shift([.monday, .wednesday], 10_00, 13_00), Shift([.monday, .wednesday], 15_30, 19_30),
        Shift([.saturday], 9_00, 13_00)),
    ])
}
