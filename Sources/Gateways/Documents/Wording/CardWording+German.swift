extension CardWording {
  static let german = CardWording(
    title: "Sitzungsübersicht",
    sessions: CountedNoun(one: "Sitzung", other: "Sitzungen"),
    client: "Name",
    phone: "Telefon",
    insurer: "Versicherung",
    authorisation: "Genehmigungsnummer",
    validFrom: "Gültig ab",
    validUntil: "Gültig bis",
    withoutEnd: "unbefristet",
    renewal: "Verlängerung",
    renewsAutomatically: "automatisch",
    renewsOnRequest: "auf Wunsch",
    price: "Preis",
    perSession: "je Sitzung",
    inTotal: { "\($0) insgesamt" },
    balance: Balance(
      total: "Gesamt", available: "Verfügbar", reserved: "Gebucht", attended: "Verbraucht",
      expired: "Verfallen", returned: "Zurückgegeben"),
    columns: Columns(
      number: "Nr.", date: "Datum", time: "Uhrzeit", session: "Sitzung", status: "Status",
      price: "Preis"),
    statuses: Statuses(
      requested: "Angefragt", scheduled: "Geplant", inProgress: "Läuft", completed: "Beendet",
      attended: "Wahrgenommen", noShow: "Versäumt", cancelled: "Abgesagt", declined: "Abgelehnt",
      expired: "Unbeantwortet", released: "Gutgeschrieben"),
    noSessions: "Es sind noch keine Sitzungen gebucht.",
    notes: "Hinweise",
    asOf: { "Stand: \($0)" },
    zone: "Zeitzone",
    page: { "Seite \($0) von \($1)" })
}
