extension Tongue {
  static let german = Tongue(
    tag: "de", region: "DE",
    words: Words(
      greeting: "Guten Tag{{#reader}} {{reader}}{{/reader}},",
      farewell: "Herzliche Grüße",
      range: "{date}, {start}–{end} Uhr", moment: "{date}, {time} Uhr",
      shortMoment: "{weekday}, {day}.{month}., {time} Uhr", nextDay: "(am Folgetag)",
      zone: "Ortszeit {city}", online: "Online, per Video", balance: "{available} von {sessions}",
      labels: Words.Labels(
        when: "Wann", dates: "Termine", previously: "Bisher", place: "Wo", therapist: "Mit",
        client: "Mit", service: "Leistung", price: "Preis", amount: "Betrag",
        payBy: "Zu bezahlen bis", fee: "Stornogebühr", refund: "Rückerstattung", reason: "Grund",
        message: "Nachricht", alternatives: "Noch frei", package: "Paket",
        available: "Noch verfügbare Termine", validUntil: "Gültig bis"),
      actions: Words.Actions(
        join: "Zum Videogespräch", pay: "Jetzt bezahlen", cancel: "Termin absagen")),
    toClients: germanToClients, toTherapists: germanToTherapists)

  private static let germanToClients = ClientCopy(
    bookingConfirmed: Copy(
      subject:
        "{{sender}}: Ihr{{#series}}e Termine sind{{/series}}{{^series}} Termin ist{{/series}} bestätigt",
      lead: """
        Ihr{{#series}}e Termine sind{{/series}}{{^series}} Termin ist{{/series}} bestätigt. Wir
        freuen uns auf Sie.
        """,
      closing: """
        {{#cancel_url}}Falls Sie verhindert sind, sagen Sie bitte so früh wie möglich ab. Der Link
        oben gilt bis zum Beginn und zeigt Ihnen zuerst die Bedingungen.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: Ihr Termin am {{short_when}} ist bestätigt.
        {{#join_url}}Zum Video: {{join_url}}{{/join_url}}
        """),
    requestReceived: Copy(
      subject: "{{sender}}: Ihre Anfrage ist angekommen",
      lead: """
        vielen Dank für Ihre Anfrage. Sie muss noch angenommen werden; der Termin ist also noch
        nicht bestätigt. Bis dahin halten wir die Zeit für Sie frei und melden uns, sobald wir
        mehr wissen.
        """),
    requestAccepted: Copy(
      subject: "{{sender}}: Ihre Anfrage wurde angenommen",
      lead: """
        Ihre Anfrage wurde angenommen. {{#pay_url}}Damit der Termin fest steht, bezahlen Sie bitte
        {{#pay_by}}bis {{pay_by}}{{/pay_by}}{{^pay_by}}gleich{{/pay_by}}; danach wird die Zeit
        wieder frei.{{/pay_url}}{{^pay_url}}Wir freuen uns auf Sie.{{/pay_url}}
        """,
      closing: """
        {{#cancel_url}}Falls Sie verhindert sind, sagen Sie bitte so früh wie möglich ab. Der Link
        oben gilt bis zum Beginn und zeigt Ihnen zuerst die Bedingungen.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: Ihre Anfrage für {{short_when}} wurde angenommen. {{#pay_url}}Bitte bezahlen
        Sie{{#short_pay_by}} bis {{short_pay_by}}{{/short_pay_by}}: {{pay_url}}{{/pay_url}}
        """),
    requestDeclined: Copy(
      subject: "{{sender}}: zu Ihrer Anfrage",
      lead: """
        leider konnte Ihre Anfrage für den gewünschten Termin nicht angenommen werden.
        """,
      closing: "Sie können jederzeit einen anderen Termin anfragen.",
      sms: """
        {{sender}}: Ihre Anfrage für {{short_when}} konnte leider nicht angenommen werden. Gern
        können Sie einen anderen Termin wählen.
        """),
    appointmentChanged: Copy(
      subject:
        "{{sender}}: Ihr{{#series}}e Termine haben{{/series}}{{^series}} Termin hat{{/series}} sich geändert",
      lead: """
        {{#by_client}}wie von Ihnen gewünscht,
        {{^series}}wurde Ihr Termin{{/series}}{{#series}}wurden Ihre Termine{{/series}}
        geändert.{{/by_client}}
        {{#by_therapist}}{{therapist}} hat
        Ihre{{^series}}n Termin{{/series}}{{#series}} Termine{{/series}} geändert.{{/by_therapist}}
        {{#by_practice}}{{sender}} hat
        Ihre{{^series}}n Termin{{/series}}{{#series}} Termine{{/series}} geändert.{{/by_practice}}
        {{#by_itself}}Ihr{{#series}}e Termine haben{{/series}}{{^series}} Termin hat{{/series}}
        sich geändert.{{/by_itself}}
        Ab jetzt gilt:
        """,
      closing: """
        {{^by_client}}Falls Ihnen das nicht passt, melden Sie sich bitte{{#cancel_url}} oder sagen
        Sie über den Link oben ab{{/cancel_url}}.{{/by_client}}
        """,
      sms: """
        {{sender}}: Ihr Termin hat sich geändert. Neu: {{short_when}}.
        {{#join_url}}Zum Video: {{join_url}}{{/join_url}}
        """),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: Ihr{{#series}}e Termine wurden{{/series}}{{^series}} Termin wurde{{/series}} abgesagt",
      lead: """
        {{#by_client}}wie von Ihnen gewünscht,
        {{^series}}wurde Ihr Termin{{/series}}{{#series}}wurden Ihre Termine{{/series}}
        abgesagt.{{/by_client}}
        {{#by_therapist}}es tut uns leid: {{therapist}} musste
        Ihre{{^series}}n Termin{{/series}}{{#series}} Termine{{/series}} absagen.{{/by_therapist}}
        {{#by_practice}}es tut uns leid: {{sender}} musste
        Ihre{{^series}}n Termin{{/series}}{{#series}} Termine{{/series}} absagen.{{/by_practice}}
        {{#by_itself}}Ihr{{#series}}e Termine wurden{{/series}}{{^series}} Termin wurde{{/series}}
        abgesagt.{{/by_itself}}
        """,
      closing: """
        {{#refund}}Der Betrag geht auf dem Weg zurück, auf dem Sie bezahlt haben; bis Ihre Bank ihn
        anzeigt, können einige Tage vergehen.{{/refund}}

        Gern können Sie jederzeit einen neuen Termin buchen.
        """,
      sms: "{{sender}}: Ihr Termin am {{short_when}} wurde abgesagt."),
    paymentCancelled: Copy(
      subject: "{{sender}}: Ihr Termin wurde abgesagt",
      lead: """
        Ihre Zahlung ist nicht rechtzeitig eingegangen. Der Termin wurde deshalb abgesagt, und die
        Zeit ist wieder frei.
        """,
      closing: """
        Sollte noch eine Zahlung eintreffen, erhalten Sie sie vollständig zurück. Gern können Sie
        jederzeit einen neuen Termin buchen.
        """,
      sms: """
        {{sender}}: Ihr Termin am {{short_when}} wurde abgesagt, weil die Zahlung nicht rechtzeitig
        eingegangen ist.
        """),
    paid: Copy(
      subject: "{{sender}}: vielen Dank für Ihre Zahlung",
      lead: "Ihre Zahlung ist eingegangen. Vielen Dank."),
    refunded: Copy(
      subject: "{{sender}}: Ihre Rückerstattung ist unterwegs",
      lead: """
        Ihre Rückerstattung ist unterwegs. Sie kommt auf dem Weg, auf dem Sie bezahlt haben; bis
        Ihre Bank sie anzeigt, können einige Tage vergehen.
        """),
    refundFailed: Copy(
      subject: "{{sender}}: Ihre Rückerstattung ist nicht gelungen",
      lead: """
        es tut uns leid: Ihre Rückerstattung ist nicht gelungen. Das Geld gehört weiterhin Ihnen.
        Wir kümmern uns darum und melden uns bei Ihnen.
        """,
      closing: """
        Falls sich Ihre Karte oder Ihr Konto seit der Zahlung geändert hat, geben Sie uns bitte
        Bescheid.
        """),
    paymentFailed: Copy(
      subject: "{{sender}}: Ihre Zahlung ist nicht gelungen",
      lead: """
        Ihre Zahlung ist leider nicht gelungen. {{#pay_by}}Bitte bezahlen Sie bis {{pay_by}}, mit
        derselben oder einer anderen Karte{{#when}}; sonst wird der Termin
        abgesagt{{/when}}.{{/pay_by}}{{^pay_by}}Bitte versuchen Sie es noch einmal, mit derselben
        oder einer anderen Karte.{{/pay_by}}
        """,
      sms: """
        {{sender}}: Ihre Zahlung ist nicht gelungen. Bitte bezahlen
        Sie{{#short_pay_by}} bis {{short_pay_by}}{{/short_pay_by}}, damit Ihr Termin bestehen
        bleibt{{#pay_url}}: {{pay_url}}{{/pay_url}}{{^pay_url}}.{{/pay_url}}
        """),
    reminder: Copy(
      subject: "{{sender}}: Erinnerung an Ihren Termin",
      lead: "wir möchten Sie an Ihren Termin erinnern und freuen uns auf Sie.",
      closing: """
        {{#cancel_url}}Falls etwas dazwischengekommen ist, sagen Sie bitte über den Link oben ab;
        dann wird die Zeit für jemand anderen frei.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: Wir erinnern Sie an Ihren Termin am {{short_when}}.
        {{#join_url}}Zum Video: {{join_url}}{{/join_url}}
        """),
    packageLinked: Copy(
      subject: "{{sender}}: Ihr Paket steht bereit",
      lead: """
        wir haben ein Paket für Sie eingerichtet. Ab sofort können Sie damit Ihre Termine buchen.
        """,
      closing: """
        {{#renews}}Es verlängert sich von selbst; wenn es so weit ist, schreiben wir
        Ihnen.{{/renews}}
        """),
    packageRenewed: Copy(
      subject: "{{sender}}: Ihr Paket wurde verlängert",
      lead: "Ihr Paket wurde verlängert. Sie können damit weiterhin Ihre Termine buchen."))

  private static let germanToTherapists = TherapistCopy(
    bookingConfirmed: Copy(
      subject: "{{sender}}: {{^series}}neuer Termin{{/series}}{{#series}}neue Termine{{/series}}",
      lead: """
        {{^series}}bei Ihnen wurde ein neuer Termin gebucht. Er steht{{/series}}{{#series}}bei
        Ihnen wurden neue Termine gebucht. Sie stehen{{/series}} in Ihrem Kalender.
        """,
      sms: "{{sender}}: neuer Termin am {{short_when}}."),
    requestReceived: Copy(
      subject: "{{sender}}: neue Terminanfrage",
      lead: """
        Sie haben eine neue Terminanfrage. Bitte nehmen Sie sie an oder lehnen Sie sie ab: Bis dahin
        bleibt die Zeit belegt, und zum Beginn des Termins verfällt die Anfrage.
        """,
      sms: "{{sender}}: neue Terminanfrage für {{short_when}}. Bitte antworten Sie."),
    requestAccepted: Copy(
      subject: "{{sender}}: Anfrage angenommen",
      lead: """
        eine Anfrage wurde automatisch angenommen, wie Sie es eingestellt haben. Der Termin steht
        in Ihrem Kalender.
        """),
    appointmentChanged: Copy(
      subject: "{{sender}}: Termin{{#series}}e{{/series}} geändert",
      lead: """
        {{#by_client}}{{client}} hat{{/by_client}}{{#by_therapist}}Sie
        haben{{/by_therapist}}{{#by_practice}}{{sender}} hat{{/by_practice}}
        {{^by_itself}}{{^series}}einen Termin{{/series}}{{#series}}mehrere
        Termine{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}ein Termin wurde{{/series}}{{#series}}mehrere Termine
        wurden{{/series}}{{/by_itself}}
        geändert. Ihr Kalender ist auf dem neuesten Stand.
        """,
      sms: "{{sender}}: Ein Termin hat sich geändert. Neu: {{short_when}}."),
    appointmentCancelled: Copy(
      subject: "{{sender}}: Termin{{#series}}e{{/series}} abgesagt",
      lead: """
        {{#by_client}}{{client}} hat{{/by_client}}{{#by_therapist}}Sie
        haben{{/by_therapist}}{{#by_practice}}{{sender}} hat{{/by_practice}}
        {{^by_itself}}{{^series}}einen Termin{{/series}}{{#series}}mehrere
        Termine{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}ein Termin wurde{{/series}}{{#series}}mehrere Termine
        wurden{{/series}}{{/by_itself}}
        abgesagt. Die Zeit ist wieder frei.
        """,
      sms: "{{sender}}: Der Termin am {{short_when}} wurde abgesagt."),
    paymentCancelled: Copy(
      subject: "{{sender}}: Termin abgesagt",
      lead: """
        ein Termin wurde abgesagt, weil er nicht rechtzeitig bezahlt wurde. Die Zeit ist wieder
        frei.
        """,
      sms: """
        {{sender}}: Der Termin am {{short_when}} wurde abgesagt, weil er nicht rechtzeitig bezahlt
        wurde.
        """),
    paymentFailed: Copy(
      subject: "{{sender}}: eine Zahlung ist nicht gelungen",
      lead: """
        die Zahlung für einen Termin bei Ihnen ist nicht gelungen. {{#pay_by}}Bis {{pay_by}} kann
        noch bezahlt werden; sonst wird der Termin von selbst abgesagt.{{/pay_by}} Sie brauchen
        nichts zu tun.
        """),
    reminder: Copy(
      subject: "{{sender}}: Erinnerung an Ihren nächsten Termin",
      lead: "wir möchten Sie an Ihren nächsten Termin erinnern.",
      sms: "{{sender}}: Wir erinnern Sie an den Termin am {{short_when}}."))
}
