extension Tongue {
  /// For readers in Portugal: "marcação" where Brazil says "horário", and no "você".
  static let portuguese = Tongue(
    tag: "pt-PT", region: "PT",
    words: Words(
      greeting: "Olá{{#reader}}, {{reader}}{{/reader}}.",
      farewell: "Com os melhores cumprimentos,",
      range: "{date}, das {start} às {end}", moment: "{date}, às {time}",
      shortMoment: "{weekday}, {day}/{month}, às {time}", nextDay: "(do dia seguinte)",
      zone: "hora local: {city}", online: "Online, por vídeo", balance: "{available} de {sessions}",
      labels: Words.Labels(
        when: "Quando", dates: "Datas", previously: "Antes", place: "Onde", therapist: "Com",
        client: "Com", service: "Serviço", price: "Preço", amount: "Valor", payBy: "Pagar até",
        fee: "Taxa de cancelamento", refund: "Reembolso", reason: "Motivo", message: "Mensagem",
        alternatives: "Horas livres", package: "Pacote", available: "Marcações disponíveis",
        validUntil: "Válido até"),
      actions: Words.Actions(
        join: "Entrar na videochamada", pay: "Pagar agora", cancel: "Cancelar a marcação")),
    toClients: portugueseToClients, toTherapists: portugueseToTherapists)

