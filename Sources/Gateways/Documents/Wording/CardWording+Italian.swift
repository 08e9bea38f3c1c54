extension CardWording {
  static let italian = CardWording(
    title: "Scheda delle sedute",
    sessions: CountedNoun(one: "seduta", other: "sedute"),
    client: "Cliente",
    phone: "Telefono",
    insurer: "Assicurazione",
    authorisation: "Numero di autorizzazione",
    validFrom: "Inizio validità",
    validUntil: "Scadenza",
    withoutEnd: "nessuna",
    renewal: "Rinnovo",
    renewsAutomatically: "automatico",
    renewsOnRequest: "su richiesta",
    price: "Prezzo",
    perSession: "per singola seduta",
    inTotal: { "\($0) in totale" },
    balance: Balance(
      total: "Totale", available: "Disponibili", reserved: "Prenotate", attended: "Utilizzate",
      expired: "Scadute", returned: "Restituite"),
    columns: Columns(
      number: "N.", date: "Data", time: "Orario", session: "Seduta", status: "Stato",
      price: "Prezzo"),
    statuses: Statuses(
      requested: "Richiesta", scheduled: "Programmata", inProgress: "In corso",
      completed: "Conclusa",
      attended: "Effettuata", noShow: "Assenza", cancelled: "Annullata", declined: "Rifiutata",
      expired: "Senza risposta", released: "Riaccreditata"),
    noSessions: "Non è stata ancora prenotata nessuna seduta.",
    notes: "Note",
    asOf: { "Data di emissione: \($0)" },
    zone: "Fuso orario",
    page: { "Pagina \($0) di \($1)" })
}
