internal import Booking
internal import Intervals
internal import Letters
internal import Testing

/// Letters as they go out, read aloud once: a change of these is a change of what people are told.
@Suite struct GoldenTests {
  private func facts(
    _ language: String, _ kind: MessageKind, to audience: Audience = .client, reader: String,
    currency: String = "EUR"
  ) throws -> LetterFacts {
    var facts = try #require(LetterFacts.sample(kind, to: audience, in: tag(language)))
    facts.reader.name = reader
    facts.session?.service = ""
    facts.session?.place = .online
    facts.amount = money(18_000, currency)
    facts.settlement = nil
    facts.note = ""
    facts.alternatives = []
    facts.payBy = nil
    facts.links.pay = nil
    return facts
  }

  private func text(_ letter: Letter) -> String {
    letter.text.replacing("\u{A0}", with: " ")
  }

  @Test("Italian: confirmed")  // N-3
  func italian() throws {
    let letter = try Letters.compose(
      facts("it", .bookingConfirmed, reader: "Carlo Verdi"), kind: .bookingConfirmed,
      audience: .client, channel: .email)
    #expect(letter.subject == "Studio Aurora: appuntamento confermato")
    #expect(
      text(letter) == """
        Gentile Carlo Verdi,

        il Suo appuntamento è confermato. Saremo lieti di accoglierLa.

        Quando: martedì 1 dicembre 2026, ore 10:00–10:50
        Dove: Online, in videochiamata
        Con: Anna Bianchi
        Prezzo: 180,00 €

        Entri nella videochiamata:
        https://example.org/j/4f2a

        Annulli l’appuntamento:
        https://example.org/c/4f2a

        Se non potesse venire, La preghiamo di annullare appena può: il link qui
        sopra vale fino all’inizio e mostra prima le condizioni.

        Un cordiale saluto,
        Studio Aurora

        """)
  }

  @Test("Polish: cancelled by the therapist, without asking who reads")  // N-3
  func polish() throws {
    var facts = try facts("pl", .appointmentCancelled, reader: "Ewa Nowak", currency: "PLN")
    facts.settlement = LetterFacts.Settlement(refund: money(18_000, "PLN"))
    let letter = try Letters.compose(
      facts, kind: .appointmentCancelled, audience: .client, channel: .email)
    #expect(letter.subject == "Studio Aurora: wizyta została odwołana")
    #expect(
      text(letter) == """
        Dzień dobry,

        bardzo nam przykro: wizyta została odwołana przez osobę prowadzącą.

        Kiedy: wtorek, 1 grudnia 2026, godz. 10:00–10:50
        Z kim: Anna Bianchi
        Zwrot: 180,00 zł

        Pieniądze wrócą tą samą drogą, którą wpłynęła płatność; bank może je
        pokazać dopiero po kilku dniach.

        Zachęcamy do wybrania innego terminu.

        Z serdecznymi pozdrowieniami
        Studio Aurora

        """)
  }

  @Test("Romanian: a payment that failed")  // N-3, P-3
  func romanian() throws {
    var facts = try facts("ro", .paymentFailed, reader: "Ioana Popescu", currency: "RON")
    facts.payBy = tuesdayAtTen.instant
    facts.links.pay = "https://example.org/p/4f2a"
    facts.links.cancel = nil
    let letter = try Letters.compose(
      facts, kind: .paymentFailed, audience: .client, channel: .email)
    #expect(letter.subject == "Studio Aurora: plata nu a reușit")
    #expect(
      text(letter) == """
        Bună ziua, Ioana Popescu!

        Plata dumneavoastră nu a reușit. Vă rugăm să plătiți până marți, 1
        decembrie 2026, ora 09:00, cu același card sau cu altul; altfel
        programarea va fi anulată.

        Sumă: 180,00 lei
        De plătit până: marți, 1 decembrie 2026, ora 09:00
        Când: marți, 1 decembrie 2026, orele 10:00–10:50
        Cu: Anna Bianchi

        Plătiți acum:
        https://example.org/p/4f2a

        Cu stimă,
        Studio Aurora

        """)
  }

  @Test("German: to the therapist, moved by the client")  // N-3
  func german() throws {
    var facts = try facts("de-AT", .appointmentChanged, to: .therapist, reader: "Anna Bianchi")
    facts.doneBy = .client
    let letter = try Letters.compose(
      facts, kind: .appointmentChanged, audience: .therapist, channel: .email)
    #expect(letter.subject == "Studio Aurora: Termin geändert")
    #expect(
      text(letter) == """
        Guten Tag Anna Bianchi,

        Maria Rossi hat einen Termin geändert. Ihr Kalender ist auf dem neuesten
        Stand.

        Wann: Dienstag, 1. Dezember 2026, 10:00–10:50 Uhr
        Bisher: Montag, 30. November 2026, 10:00–10:50 Uhr
        Wo: Online, per Video
        Mit: Maria Rossi

        Zum Videogespräch:
        https://example.org/j/4f2a

        Herzliche Grüße
        Studio Aurora

        """)
  }

  @Test("Brazilian Portuguese: a package")  // N-3, K-2
  func brazilian() throws {
    var facts = try facts("pt-BR", .packageLinked, reader: "Bruna Souza")
    facts.package = PackageFacts(
      name: "Dez encontros", sessions: 10, available: 8, price: money(150_000, "BRL"),
      expiresAt: nil, renews: true)
    let letter = try Letters.compose(
      facts, kind: .packageLinked, audience: .client, channel: .email)
    #expect(letter.subject == "Studio Aurora: seu pacote está pronto")
    #expect(
      text(letter) == """
        Olá, Bruna Souza!

        Preparamos um pacote para você. A partir de agora, você pode marcar
        horários com ele.

        Pacote: Dez encontros
        Horários disponíveis: 8 de 10
        Preço: R$ 1.500,00

        Ele se renova sozinho; quando isso acontecer, avisaremos.

        Atenciosamente,
        Studio Aurora

        """)
  }

  @Test("English: a series, moved by the practice")  // N-3, B-8
  func english() throws {
    var facts = try facts("en", .appointmentChanged, reader: "Jo Smith")
    facts.doneBy = .practice
    facts.session?.previous = nil
    facts.session?.starts = [
      tuesdayAtTen.advanced(byMinutes: 60), tuesdayAtTen.advanced(byMinutes: 60 + 10_080),
    ]
    facts.links = LetterFacts.Links()
    let letter = try Letters.compose(
      facts, kind: .appointmentChanged, audience: .client, channel: .email)
    #expect(letter.subject == "Studio Aurora: your appointments have changed")
    #expect(
      text(letter) == """
        Dear Jo Smith,

        Studio Aurora has changed your appointments. These are the new details.

        Dates:
          Tuesday, 1 December 2026, 10:00–10:50
          Tuesday, 8 December 2026, 10:00–10:50
        Where: Online, by video
        With: Anna Bianchi

        If this does not suit you, please let us know.

        Kind regards,
        Studio Aurora

        """)
  }

  @Test(
    "reminders as SMS",  // N-2
    arguments: [
      ("en", "a reminder of your appointment on Tue 1 Dec at 10:00. Join here: "),
      ("en-US", "a reminder of your appointment on Tue, Dec 1 at 10:00 AM. Join here: "),
      ("it", "Le ricordiamo il Suo appuntamento di mar 1/12 ore 10:00. Per collegarsi: "),
      ("pl", "przypominamy o wizycie, wt. 1.12, godz. 10:00. Link do rozmowy: "),
      ("ro", "vă reamintim de programarea de mar. 1.12, ora 10:00. Link: "),
      ("de", "Wir erinnern Sie an Ihren Termin am Di, 1.12., 10:00 Uhr. Zum Video: "),
      ("pt-BR", "lembrete do seu horário: ter., 1/12, às 10:00. Entre aqui: "),
      ("pt-PT", "lembrete da sua marcação: ter., 1/12, às 10:00. Entre aqui: "),
    ])
  func messages(language: String, said: String) throws {
    let letter = try Letters.compose(
      facts(language, .reminder, reader: ""), kind: .reminder, audience: .client, channel: .sms)
    #expect(letter.text == "Studio Aurora: \(said)https://example.org/j/4f2a")
  }
}
