extension CardWording {
  static let brazilian = CardWording(
    title: "Ficha de sessões",
    sessions: CountedNoun(one: "sessão", other: "sessões"),
    client: "Cliente",
    phone: "Telefone",
    insurer: "Convênio",
    authorisation: "Número da autorização",
    validFrom: "Válido desde",
    validUntil: "Válido até",
    withoutEnd: "sem prazo",
    renewal: "Renovação",
    renewsAutomatically: "automática",
    renewsOnRequest: "a pedido",
    price: "Valor",
    perSession: "por sessão",
    inTotal: { "\($0) no total" },
    balance: Balance(
      total: "Total", available: "Disponíveis", reserved: "Agendadas", attended: "Utilizadas",
      expired: "Expiradas", returned: "Devolvidas"),
    columns: Columns(
      number: "N.º", date: "Data", time: "Horário", session: "Sessão", status: "Situação",
      price: "Valor"),
    statuses: Statuses(
      requested: "Solicitada", scheduled: "Agendada", inProgress: "Em andamento",
      completed: "Encerrada",
      attended: "Realizada", noShow: "Falta", cancelled: "Cancelada", declined: "Recusada",
      expired: "Sem resposta", released: "Devolvida ao saldo"),
    noSessions: "Ainda não há sessões agendadas.",
    notes: "Observações",
    asOf: { "Situação em \($0)" },
    zone: "Fuso horário",
    page: { "Página \($0) de \($1)" })

  static let portuguese = CardWording(
    title: "Ficha de sessões",
    sessions: CountedNoun(one: "sessão", other: "sessões"),
    client: "Cliente",
    phone: "Telefone",
    insurer: "Seguradora",
    authorisation: "Número de autorização",
    validFrom: "Válido desde",
    validUntil: "Válido até",
    withoutEnd: "sem prazo",
    renewal: "Renovação",
    renewsAutomatically: "automática",
    renewsOnRequest: "a pedido",
    price: "Preço",
    perSession: "por sessão",
    inTotal: { "\($0) no total" },
    balance: Balance(
      total: "Total", available: "Disponíveis", reserved: "Marcadas", attended: "Utilizadas",
      expired: "Expiradas", returned: "Devolvidas"),
    columns: Columns(
      number: "N.º", date: "Data", time: "Hora", session: "Sessão", status: "Estado",
      price: "Preço"),
    statuses: Statuses(
      requested: "Pedida", scheduled: "Marcada", inProgress: "A decorrer", completed: "Terminada",
      attended: "Realizada", noShow: "Falta", cancelled: "Cancelada", declined: "Recusada",
      expired: "Sem resposta", released: "Devolvida ao saldo"),
    noSessions: "Ainda não há sessões marcadas.",
    notes: "Observações",
    asOf: { "Situação em \($0)" },
    zone: "Fuso horário",
    page: { "Página \($0) de \($1)" })
}
