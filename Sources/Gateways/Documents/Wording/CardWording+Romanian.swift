extension CardWording {
  static let romanian = CardWording(
    title: "Fișa ședințelor",
    sessions: CountedNoun(one: "ședință", few: "ședințe", other: "de ședințe"),
    client: "Nume și prenume",
    phone: "Telefon",
    insurer: "Asigurător",
    authorisation: "Număr de autorizare",
    validFrom: "Valabil din",
    validUntil: "Valabil până la",
    withoutEnd: "fără termen",
    renewal: "Reînnoire",
    renewsAutomatically: "automată",
    renewsOnRequest: "la cerere",
    price: "Preț",
    perSession: "pe ședință",
    inTotal: { "\($0) în total" },
    balance: Balance(
      total: "Total", available: "Disponibile", reserved: "Programate", attended: "Folosite",
      expired: "Expirate", returned: "Restituite"),
    columns: Columns(
      number: "Nr.", date: "Data", time: "Ora", session: "Ședința", status: "Stare",
      price: "Preț"),
    statuses: Statuses(
      requested: "Solicitată", scheduled: "Programată", inProgress: "În curs",
      completed: "Încheiată",
      attended: "Efectuată", noShow: "Absență", cancelled: "Anulată", declined: "Refuzată",
      expired: "Fără răspuns", released: "Recreditată"),
    noSessions: "Nu a fost programată încă nicio ședință.",
    notes: "Observații",
    asOf: { "Situația la data de \($0)" },
    zone: "Fus orar",
    page: { "Pagina \($0) din \($1)" })
}