  private static let portugueseToClients = ClientCopy(
    bookingConfirmed: Copy(
      subject:
        "{{sender}}: {{^series}}marcação confirmada{{/series}}{{#series}}marcações confirmadas{{/series}}",
      lead: """
        {{^series}}A sua marcação está confirmada{{/series}}{{#series}}As suas marcações estão
        confirmadas{{/series}}. Contamos consigo.
        """,
      closing: """
        {{#cancel_url}}Se não puder vir, pedimos que cancele logo que possível. A ligação acima é
        válida até à hora de início e mostra primeiro as condições.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: a sua marcação está confirmada: {{short_when}}.
        {{#join_url}}Entre aqui: {{join_url}}{{/join_url}}
        """),
    requestReceived: Copy(
      subject: "{{sender}}: recebemos o seu pedido",
      lead: """
        Agradecemos o seu pedido. Ainda tem de ser aceite, pelo que a marcação não está confirmada.
        Até lá, a hora fica reservada para si, e escrevemos logo que haja resposta.
        """),
    requestAccepted: Copy(
      subject: "{{sender}}: o seu pedido foi aceite",
      lead: """
        O seu pedido foi aceite. {{#pay_url}}Para garantir a marcação, pedimos que
        pague{{#pay_by}} até {{pay_by}}{{/pay_by}}{{^pay_by}} agora{{/pay_by}}; depois disso, a
        hora volta a ficar livre.{{/pay_url}}{{^pay_url}}Contamos consigo.{{/pay_url}}
        """,
      closing: """
        {{#cancel_url}}Se não puder vir, pedimos que cancele logo que possível. A ligação acima é
        válida até à hora de início e mostra primeiro as condições.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: o seu pedido para {{short_when}} foi aceite.
        {{#pay_url}}Pague{{#short_pay_by}} até {{short_pay_by}}{{/short_pay_by}}:
        {{pay_url}}{{/pay_url}}
        """),
    requestDeclined: Copy(
      subject: "{{sender}}: sobre o seu pedido",
      lead: "Lamentamos: não foi possível aceitar o seu pedido para a hora escolhida.",
      closing: "Pode pedir outra hora quando quiser.",
      sms: """
        {{sender}}: lamentamos, não foi possível aceitar o seu pedido para {{short_when}}. Pode
        escolher outra hora.
        """),
    appointmentChanged: Copy(
      subject:
        "{{sender}}: {{^series}}marcação alterada{{/series}}{{#series}}marcações alteradas{{/series}}",
      lead: """
        {{#by_client}}Tal como pediu, {{^series}}a sua marcação foi
        alterada{{/series}}{{#series}}as suas marcações foram alteradas{{/series}}.{{/by_client}}
        {{#by_therapist}}{{therapist}} alterou {{^series}}a sua marcação{{/series}}{{#series}}as
        suas marcações{{/series}}.{{/by_therapist}}
        {{#by_practice}}{{sender}} alterou {{^series}}a sua marcação{{/series}}{{#series}}as suas
        marcações{{/series}}.{{/by_practice}}
        {{#by_itself}}{{^series}}A sua marcação foi alterada{{/series}}{{#series}}As suas marcações
        foram alteradas{{/series}}.{{/by_itself}}
        Veja os novos dados.
        """,
      closing: """
        {{^by_client}}Se não lhe for conveniente, escreva-nos{{#cancel_url}} ou cancele através da
        ligação acima{{/cancel_url}}.{{/by_client}}
        """,
      sms: """
        {{sender}}: a sua marcação foi alterada. Agora é {{short_when}}.
        {{#join_url}}Entre aqui: {{join_url}}{{/join_url}}
        """),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: {{^series}}marcação cancelada{{/series}}{{#series}}marcações canceladas{{/series}}",
      lead: """
        {{#by_client}}Tal como pediu, {{^series}}a sua marcação foi
        cancelada{{/series}}{{#series}}as suas marcações foram canceladas{{/series}}.{{/by_client}}
        {{#by_therapist}}Lamentamos: {{therapist}} teve de cancelar
        {{^series}}a sua marcação{{/series}}{{#series}}as suas marcações{{/series}}.{{/by_therapist}}
        {{#by_practice}}Lamentamos: {{sender}} teve de cancelar
        {{^series}}a sua marcação{{/series}}{{#series}}as suas marcações{{/series}}.{{/by_practice}}
        {{#by_itself}}{{^series}}A sua marcação foi cancelada{{/series}}{{#series}}As suas marcações
        foram canceladas{{/series}}.{{/by_itself}}
        """,
      closing: """
        {{#refund}}O valor é devolvido pelo mesmo meio com que pagou; o banco pode demorar alguns
        dias a mostrá-lo.{{/refund}}

        Pode fazer outra marcação quando quiser.
        """,
      sms: "{{sender}}: a sua marcação de {{short_when}} foi cancelada."),
    paymentCancelled: Copy(
      subject: "{{sender}}: a sua marcação foi cancelada",
      lead: """
        Não recebemos o seu pagamento a tempo; por isso, a marcação foi cancelada e a hora está
        novamente livre.
        """,
      closing: """
        Se ainda chegar algum pagamento, será devolvido na totalidade. Pode fazer outra marcação
        quando quiser.
        """,
      sms: """
        {{sender}}: a sua marcação de {{short_when}} foi cancelada, pois o pagamento não chegou a
        tempo.
        """),
    paid: Copy(
      subject: "{{sender}}: agradecemos o seu pagamento",
      lead: "Recebemos o seu pagamento. Agradecemos."),
    refunded: Copy(
      subject: "{{sender}}: o seu reembolso está a caminho",
      lead: """
        O seu reembolso está a caminho. O valor é devolvido pelo mesmo meio com que pagou; o banco
        pode demorar alguns dias a mostrá-lo.
        """),
    refundFailed: Copy(
      subject: "{{sender}}: o seu reembolso não foi concluído",
      lead: """
        Lamentamos: o seu reembolso não foi concluído. O valor continua a ser seu. Estamos a
        verificar o que aconteceu e voltaremos a escrever.
        """,
      closing: "Se o seu cartão ou a sua conta mudou desde o pagamento, pedimos que nos avise."),
    paymentFailed: Copy(
      subject: "{{sender}}: o seu pagamento não foi concluído",
      lead: """
        Não foi possível concluir o seu pagamento. {{#pay_by}}Pedimos que pague até {{pay_by}}, com
        o mesmo cartão ou com outro{{#when}}; depois disso, a marcação será
        cancelada{{/when}}.{{/pay_by}}{{^pay_by}}Pedimos que tente novamente, com o mesmo cartão ou
        com outro.{{/pay_by}}
        """,
      sms: """
        {{sender}}: o pagamento não foi concluído. Para manter a marcação,
        pague{{#short_pay_by}} até {{short_pay_by}}{{/short_pay_by}}{{#pay_url}}:
        {{pay_url}}{{/pay_url}}{{^pay_url}}.{{/pay_url}}
        """),
    reminder: Copy(
      subject: "{{sender}}: lembrete da sua marcação",
      lead: "Lembramos a sua marcação. Contamos consigo.",
      closing: """
        {{#cancel_url}}Se teve um imprevisto, pedimos que cancele através da ligação acima: assim,
        outra pessoa poderá aproveitar a hora.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: lembrete da sua marcação: {{short_when}}.
        {{#join_url}}Entre aqui: {{join_url}}{{/join_url}}
        """),
    packageLinked: Copy(
      subject: "{{sender}}: o seu pacote está pronto",
      lead: "Preparámos um pacote para si. A partir de agora, pode usá-lo nas suas marcações.",
      closing: """
        {{#renews}}O pacote renova-se automaticamente; quando isso acontecer, avisamos.{{/renews}}
        """),
    packageRenewed: Copy(
      subject: "{{sender}}: o seu pacote foi renovado",
      lead: "O seu pacote foi renovado. Pode continuar a usá-lo nas suas marcações."))

  private static let portugueseToTherapists = TherapistCopy(
    bookingConfirmed: Copy(
      subject: "{{sender}}: nova{{^series}} marcação{{/series}}{{#series}}s marcações{{/series}}",
      lead: """
        {{^series}}Tem uma nova marcação. Já está{{/series}}{{#series}}Tem novas marcações. Já
        estão{{/series}} na sua agenda.
        """,
      sms: "{{sender}}: nova marcação: {{short_when}}."),
    requestReceived: Copy(
      subject: "{{sender}}: novo pedido de marcação",
      lead: """
        Tem um novo pedido de marcação. Pedimos que o aceite ou recuse: até lá a hora fica
        reservada, e o pedido expira à hora de início.
        """,
      sms: "{{sender}}: novo pedido para {{short_when}}. Aguarda a sua resposta."),
    requestAccepted: Copy(
      subject: "{{sender}}: pedido aceite",
      lead: """
        Um pedido foi aceite automaticamente, como escolheu. A marcação está na sua agenda.
        """),
    appointmentChanged: Copy(
      subject:
        "{{sender}}: {{^series}}marcação alterada{{/series}}{{#series}}marcações alteradas{{/series}}",
      lead: """
        {{#by_client}}{{client}} alterou{{/by_client}}{{#by_therapist}}Alterou{{/by_therapist}}
        {{#by_practice}}{{sender}} alterou{{/by_practice}}
        {{^by_itself}}{{^series}}uma marcação.{{/series}}{{#series}}várias
        marcações.{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}Uma marcação foi alterada.{{/series}}{{#series}}Várias marcações
        foram alteradas.{{/series}}{{/by_itself}}
        A sua agenda está atualizada.
        """,
      sms: "{{sender}}: uma marcação foi alterada. Agora é {{short_when}}."),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: {{^series}}marcação cancelada{{/series}}{{#series}}marcações canceladas{{/series}}",
      lead: """
        {{#by_client}}{{client}} cancelou{{/by_client}}{{#by_therapist}}Cancelou{{/by_therapist}}
        {{#by_practice}}{{sender}} cancelou{{/by_practice}}
        {{^by_itself}}{{^series}}uma marcação.{{/series}}{{#series}}várias
        marcações.{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}Uma marcação foi cancelada.{{/series}}{{#series}}Várias marcações
        foram canceladas.{{/series}}{{/by_itself}}
        A hora está novamente livre na sua agenda.
        """,
      sms: "{{sender}}: a marcação de {{short_when}} foi cancelada."),
    paymentCancelled: Copy(
      subject: "{{sender}}: marcação cancelada",
      lead: """
        Uma marcação foi cancelada porque não foi paga a tempo. A hora está novamente livre.
        """,
      sms: "{{sender}}: a marcação de {{short_when}} foi cancelada: não foi paga a tempo."),
    paymentFailed: Copy(
      subject: "{{sender}}: um pagamento não foi concluído",
      lead: """
        O pagamento de uma marcação consigo não foi concluído. {{#pay_by}}Ainda pode ser paga até
        {{pay_by}}; depois disso, é cancelada automaticamente.{{/pay_by}} Não precisa de fazer nada.
        """),
    reminder: Copy(
      subject: "{{sender}}: lembrete da sua próxima marcação",
      lead: "Lembramos a sua próxima marcação.",
      sms: "{{sender}}: lembrete da sua marcação: {{short_when}}."))
}
