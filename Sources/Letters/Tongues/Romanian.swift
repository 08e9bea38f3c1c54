extension Tongue {
  static let romanian = Tongue(
    tag: "ro", region: "RO",
    words: Words(
      greeting: "Bună ziua{{#reader}}, {{reader}}{{/reader}}!",
      farewell: "Cu stimă,",
      range: "{date}, orele {start}–{end}", moment: "{date}, ora {time}",
      shortMoment: "{weekday} {day}.{month}, ora {time}", nextDay: "(a doua zi)",
      zone: "ora locală: {city}", online: "Online, prin apel video",
      balance: "{available} din {sessions}",
      labels: Words.Labels(
        when: "Când", dates: "Date", previously: "Înainte", place: "Unde", therapist: "Cu",
        client: "Cu", service: "Serviciu", price: "Preț", amount: "Sumă", payBy: "De plătit până",
        fee: "Taxă de anulare", refund: "Rambursare", reason: "Motiv", message: "Mesaj",
        alternatives: "Ore libere", package: "Pachet", available: "Programări disponibile",
        validUntil: "Valabil până la"),
      actions: Words.Actions(
        join: "Intrați în apelul video", pay: "Plătiți acum", cancel: "Anulați programarea")),
    toClients: romanianToClients, toTherapists: romanianToTherapists,
    currencyNames: ["RON": "lei"])

  private static let romanianToClients = ClientCopy(
    bookingConfirmed: Copy(
      subject:
        "{{sender}}: programar{{#series}}i confirmate{{/series}}{{^series}}e confirmată{{/series}}",
      lead: """
        {{^series}}Programarea dumneavoastră este confirmată.{{/series}}{{#series}}Programările
        dumneavoastră sunt confirmate.{{/series}} Vă așteptăm cu drag.
        """,
      closing: """
        {{#cancel_url}}Dacă nu puteți ajunge, vă rugăm să anulați cât mai devreme. Linkul de mai sus
        este valabil până la ora de început și vă arată mai întâi condițiile.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: programarea de {{short_when}} este confirmată.
        {{#join_url}}Link: {{join_url}}{{/join_url}}
        """),
    requestReceived: Copy(
      subject: "{{sender}}: am primit solicitarea dumneavoastră",
      lead: """
        Vă mulțumim pentru solicitare. Programarea nu este încă fermă: solicitarea trebuie mai întâi
        acceptată. Până atunci vă păstrăm ora liberă și vă scriem de îndată ce avem un răspuns.
        """),
    requestAccepted: Copy(
      subject: "{{sender}}: solicitarea dumneavoastră a fost acceptată",
      lead: """
        Solicitarea dumneavoastră a fost acceptată. {{#pay_url}}Pentru ca programarea să fie fermă,
        vă rugăm să plătiți {{#pay_by}}până {{pay_by}}{{/pay_by}}{{^pay_by}}acum{{/pay_by}}; altfel
        ora va deveni din nou liberă.{{/pay_url}}{{^pay_url}}Vă așteptăm cu drag.{{/pay_url}}
        """,
      closing: """
        {{#cancel_url}}Dacă nu puteți ajunge, vă rugăm să anulați cât mai devreme. Linkul de mai sus
        este valabil până la ora de început și vă arată mai întâi condițiile.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: solicitarea pentru {{short_when}} a fost acceptată. {{#pay_url}}Vă rugăm să
        plătiți{{#short_pay_by}} până {{short_pay_by}}{{/short_pay_by}}: {{pay_url}}{{/pay_url}}
        """),
    requestDeclined: Copy(
      subject: "{{sender}}: despre solicitarea dumneavoastră",
      lead: """
        Ne pare rău: solicitarea dumneavoastră pentru ora aleasă nu a putut fi acceptată.
        """,
      closing: "Puteți cere oricând o altă oră.",
      sms: """
        {{sender}}: ne pare rău, solicitarea pentru {{short_when}} nu a putut fi acceptată. Puteți
        alege o altă oră.
        """),
    appointmentChanged: Copy(
      subject:
        "{{sender}}: programar{{#series}}i modificate{{/series}}{{^series}}e modificată{{/series}}",
      lead: """
        {{#by_therapist}}{{therapist}} a modificat
        {{^series}}programarea{{/series}}{{#series}}programările{{/series}}
        dumneavoastră.{{/by_therapist}}
        {{#by_practice}}{{sender}} a modificat
        {{^series}}programarea{{/series}}{{#series}}programările{{/series}}
        dumneavoastră.{{/by_practice}}
        {{#by_client}}{{^series}}Programarea a fost modificată{{/series}}{{#series}}Programările au
        fost modificate{{/series}}, așa cum ați cerut.{{/by_client}}
        {{#by_itself}}{{^series}}Programarea dumneavoastră a fost
        modificată.{{/series}}{{#series}}Programările dumneavoastră au fost
        modificate.{{/series}}{{/by_itself}}
        Iată noile detalii.
        """,
      closing: """
        {{^by_client}}Dacă nu vă convine, vă rugăm să ne scrieți{{#cancel_url}} sau să anulați prin
        linkul de mai sus{{/cancel_url}}.{{/by_client}}
        """,
      sms: """
        {{sender}}: programarea dvs. s-a modificat. Noua oră: {{short_when}}.
        {{#join_url}}Link: {{join_url}}{{/join_url}}
        """),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: programar{{#series}}i anulate{{/series}}{{^series}}e anulată{{/series}}",
      lead: """
        {{#by_therapist}}Ne pare rău: {{therapist}} a trebuit să anuleze
        {{^series}}programarea{{/series}}{{#series}}programările{{/series}}
        dumneavoastră.{{/by_therapist}}
        {{#by_practice}}Ne pare rău: {{sender}} a trebuit să anuleze
        {{^series}}programarea{{/series}}{{#series}}programările{{/series}}
        dumneavoastră.{{/by_practice}}
        {{#by_client}}{{^series}}Programarea a fost anulată{{/series}}{{#series}}Programările au
        fost anulate{{/series}}, așa cum ați cerut.{{/by_client}}
        {{#by_itself}}{{^series}}Programarea dumneavoastră a fost
        anulată.{{/series}}{{#series}}Programările dumneavoastră au fost
        anulate.{{/series}}{{/by_itself}}
        """,
      closing: """
        {{#refund}}Banii se întorc pe aceeași cale pe care ați plătit; pot trece câteva zile până când
        îi afișează banca.{{/refund}}

        Puteți face oricând o nouă programare.
        """,
      sms: "{{sender}}: programarea dvs. de {{short_when}} a fost anulată."),
    paymentCancelled: Copy(
      subject: "{{sender}}: programarea dumneavoastră a fost anulată",
      lead: """
        Nu am primit plata la timp, așa că programarea a fost anulată, iar ora este din nou liberă.
        """,
      closing: """
        Dacă plata mai ajunge la noi, vă va fi returnată integral. Puteți face oricând o nouă
        programare.
        """,
      sms: """
        {{sender}}: programarea de {{short_when}} a fost anulată, deoarece plata nu a ajuns la timp.
        """),
    paid: Copy(
      subject: "{{sender}}: vă mulțumim pentru plată",
      lead: "Am primit plata dumneavoastră. Vă mulțumim."),
    refunded: Copy(
      subject: "{{sender}}: banii sunt pe drum",
      lead: """
        V-am trimis banii înapoi. Suma se întoarce pe aceeași cale pe care ați plătit; pot trece
        câteva zile până când o afișează banca.
        """),
    refundFailed: Copy(
      subject: "{{sender}}: returnarea banilor nu a reușit",
      lead: """
        Ne pare rău: returnarea banilor nu a reușit. Suma rămâne a dumneavoastră. Verificăm ce s-a
        întâmplat și vă vom scrie.
        """,
      closing: "Dacă între timp vi s-a schimbat cardul sau contul, vă rugăm să ne spuneți."),
    paymentFailed: Copy(
      subject: "{{sender}}: plata nu a reușit",
      lead: """
        Plata dumneavoastră nu a reușit. {{#pay_by}}Vă rugăm să plătiți până {{pay_by}}, cu același
        card sau cu altul{{#when}}; altfel programarea va fi
        anulată{{/when}}.{{/pay_by}}{{^pay_by}}Vă rugăm să încercați din nou, cu același card sau cu
        altul.{{/pay_by}}
        """,
      sms: """
        {{sender}}: plata nu a reușit. Ca să păstrați programarea, vă rugăm să
        plătiți{{#short_pay_by}} până {{short_pay_by}}{{/short_pay_by}}{{#pay_url}}:
        {{pay_url}}{{/pay_url}}{{^pay_url}}.{{/pay_url}}
        """),
    reminder: Copy(
      subject: "{{sender}}: programarea dumneavoastră se apropie",
      lead: "Vă reamintim de programarea dumneavoastră. Vă așteptăm cu drag.",
      closing: """
        {{#cancel_url}}Dacă a intervenit ceva, vă rugăm să anulați prin linkul de mai sus, ca ora să
        îi poată folosi altcuiva.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: vă reamintim de programarea de {{short_when}}.
        {{#join_url}}Link: {{join_url}}{{/join_url}}
        """),
    packageLinked: Copy(
      subject: "{{sender}}: pachetul dumneavoastră este pregătit",
      lead: "V-am pregătit un pachet. De acum puteți face programări folosindu-l.",
      closing: """
        {{#renews}}Se reînnoiește automat; când se întâmplă, vă scriem.{{/renews}}
        """),
    packageRenewed: Copy(
      subject: "{{sender}}: pachetul dumneavoastră a fost reînnoit",
      lead:
        "Pachetul dumneavoastră a fost reînnoit. Puteți face în continuare programări folosindu-l.")
  )

  private static let romanianToTherapists = TherapistCopy(
    bookingConfirmed: Copy(
      subject:
        "{{sender}}: {{^series}}programare nouă{{/series}}{{#series}}programări noi{{/series}}",
      lead: """
        {{^series}}Aveți o programare nouă. O găsiți{{/series}}{{#series}}Aveți programări noi. Le
        găsiți{{/series}} în calendarul dumneavoastră.
        """,
      sms: "{{sender}}: programare nouă, {{short_when}}."),
    requestReceived: Copy(
      subject: "{{sender}}: solicitare nouă de programare",
      lead: """
        Aveți o solicitare nouă de programare. Vă rugăm să o acceptați sau să o refuzați: până atunci
        ora rămâne ocupată, iar la ora de început solicitarea expiră.
        """,
      sms: "{{sender}}: solicitare nouă pentru {{short_when}}. Vă rugăm să răspundeți."),
    requestAccepted: Copy(
      subject: "{{sender}}: solicitare acceptată",
      lead: """
        O solicitare a fost acceptată automat, așa cum ați ales. Programarea este în calendarul
        dumneavoastră.
        """),
    appointmentChanged: Copy(
      subject:
        "{{sender}}: programar{{#series}}i modificate{{/series}}{{^series}}e modificată{{/series}}",
      lead: """
        {{#by_client}}{{client}} a modificat{{/by_client}}{{#by_therapist}}Ați
        modificat{{/by_therapist}}{{#by_practice}}{{sender}} a modificat{{/by_practice}}
        {{^by_itself}}{{^series}}o programare.{{/series}}{{#series}}mai multe
        programări.{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}O programare a fost modificată.{{/series}}{{#series}}Mai multe
        programări au fost modificate.{{/series}}{{/by_itself}}
        Calendarul dumneavoastră este la zi.
        """,
      sms: "{{sender}}: o programare s-a modificat. Noua oră: {{short_when}}."),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: programar{{#series}}i anulate{{/series}}{{^series}}e anulată{{/series}}",
      lead: """
        {{#by_client}}{{client}} a anulat{{/by_client}}{{#by_therapist}}Ați
        anulat{{/by_therapist}}{{#by_practice}}{{sender}} a anulat{{/by_practice}}
        {{^by_itself}}{{^series}}o programare.{{/series}}{{#series}}mai multe
        programări.{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}O programare a fost anulată.{{/series}}{{#series}}Mai multe
        programări au fost anulate.{{/series}}{{/by_itself}}
        Ora este din nou liberă în calendar.
        """,
      sms: "{{sender}}: programarea de {{short_when}} a fost anulată."),
    paymentCancelled: Copy(
      subject: "{{sender}}: programare anulată",
      lead: """
        O programare a fost anulată, deoarece nu a fost plătită la timp. Ora este din nou liberă.
        """,
      sms: """
        {{sender}}: programarea de {{short_when}} a fost anulată, deoarece nu a fost plătită la timp.
        """),
    paymentFailed: Copy(
      subject: "{{sender}}: o plată nu a reușit",
      lead: """
        Plata unei programări la dumneavoastră nu a reușit. {{#pay_by}}Mai poate fi plătită până
        {{pay_by}}; altfel programarea se anulează automat.{{/pay_by}} Nu trebuie să faceți nimic.
        """),
    reminder: Copy(
      subject: "{{sender}}: următoarea dumneavoastră programare",
      lead: "Vă reamintim de următoarea dumneavoastră programare.",
      sms: "{{sender}}: vă reamintim de programarea de {{short_when}}."))
}
