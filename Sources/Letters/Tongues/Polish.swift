/// Neither "Pan" nor "Pani": who reads is not asked which. Names stand where they need not be declined.
extension Tongue {
  static let polish = Tongue(
    tag: "pl", region: "PL",
    words: Words(
      greeting: "Dzień dobry,",
      farewell: "Z serdecznymi pozdrowieniami",
      range: "{date}, godz. {start}–{end}", moment: "{date}, godz. {time}",
      shortMoment: "{weekday} {day}.{month}, godz. {time}", nextDay: "(następnego dnia)",
      zone: "czas lokalny: {city}", online: "Online, rozmowa wideo",
      balance: "{available} z {sessions}",
      labels: Words.Labels(
        when: "Kiedy", dates: "Terminy", previously: "Poprzednio", place: "Gdzie",
        therapist: "Z kim", client: "Z kim", service: "Usługa", price: "Cena", amount: "Kwota",
        payBy: "Termin płatności", fee: "Opłata za odwołanie", refund: "Zwrot", reason: "Powód",
        message: "Wiadomość", alternatives: "Wolne terminy", package: "Pakiet",
        available: "Pozostałe wizyty", validUntil: "Ważny do"),
      actions: Words.Actions(
        join: "Dołącz do rozmowy wideo", pay: "Zapłać teraz", cancel: "Odwołaj wizytę")),
    toClients: polishToClients, toTherapists: polishToTherapists)

