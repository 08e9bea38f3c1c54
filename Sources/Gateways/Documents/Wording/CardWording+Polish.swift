extension CardWording {
  static let polish = CardWording(
    title: "Karta sesji",
    sessions: CountedNoun(one: "sesja", few: "sesje", other: "sesji"),
    client: "Imię i nazwisko",
    phone: "Telefon",
    insurer: "Ubezpieczyciel",
    authorisation: "Numer autoryzacji",
    validFrom: "Ważny od",
    validUntil: "Ważny do",
    withoutEnd: "bezterminowo",
    renewal: "Odnowienie",
    renewsAutomatically: "automatyczne",
    renewsOnRequest: "na życzenie",
    price: "Cena",
    perSession: "za każdą sesję",
    inTotal: { "łącznie \($0)" },
    balance: Balance(
      total: "Razem", available: "Dostępne", reserved: "Umówione", attended: "Wykorzystane",
      expired: "Wygasłe", returned: "Zwrócone"),
    columns: Columns(
      number: "Lp.", date: "Data", time: "Godzina", session: "Sesja", status: "Status",
      price: "Cena"),
    statuses: Statuses(
      requested: "Oczekuje", scheduled: "Umówiona", inProgress: "W trakcie",
      completed: "Zakończona",
      attended: "Odbyta", noShow: "Nieobecność", cancelled: "Odwołana", declined: "Odmowa",
      expired: "Bez odpowiedzi", released: "Przywrócona"),
    noSessions: "Nie umówiono jeszcze żadnej sesji.",
    notes: "Uwagi",
    asOf: { "Stan na \($0) r." },
    zone: "Strefa czasowa",
    page: { "Strona \($0) z \($1)" })
}
