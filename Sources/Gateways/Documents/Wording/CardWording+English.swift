extension CardWording {
  static let british = CardWording(
    title: "Session card",
    sessions: CountedNoun(one: "session", other: "sessions"),
    client: "Client",
    phone: "Phone",
    insurer: "Insurer",
    authorisation: "Authorisation number",
    validFrom: "Valid from",
    validUntil: "Valid until",
    withoutEnd: "no end date",
    renewal: "Renewal",
    renewsAutomatically: "automatic",
    renewsOnRequest: "on request",
    price: "Price",
    perSession: "per session",
    inTotal: { "\($0) in total" },
    balance: Balance(
      total: "Total", available: "Available", reserved: "Booked", attended: "Used",
      expired: "Expired", returned: "Returned"),
    columns: Columns(
      number: "No.", date: "Date", time: "Time", session: "Session", status: "Status",
      price: "Price"),
    statuses: Statuses(
      requested: "Requested", scheduled: "Scheduled", inProgress: "In progress", completed: "Ended",
      attended: "Attended", noShow: "Missed", cancelled: "Cancelled", declined: "Declined",
      expired: "Not answered", released: "Credited back"),
    noSessions: "No sessions have been booked yet.",
    notes: "Notes",
    asOf: { "As of \($0)" },
    zone: "Time zone",
    page: { "Page \($0) of \($1)" })

  static let american = CardWording(
    title: "Session card",
    sessions: CountedNoun(one: "session", other: "sessions"),
    client: "Client",
    phone: "Phone",
    insurer: "Insurer",
    authorisation: "Authorization number",
    validFrom: "Valid from",
    validUntil: "Valid until",
    withoutEnd: "no end date",
    renewal: "Renewal",
    renewsAutomatically: "automatic",
    renewsOnRequest: "on request",
    price: "Price",
    perSession: "per session",
    inTotal: { "\($0) in total" },
    balance: Balance(
      total: "Total", available: "Available", reserved: "Booked", attended: "Used",
      expired: "Expired", returned: "Returned"),
    columns: Columns(
      number: "No.", date: "Date", time: "Time", session: "Session", status: "Status",
      price: "Price"),
    statuses: Statuses(
      requested: "Requested", scheduled: "Scheduled", inProgress: "In progress", completed: "Ended",
      attended: "Attended", noShow: "Missed", cancelled: "Canceled", declined: "Declined",
      expired: "Not answered", released: "Credited back"),
    noSessions: "No sessions have been booked yet.",
    notes: "Notes",
    asOf: { "As of \($0)" },
    zone: "Time zone",
    page: { "Page \($0) of \($1)" })
}