  private static let polishToClients = ClientCopy(
    bookingConfirmed: Copy(
      subject: "{{sender}}: potwierdzenie wizyt{{^series}}y{{/series}}",
      lead: """
        potwierdzamy rezerwację wizyt{{^series}}y{{/series}}. Do zobaczenia!
        """,
      closing: """
        {{#cancel_url}}Jeśli termin okaże się niemożliwy, prosimy o jak najwcześniejsze odwołanie
        wizyty. Powyższy link działa do jej rozpoczęcia i najpierw pokazuje
        warunki.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: wizyta potwierdzona, {{short_when}}.
        {{#join_url}}Link do rozmowy: {{join_url}}{{/join_url}}
        """),
    requestReceived: Copy(
      subject: "{{sender}}: prośba o termin dotarła do nas",
      lead: """
        dziękujemy za prośbę o termin. Wizyta nie jest jeszcze potwierdzona: prośba czeka na
        przyjęcie. Do tego czasu termin pozostaje zarezerwowany, a o odpowiedzi od razu
        napiszemy.
        """),
    requestAccepted: Copy(
      subject: "{{sender}}: prośba o termin została przyjęta",
      lead: """
        prośba o termin została przyjęta.
        {{#pay_url}}Aby rezerwacja była ostateczna, prosimy o płatność{{#pay_by}} w terminie
        podanym poniżej{{/pay_by}}; później termin znów będzie wolny.{{/pay_url}}{{^pay_url}}Do
        zobaczenia!{{/pay_url}}
        """,
      closing: """
        {{#cancel_url}}Jeśli termin okaże się niemożliwy, prosimy o jak najwcześniejsze odwołanie
        wizyty. Powyższy link działa do jej rozpoczęcia i najpierw pokazuje
        warunki.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: prośba o termin przyjęta: {{short_when}}.
        {{#pay_url}}Prosimy o płatność{{#short_pay_by}} do: {{short_pay_by}}{{/short_pay_by}}.
        {{pay_url}}{{/pay_url}}
        """),
    requestDeclined: Copy(
      subject: "{{sender}}: odpowiedź na prośbę o termin",
      lead: """
        bardzo nam przykro: prośba o ten termin nie mogła zostać przyjęta.
        """,
      closing: "Zachęcamy do wybrania innego terminu.",
      sms: """
        {{sender}}: niestety prośba o termin {{short_when}} nie mogła zostać przyjęta. Prosimy
        wybrać inny.
        """),
    appointmentChanged: Copy(
      subject:
        "{{sender}}: zmiana termin{{#series}}ów wizyt{{/series}}{{^series}}u wizyty{{/series}}",
      lead: """
        {{#by_client}}zgodnie z prośbą{{/by_client}}{{^by_client}}informujemy, że{{/by_client}}
        {{^series}}wizyta została zmieniona{{/series}}{{#series}}wizyty zostały
        zmienione{{/series}}{{#by_therapist}} przez osobę
        prowadzącą{{/by_therapist}}{{#by_practice}} przez zespół {{sender}}{{/by_practice}}. Oto aktualne
        informacje.
        """,
      closing: """
        {{^by_client}}Jeśli nowy termin nie odpowiada, prosimy o wiadomość{{#cancel_url}} lub
        odwołanie przez powyższy link{{/cancel_url}}.{{/by_client}}
        """,
      sms: """
        {{sender}}: zmiana terminu wizyty. Nowy termin: {{short_when}}.
        {{#join_url}}Link do rozmowy: {{join_url}}{{/join_url}}
        """),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: {{^series}}wizyta została odwołana{{/series}}{{#series}}wizyty zostały odwołane{{/series}}",
      lead: """
        {{#by_client}}zgodnie z prośbą {{/by_client}}{{#by_therapist}}bardzo nam przykro:
        {{/by_therapist}}{{#by_practice}}bardzo nam przykro: {{/by_practice}}{{#by_itself}}informujemy,
        że {{/by_itself}}{{^series}}wizyta została odwołana{{/series}}{{#series}}wizyty zostały
        odwołane{{/series}}{{#by_therapist}} przez osobę
        prowadzącą{{/by_therapist}}{{#by_practice}} przez zespół {{sender}}{{/by_practice}}.
        """,
      closing: """
        {{#refund}}Pieniądze wrócą tą samą drogą, którą wpłynęła płatność; bank może je pokazać
        dopiero po kilku dniach.{{/refund}}

        Zachęcamy do wybrania innego terminu.
        """,
      sms: "{{sender}}: wizyta {{short_when}} została odwołana."),
    paymentCancelled: Copy(
      subject: "{{sender}}: wizyta została odwołana",
      lead: """
        płatność nie dotarła do nas na czas, dlatego wizyta została odwołana, a termin jest znów
        wolny.
        """,
      closing: """
        Jeśli płatność jeszcze do nas dotrze, zwrócimy ją w całości. Zachęcamy do wybrania innego
        terminu.
        """,
      sms: """
        {{sender}}: wizyta {{short_when}} została odwołana, ponieważ płatność nie dotarła na czas.
        """),
    paid: Copy(
      subject: "{{sender}}: dziękujemy za płatność",
      lead: "płatność do nas dotarła. Dziękujemy."),
    refunded: Copy(
      subject: "{{sender}}: zwrot jest w drodze",
      lead: """
        zwrot jest w drodze. Pieniądze wrócą tą samą drogą, którą wpłynęła płatność; bank może je
        pokazać dopiero po kilku dniach.
        """),
    refundFailed: Copy(
      subject: "{{sender}}: zwrot się nie powiódł",
      lead: """
        bardzo nam przykro: zwrot się nie powiódł. Pieniądze nie przepadły. Wyjaśniamy, co się
        stało, i wkrótce napiszemy.
        """,
      closing: "Jeśli od czasu płatności zmieniła się karta lub konto, prosimy o wiadomość."),
    paymentFailed: Copy(
      subject: "{{sender}}: płatność się nie powiodła",
      lead: """
        niestety płatność się nie powiodła. {{#pay_by}}Prosimy zapłacić w terminie podanym poniżej,
        tą samą lub inną kartą{{#when}}; w przeciwnym razie wizyta zostanie
        odwołana{{/when}}.{{/pay_by}}{{^pay_by}}Prosimy spróbować ponownie, tą samą lub inną
        kartą.{{/pay_by}}
        """,
      sms: """
        {{sender}}: płatność się nie powiodła. Aby zachować wizytę, prosimy
        zapłacić{{#short_pay_by}} do: {{short_pay_by}}{{/short_pay_by}}.{{#pay_url}}
        {{pay_url}}{{/pay_url}}
        """),
    reminder: Copy(
      subject: "{{sender}}: przypomnienie o wizycie",
      lead: "przypominamy o zbliżającej się wizycie. Do zobaczenia!",
      closing: """
        {{#cancel_url}}Jeśli plany się zmieniły, prosimy o odwołanie wizyty przez powyższy link:
        z terminu skorzysta ktoś inny.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: przypominamy o wizycie, {{short_when}}.
        {{#join_url}}Link do rozmowy: {{join_url}}{{/join_url}}
        """),
    packageLinked: Copy(
      subject: "{{sender}}: pakiet jest gotowy",
      lead: "pakiet jest gotowy. Od teraz można rezerwować wizyty w jego ramach.",
      closing: """
        {{#renews}}Pakiet odnawia się sam; gdy to nastąpi, damy znać.{{/renews}}
        """),
    packageRenewed: Copy(
      subject: "{{sender}}: pakiet został odnowiony",
      lead: "pakiet został odnowiony. Można nadal rezerwować wizyty w jego ramach."))

  private static let polishToTherapists = TherapistCopy(
    bookingConfirmed: Copy(
      subject: "{{sender}}: now{{^series}}a wizyta{{/series}}{{#series}}e wizyty{{/series}}",
      lead: """
        {{^series}}zarezerwowano nową wizytę. Jest już{{/series}}{{#series}}zarezerwowano nowe
        wizyty. Są już{{/series}} w kalendarzu.
        """,
      sms: "{{sender}}: nowa wizyta, {{short_when}}."),
    requestReceived: Copy(
      subject: "{{sender}}: nowa prośba o termin",
      lead: """
        wpłynęła nowa prośba o termin. Prosimy ją przyjąć lub odrzucić: do tego czasu termin
        pozostaje zajęty, a z chwilą jego rozpoczęcia prośba wygasa.
        """,
      sms: "{{sender}}: nowa prośba o termin, {{short_when}}. Prosimy o odpowiedź."),
    requestAccepted: Copy(
      subject: "{{sender}}: prośba przyjęta",
      lead: """
        prośba o termin została przyjęta automatycznie, zgodnie z ustawieniami. Wizyta jest w
        kalendarzu.
        """),
    appointmentChanged: Copy(
      subject:
        "{{sender}}: zmiana termin{{#series}}ów wizyt{{/series}}{{^series}}u wizyty{{/series}}",
      lead: """
        {{^series}}wizyta została zmieniona{{/series}}{{#series}}wizyty zostały
        zmienione{{/series}}{{#by_client}} przez klientkę lub
        klienta{{/by_client}}{{#by_therapist}} zgodnie z poleceniem{{/by_therapist}}{{#by_practice}} przez zespół
        {{sender}}{{/by_practice}}. Kalendarz jest aktualny.
        """,
      sms: "{{sender}}: zmiana terminu wizyty. Nowy termin: {{short_when}}."),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: {{^series}}wizyta odwołana{{/series}}{{#series}}wizyty odwołane{{/series}}",
      lead: """
        {{^series}}wizyta została odwołana{{/series}}{{#series}}wizyty zostały
        odwołane{{/series}}{{#by_client}} przez klientkę lub
        klienta{{/by_client}}{{#by_therapist}} zgodnie z poleceniem{{/by_therapist}}{{#by_practice}} przez zespół
        {{sender}}{{/by_practice}}. Termin jest znów wolny.
        """,
      sms: "{{sender}}: wizyta {{short_when}} została odwołana."),
    paymentCancelled: Copy(
      subject: "{{sender}}: wizyta odwołana",
      lead: "wizyta została odwołana, bo nie opłacono jej na czas. Termin jest znów wolny.",
      sms: "{{sender}}: wizyta {{short_when}} została odwołana, bo nie opłacono jej na czas."),
    paymentFailed: Copy(
      subject: "{{sender}}: płatność się nie powiodła",
      lead: """
        płatność za wizytę się nie powiodła. {{#pay_by}}Można ją jeszcze opłacić w terminie podanym
        poniżej; później wizyta zostanie
        odwołana automatycznie.{{/pay_by}} Nie trzeba nic robić.
        """),
    reminder: Copy(
      subject: "{{sender}}: przypomnienie o najbliższej wizycie",
      lead: "przypominamy o najbliższej wizycie.",
      sms: "{{sender}}: przypominamy o wizycie, {{short_when}}."))
}
