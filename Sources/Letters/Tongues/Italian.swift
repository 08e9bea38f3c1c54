extension Tongue {
  static let italian = Tongue(
    tag: "it", region: "IT",
    words: Words(
      greeting: "{{#reader}}Gentile {{reader}},{{/reader}}{{^reader}}Buongiorno,{{/reader}}",
      farewell: "Un cordiale saluto,",
      range: "{date}, ore {start}–{end}", moment: "{date}, ore {time}",
      shortMoment: "{weekday} {day}/{month} ore {time}", nextDay: "(del giorno dopo)",
      zone: "ora di {city}", online: "Online, in videochiamata",
      balance: "{available} su {sessions}",
      labels: Words.Labels(
        when: "Quando", dates: "Date", previously: "In precedenza", place: "Dove",
        therapist: "Con", client: "Con", service: "Prestazione", price: "Prezzo",
        amount: "Importo", payBy: "Da pagare entro", fee: "Costo dell’annullamento",
        refund: "Rimborso", reason: "Motivo", message: "Messaggio",
        alternatives: "Orari liberi", package: "Pacchetto", available: "Appuntamenti disponibili",
        validUntil: "Valido fino a"),
      actions: Words.Actions(
        join: "Entri nella videochiamata", pay: "Paghi ora", cancel: "Annulli l’appuntamento")),
    toClients: italianToClients, toTherapists: italianToTherapists, groupsThousands: true)

  private static let italianToClients = ClientCopy(
    bookingConfirmed: Copy(
      subject:
        "{{sender}}: appuntament{{#series}}i confermati{{/series}}{{^series}}o confermato{{/series}}",
      lead: """
        {{^series}}il Suo appuntamento è confermato.{{/series}}{{#series}}i Suoi appuntamenti sono
        confermati.{{/series}} Saremo lieti di accoglierLa.
        """,
      closing: """
        {{#cancel_url}}Se non potesse venire, La preghiamo di annullare appena può: il link qui
        sopra vale fino all’inizio e mostra prima le condizioni.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: il Suo appuntamento di {{short_when}} è confermato.
        {{#join_url}}Per collegarsi: {{join_url}}{{/join_url}}
        """),
    requestReceived: Copy(
      subject: "{{sender}}: abbiamo ricevuto la Sua richiesta",
      lead: """
        grazie per la Sua richiesta. Non è ancora un appuntamento confermato: deve prima essere
        accettata. Nel frattempo l’orario resta riservato a Lei e Le scriveremo appena ci sarà una
        risposta.
        """),
    requestAccepted: Copy(
      subject: "{{sender}}: la Sua richiesta è stata accettata",
      lead: """
        la Sua richiesta è stata accettata. {{#pay_url}}Per fissare l’appuntamento, La preghiamo di
        pagare {{#pay_by}}entro {{pay_by}}{{/pay_by}}{{^pay_by}}ora{{/pay_by}}; in caso contrario
        l’orario tornerà libero.{{/pay_url}}{{^pay_url}}Saremo lieti di accoglierLa.{{/pay_url}}
        """,
      closing: """
        {{#cancel_url}}Se non potesse venire, La preghiamo di annullare appena può: il link qui
        sopra vale fino all’inizio e mostra prima le condizioni.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: la Sua richiesta per {{short_when}} è stata accettata.
        {{#pay_url}}Può pagare{{#short_pay_by}} entro {{short_pay_by}}{{/short_pay_by}} qui:
        {{pay_url}}{{/pay_url}}
        """),
    requestDeclined: Copy(
      subject: "{{sender}}: la Sua richiesta",
      lead: """
        ci dispiace: non è stato possibile accettare la Sua richiesta per l’orario che aveva
        scelto.
        """,
      closing: "Può chiedere un altro orario quando desidera.",
      sms: """
        {{sender}}: ci dispiace, non è stato possibile accettare la Sua richiesta per
        {{short_when}}. Può scegliere un altro orario.
        """),
    appointmentChanged: Copy(
      subject: "{{sender}}: il Suo appuntamento è cambiato",
      lead: """
        {{#by_client}}come ha chiesto, {{/by_client}}{{#by_therapist}}{{therapist}} ha
        modificato {{/by_therapist}}{{#by_practice}}{{sender}} ha modificato {{/by_practice}}
        {{^series}}il Suo appuntamento{{/series}}{{#series}}i Suoi
        appuntamenti{{/series}}{{#by_client}}{{^series}} è stato
        modificato{{/series}}{{#series}} sono stati modificati{{/series}}{{/by_client}}{{#by_itself}}{{^series}} è
        stato modificato{{/series}}{{#series}} sono stati modificati{{/series}}{{/by_itself}}. Ecco i
        nuovi dettagli.
        """,
      closing: """
        {{^by_client}}Se non Le andasse bene, ci scriva{{#cancel_url}} oppure annulli con il link
        qui sopra{{/cancel_url}}.{{/by_client}}
        """,
      sms: """
        {{sender}}: il Suo appuntamento è cambiato. Nuovo orario: {{short_when}}.
        {{#join_url}}Per collegarsi: {{join_url}}{{/join_url}}
        """),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: appuntament{{#series}}i annullati{{/series}}{{^series}}o annullato{{/series}}",
      lead: """
        {{#by_client}}come ha chiesto, {{/by_client}}{{#by_therapist}}ci dispiace: {{therapist}} ha
        dovuto annullare {{/by_therapist}}{{#by_practice}}ci dispiace: {{sender}} ha dovuto
        annullare {{/by_practice}}
        {{^series}}il Suo appuntamento{{/series}}{{#series}}i Suoi
        appuntamenti{{/series}}{{#by_client}}{{^series}} è stato
        annullato{{/series}}{{#series}} sono stati annullati{{/series}}{{/by_client}}{{#by_itself}}{{^series}} è
        stato annullato{{/series}}{{#series}} sono stati annullati{{/series}}{{/by_itself}}.
        """,
      closing: """
        {{#refund}}Il rimborso torna sullo stesso mezzo con cui ha pagato; la banca può impiegare
        qualche giorno a mostrarlo.{{/refund}}

        Può prenotare un altro orario quando desidera.
        """,
      sms: "{{sender}}: il Suo appuntamento di {{short_when}} è stato annullato."),
    paymentCancelled: Copy(
      subject: "{{sender}}: il Suo appuntamento è stato annullato",
      lead: """
        non abbiamo ricevuto il pagamento in tempo: l’appuntamento è stato annullato e l’orario è
        di nuovo libero.
        """,
      closing: """
        Se un pagamento dovesse ancora arrivare, Le sarà restituito per intero. Può prenotare un
        altro orario quando desidera.
        """,
      sms: """
        {{sender}}: il Suo appuntamento di {{short_when}} è stato annullato perché non abbiamo
        ricevuto il pagamento in tempo.
        """),
    paid: Copy(
      subject: "{{sender}}: grazie per il pagamento",
      lead: "abbiamo ricevuto il Suo pagamento. Grazie."),
    refunded: Copy(
      subject: "{{sender}}: il Suo rimborso è in arrivo",
      lead: """
        il Suo rimborso è in arrivo. Torna sullo stesso mezzo con cui ha pagato; la banca può
        impiegare qualche giorno a mostrarlo.
        """),
    refundFailed: Copy(
      subject: "{{sender}}: il Suo rimborso non è andato a buon fine",
      lead: """
        ci dispiace: il Suo rimborso non è andato a buon fine. La somma resta Sua. Stiamo
        verificando che cosa è successo e Le scriveremo.
        """,
      closing: "Se da allora ha cambiato carta o conto, La preghiamo di dircelo."),
    paymentFailed: Copy(
      subject: "{{sender}}: il pagamento non è andato a buon fine",
      lead: """
        il Suo pagamento non è andato a buon fine. {{#pay_by}}La preghiamo di pagare entro
        {{pay_by}}, con la stessa carta o con un’altra{{#when}}; in caso contrario l’appuntamento
        sarà annullato{{/when}}.{{/pay_by}}{{^pay_by}}La preghiamo di riprovare, con la stessa
        carta o con un’altra.{{/pay_by}}
        """,
      sms: """
        {{sender}}: il pagamento non è andato a buon fine. Per mantenere l’appuntamento può
        pagare{{#short_pay_by}} entro {{short_pay_by}}{{/short_pay_by}}{{#pay_url}}:
        {{pay_url}}{{/pay_url}}{{^pay_url}}.{{/pay_url}}
        """),
    reminder: Copy(
      subject: "{{sender}}: promemoria del Suo appuntamento",
      lead: "Le ricordiamo il Suo appuntamento. Saremo lieti di accoglierLa.",
      closing: """
        {{#cancel_url}}Se ha avuto un imprevisto, annulli con il link qui sopra: l’orario potrà
        andare a un’altra persona.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: Le ricordiamo il Suo appuntamento di {{short_when}}.
        {{#join_url}}Per collegarsi: {{join_url}}{{/join_url}}
        """),
    packageLinked: Copy(
      subject: "{{sender}}: il Suo pacchetto è pronto",
      lead: """
        abbiamo attivato un pacchetto per Lei: da ora può usarlo per prenotare i Suoi
        appuntamenti.
        """,
      closing: """
        {{#renews}}Alla fine si rinnova da sé; quando accadrà, Le scriveremo.{{/renews}}
        """),
    packageRenewed: Copy(
      subject: "{{sender}}: il Suo pacchetto è stato rinnovato",
      lead: """
        il Suo pacchetto è stato rinnovato: può continuare a usarlo per prenotare i Suoi
        appuntamenti.
        """))

  private static let italianToTherapists = TherapistCopy(
    bookingConfirmed: Copy(
      subject:
        "{{sender}}: nuov{{#series}}i appuntamenti{{/series}}{{^series}}o appuntamento{{/series}}",
      lead: """
        {{^series}}ha un nuovo appuntamento. Lo trova già{{/series}}{{#series}}ha nuovi
        appuntamenti. Li trova già{{/series}} nel Suo calendario.
        """,
      sms: "{{sender}}: nuovo appuntamento {{short_when}}."),
    requestReceived: Copy(
      subject: "{{sender}}: nuova richiesta di appuntamento",
      lead: """
        ha una nuova richiesta di appuntamento. La preghiamo di accettarla o rifiutarla: fino ad
        allora l’orario resta occupato, e la richiesta decade all’ora d’inizio.
        """,
      sms: """
        {{sender}}: nuova richiesta di appuntamento per {{short_when}}. Attende una Sua risposta.
        """),
    requestAccepted: Copy(
      subject: "{{sender}}: richiesta accettata",
      lead: """
        una richiesta è stata accettata in automatico, come ha scelto. L’appuntamento è nel Suo
        calendario.
        """),
    appointmentChanged: Copy(
      subject:
        "{{sender}}: appuntament{{#series}}i modificati{{/series}}{{^series}}o modificato{{/series}}",
      lead: """
        {{#by_client}}{{client}} ha modificato{{/by_client}}{{#by_therapist}}ha
        modificato{{/by_therapist}}{{#by_practice}}{{sender}} ha modificato{{/by_practice}}
        {{^by_itself}}{{^series}}un appuntamento.{{/series}}{{#series}}alcuni
        appuntamenti.{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}un appuntamento è stato modificato.{{/series}}{{#series}}alcuni
        appuntamenti sono stati modificati.{{/series}}{{/by_itself}}
        Il Suo calendario è aggiornato.
        """,
      sms: "{{sender}}: un appuntamento è cambiato. Nuovo orario: {{short_when}}."),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: appuntament{{#series}}i annullati{{/series}}{{^series}}o annullato{{/series}}",
      lead: """
        {{#by_client}}{{client}} ha annullato{{/by_client}}{{#by_therapist}}ha
        annullato{{/by_therapist}}{{#by_practice}}{{sender}} ha annullato{{/by_practice}}
        {{^by_itself}}{{^series}}un appuntamento.{{/series}}{{#series}}alcuni
        appuntamenti.{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}un appuntamento è stato annullato.{{/series}}{{#series}}alcuni
        appuntamenti sono stati annullati.{{/series}}{{/by_itself}}
        Nel Suo calendario l’orario è di nuovo libero.
        """,
      sms: "{{sender}}: l’appuntamento di {{short_when}} è stato annullato."),
    paymentCancelled: Copy(
      subject: "{{sender}}: appuntamento annullato",
      lead: """
        un appuntamento è stato annullato perché non è stato pagato in tempo. L’orario è di nuovo
        libero.
        """,
      sms: """
        {{sender}}: l’appuntamento di {{short_when}} è stato annullato, perché non è stato pagato
        in tempo.
        """),
    paymentFailed: Copy(
      subject: "{{sender}}: un pagamento non è andato a buon fine",
      lead: """
        il pagamento di un appuntamento con Lei non è andato a buon fine. {{#pay_by}}Può ancora
        essere pagato entro {{pay_by}}; in caso contrario l’appuntamento si annulla da
        sé.{{/pay_by}} Non occorre che Lei faccia nulla.
        """),
    reminder: Copy(
      subject: "{{sender}}: promemoria del Suo prossimo appuntamento",
      lead: "Le ricordiamo il Suo prossimo appuntamento.",
      sms: "{{sender}}: Le ricordiamo l’appuntamento di {{short_when}}."))
}
