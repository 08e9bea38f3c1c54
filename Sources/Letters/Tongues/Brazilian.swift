extension Tongue {
  /// For all who read Portuguese and do not say that they are in Portugal.
  static let brazilian = Tongue(
    tag: "pt-BR", region: "BR",
    words: Words(
      greeting: "Olá{{#reader}}, {{reader}}{{/reader}}!",
      farewell: "Atenciosamente,",
      range: "{date}, das {start} às {end}", moment: "{date}, às {time}",
      shortMoment: "{weekday}, {day}/{month}, às {time}", nextDay: "(do dia seguinte)",
      zone: "horário de {city}", online: "On-line, por vídeo",
      balance: "{available} de {sessions}",
      labels: Words.Labels(
        when: "Quando", dates: "Datas", previously: "Antes", place: "Onde", therapist: "Com",
        client: "Com", service: "Serviço", price: "Preço", amount: "Valor", payBy: "Pagar até",
        fee: "Taxa de cancelamento", refund: "Reembolso", reason: "Motivo", message: "Mensagem",
        alternatives: "Horários livres", package: "Pacote", available: "Horários disponíveis",
        validUntil: "Válido até"),
      actions: Words.Actions(
        join: "Entrar na chamada de vídeo", pay: "Pagar agora", cancel: "Cancelar o horário")),
    toClients: brazilianToClients, toTherapists: brazilianToTherapists)

  private static let brazilianToClients = ClientCopy(
    bookingConfirmed: Copy(
      subject:
        "{{sender}}: seu{{#series}}s horários estão confirmados{{/series}}{{^series}} horário está confirmado{{/series}}",
      lead: """
        Seu{{#series}}s horários estão confirmados{{/series}}{{^series}} horário está
        confirmado{{/series}}. Esperamos por você.
        """,
      closing: """
        {{#cancel_url}}Se não puder vir, cancele o quanto antes, por favor. O link acima vale até o
        início e mostra primeiro as condições.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: seu horário está confirmado: {{short_when}}.
        {{#join_url}}Entre aqui: {{join_url}}{{/join_url}}
        """),
    requestReceived: Copy(
      subject: "{{sender}}: recebemos seu pedido",
      lead: """
        Agradecemos o seu pedido. Ele ainda precisa ser aceito, portanto o horário não está
        confirmado. Enquanto isso, ele fica reservado para você, e escreveremos assim que houver
        uma resposta.
        """),
    requestAccepted: Copy(
      subject: "{{sender}}: seu pedido foi aceito",
      lead: """
        Seu pedido foi aceito. {{#pay_url}}Para garantir o horário, pague{{#pay_by}} até
        {{pay_by}}{{/pay_by}}{{^pay_by}} agora{{/pay_by}}, por favor; depois disso ele volta a
        ficar livre.{{/pay_url}}{{^pay_url}}Esperamos por você.{{/pay_url}}
        """,
      closing: """
        {{#cancel_url}}Se não puder vir, cancele o quanto antes, por favor. O link acima vale até o
        início e mostra primeiro as condições.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: seu pedido para {{short_when}} foi aceito.
        {{#pay_url}}Pague{{#short_pay_by}} até {{short_pay_by}}{{/short_pay_by}}:
        {{pay_url}}{{/pay_url}}
        """),
    requestDeclined: Copy(
      subject: "{{sender}}: sobre seu pedido",
      lead: "Sentimos muito: seu pedido para o horário escolhido não pôde ser aceito.",
      closing: "Fique à vontade para pedir outro horário.",
      sms: """
        {{sender}}: sentimos muito, seu pedido para {{short_when}} não pôde ser aceito. Escolha
        outro horário, se desejar.
        """),
    appointmentChanged: Copy(
      subject:
        "{{sender}}: seu{{#series}}s horários mudaram{{/series}}{{^series}} horário mudou{{/series}}",
      lead: """
        {{#by_client}}Como você pediu, seu{{#series}}s horários mudaram{{/series}}{{^series}}
        horário mudou{{/series}}.{{/by_client}}
        {{#by_therapist}}{{therapist}} mudou seu{{#series}}s horários{{/series}}{{^series}}
        horário{{/series}}.{{/by_therapist}}
        {{#by_practice}}{{sender}} mudou seu{{#series}}s horários{{/series}}{{^series}}
        horário{{/series}}.{{/by_practice}}
        {{#by_itself}}Seu{{#series}}s horários mudaram{{/series}}{{^series}} horário
        mudou{{/series}}.{{/by_itself}}
        Veja os novos detalhes.
        """,
      closing: """
        {{^by_client}}Se não for bom para você, escreva para nós{{#cancel_url}} ou cancele pelo link
        acima{{/cancel_url}}.{{/by_client}}
        """,
      sms: """
        {{sender}}: seu horário mudou. Agora é {{short_when}}.
        {{#join_url}}Entre aqui: {{join_url}}{{/join_url}}
        """),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: seu{{#series}}s horários foram cancelados{{/series}}{{^series}} horário foi cancelado{{/series}}",
      lead: """
        {{#by_client}}Como você pediu, seu{{#series}}s horários foram
        cancelados{{/series}}{{^series}} horário foi cancelado{{/series}}.{{/by_client}}
        {{#by_therapist}}Sentimos muito: {{therapist}} precisou cancelar
        seu{{#series}}s horários{{/series}}{{^series}} horário{{/series}}.{{/by_therapist}}
        {{#by_practice}}Sentimos muito: {{sender}} precisou cancelar
        seu{{#series}}s horários{{/series}}{{^series}} horário{{/series}}.{{/by_practice}}
        {{#by_itself}}Seu{{#series}}s horários foram cancelados{{/series}}{{^series}} horário foi
        cancelado{{/series}}.{{/by_itself}}
        """,
      closing: """
        {{#refund}}O valor volta pelo mesmo meio com que você pagou; o banco pode levar alguns dias
        para mostrá-lo.{{/refund}}

        Você pode marcar outro horário quando quiser.
        """,
      sms: "{{sender}}: seu horário de {{short_when}} foi cancelado."),
    paymentCancelled: Copy(
      subject: "{{sender}}: seu horário foi cancelado",
      lead: """
        Não recebemos seu pagamento a tempo; por isso, o horário foi cancelado e está livre de
        novo.
        """,
      closing: """
        Se algum pagamento ainda chegar, ele será devolvido por inteiro. Você pode marcar outro
        horário quando quiser.
        """,
      sms: """
        {{sender}}: seu horário de {{short_when}} foi cancelado, pois o pagamento não chegou a
        tempo.
        """),
    paid: Copy(
      subject: "{{sender}}: agradecemos seu pagamento",
      lead: "Recebemos seu pagamento. Agradecemos."),
    refunded: Copy(
      subject: "{{sender}}: seu reembolso está a caminho",
      lead: """
        Seu reembolso está a caminho. Ele volta pelo mesmo meio com que você pagou; o banco pode
        levar alguns dias para mostrá-lo.
        """),
    refundFailed: Copy(
      subject: "{{sender}}: seu reembolso não foi concluído",
      lead: """
        Sentimos muito: seu reembolso não foi concluído. O valor continua sendo seu. Estamos
        verificando o que houve e escreveremos para você.
        """,
      closing: "Se o seu cartão ou a sua conta mudou desde o pagamento, avise-nos, por favor."),
    paymentFailed: Copy(
      subject: "{{sender}}: seu pagamento não foi concluído",
      lead: """
        Não foi possível concluir seu pagamento. {{#pay_by}}Pague até {{pay_by}}, por favor, com o
        mesmo cartão ou com outro{{#when}}; depois disso, o horário será
        cancelado{{/when}}.{{/pay_by}}{{^pay_by}}Tente de novo, por favor, com o mesmo cartão ou com
        outro.{{/pay_by}}
        """,
      sms: """
        {{sender}}: seu pagamento não foi concluído. Para manter o horário,
        pague{{#short_pay_by}} até {{short_pay_by}}{{/short_pay_by}}{{#pay_url}}:
        {{pay_url}}{{/pay_url}}{{^pay_url}}.{{/pay_url}}
        """),
    reminder: Copy(
      subject: "{{sender}}: lembrete do seu horário",
      lead: "Este é um lembrete do seu horário. Esperamos por você.",
      closing: """
        {{#cancel_url}}Se houve um imprevisto, cancele pelo link acima, por favor: assim outra
        pessoa pode usar o horário.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: lembrete do seu horário: {{short_when}}.
        {{#join_url}}Entre aqui: {{join_url}}{{/join_url}}
        """),
    packageLinked: Copy(
      subject: "{{sender}}: seu pacote está pronto",
      lead: "Preparamos um pacote para você. A partir de agora, você pode marcar horários com ele.",
      closing: """
        {{#renews}}Ele se renova sozinho; quando isso acontecer, avisaremos.{{/renews}}
        """),
    packageRenewed: Copy(
      subject: "{{sender}}: seu pacote foi renovado",
      lead: "Seu pacote foi renovado. Você pode continuar marcando horários com ele."))

  private static let brazilianToTherapists = TherapistCopy(
    bookingConfirmed: Copy(
      subject:
        "{{sender}}: novo{{#series}}s horários marcados{{/series}}{{^series}} horário marcado{{/series}}",
      lead: """
        {{^series}}Um novo horário foi marcado com você. Ele já está{{/series}}{{#series}}Novos
        horários foram marcados com você. Eles já estão{{/series}} na sua agenda.
        """,
      sms: "{{sender}}: novo horário marcado: {{short_when}}."),
    requestReceived: Copy(
      subject: "{{sender}}: novo pedido de horário",
      lead: """
        Você tem um novo pedido de horário. Aceite ou recuse, por favor: até lá o horário fica
        reservado, e o pedido expira na hora do início.
        """,
      sms: "{{sender}}: novo pedido para {{short_when}}. Aguarda sua resposta."),
    requestAccepted: Copy(
      subject: "{{sender}}: pedido aceito",
      lead: """
        Um pedido foi aceito automaticamente, como você escolheu. O horário está na sua agenda.
        """),
    appointmentChanged: Copy(
      subject: "{{sender}}: mudança de horário{{#series}}s{{/series}}",
      lead: """
        {{#by_client}}{{client}} mudou{{/by_client}}{{#by_therapist}}Você
        mudou{{/by_therapist}}{{#by_practice}}{{sender}} mudou{{/by_practice}}
        {{^by_itself}}{{^series}}um horário.{{/series}}{{#series}}vários
        horários.{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}Um horário mudou.{{/series}}{{#series}}Vários horários
        mudaram.{{/series}}{{/by_itself}}
        Sua agenda está em dia.
        """,
      sms: "{{sender}}: um horário mudou. Agora é {{short_when}}."),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: horário{{#series}}s cancelados{{/series}}{{^series}} cancelado{{/series}}",
      lead: """
        {{#by_client}}{{client}} cancelou{{/by_client}}{{#by_therapist}}Você
        cancelou{{/by_therapist}}{{#by_practice}}{{sender}} cancelou{{/by_practice}}
        {{^by_itself}}{{^series}}um horário.{{/series}}{{#series}}vários
        horários.{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}Um horário foi cancelado.{{/series}}{{#series}}Vários horários
        foram cancelados.{{/series}}{{/by_itself}}
        Sua agenda está livre de novo nesse período.
        """,
      sms: "{{sender}}: o horário de {{short_when}} foi cancelado."),
    paymentCancelled: Copy(
      subject: "{{sender}}: horário cancelado",
      lead: """
        Um horário foi cancelado porque não foi pago a tempo. Ele está livre de novo na sua agenda.
        """,
      sms: "{{sender}}: o horário de {{short_when}} foi cancelado: não foi pago a tempo."),
    paymentFailed: Copy(
      subject: "{{sender}}: um pagamento não foi concluído",
      lead: """
        O pagamento de um horário com você não foi concluído. {{#pay_by}}Ele ainda pode ser pago até
        {{pay_by}}; depois disso, é cancelado automaticamente.{{/pay_by}} Você não precisa fazer
        nada.
        """),
    reminder: Copy(
      subject: "{{sender}}: lembrete do seu próximo horário",
      lead: "Este é um lembrete do seu próximo horário.",
      sms: "{{sender}}: lembrete do seu horário: {{short_when}}."))
}
