extension Tongue {
  static let english = Tongue(
    tag: "en", region: "GB",
    words: Words(
      greeting: "{{#reader}}Dear {{reader}},{{/reader}}{{^reader}}Hello,{{/reader}}",
      farewell: "Kind regards,",
      range: "{date}, {start}–{end}", moment: "{date} at {time}",
      shortMoment: "{weekday} {day} {monthName} at {time}", nextDay: "(next day)",
      zone: "{city} time", online: "Online, by video", balance: "{available} of {sessions}",
      labels: Words.Labels(
        when: "When", dates: "Dates", previously: "Before", place: "Where", therapist: "With",
        client: "With", service: "Service", price: "Price", amount: "Amount", payBy: "Pay by",
        fee: "Cancellation fee", refund: "Refund", reason: "Reason", message: "Message",
        alternatives: "Free instead", package: "Package", available: "Appointments left",
        validUntil: "Valid until"),
      actions: Words.Actions(
        join: "Join the video call", pay: "Pay now", cancel: "Cancel the appointment")),
    toClients: englishToClients, toTherapists: englishToTherapists)

  private static let englishToClients = ClientCopy(
    bookingConfirmed: Copy(
      subject:
        "{{sender}}: your appointment{{#series}}s are{{/series}}{{^series}} is{{/series}} confirmed",
      lead: """
        Your appointment{{#series}}s are{{/series}}{{^series}} is{{/series}} confirmed. We look
        forward to seeing you.
        """,
      closing: """
        {{#cancel_url}}If you cannot make it, please cancel as early as you can. The link above
        works until the start and shows you the terms first.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: your appointment on {{short_when}} is confirmed.
        {{#join_url}}Join here: {{join_url}}{{/join_url}}
        """),
    requestReceived: Copy(
      subject: "{{sender}}: we have received your request",
      lead: """
        Thank you for your request. It still has to be accepted, so this is not a confirmed
        appointment yet. We are keeping the time for you and will write as soon as we know more.
        """),
    requestAccepted: Copy(
      subject: "{{sender}}: your request has been accepted",
      lead: """
        Your request has been accepted. {{#pay_url}}To secure the appointment, please pay
        {{#pay_by}}by {{pay_by}}{{/pay_by}}{{^pay_by}}now{{/pay_by}}; after that the time
        becomes free again.{{/pay_url}}{{^pay_url}}We look forward to seeing you.{{/pay_url}}
        """,
      closing: """
        {{#cancel_url}}If you cannot make it, please cancel as early as you can. The link above
        works until the start and shows you the terms first.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: your request for {{short_when}} has been accepted.
        {{#pay_url}}Please pay{{#short_pay_by}} by {{short_pay_by}}{{/short_pay_by}}:
        {{pay_url}}{{/pay_url}}
        """),
    requestDeclined: Copy(
      subject: "{{sender}}: about your request",
      lead: """
        We are sorry: the time you asked for cannot be offered after all, and your request has
        been declined.
        """,
      closing: "You are welcome to ask for another time.",
      sms: """
        {{sender}}: we are sorry, your request for {{short_when}} could not be accepted. You are
        welcome to choose another time.
        """),
    appointmentChanged: Copy(
      subject:
        "{{sender}}: your appointment{{#series}}s have{{/series}}{{^series}} has{{/series}} changed",
      lead: """
        {{#by_client}}As you asked, your
        appointment{{#series}}s have{{/series}}{{^series}} has{{/series}} been
        changed.{{/by_client}}
        {{#by_therapist}}{{therapist}} has changed your
        appointment{{#series}}s{{/series}}.{{/by_therapist}}
        {{#by_practice}}{{sender}} has changed your
        appointment{{#series}}s{{/series}}.{{/by_practice}}
        {{#by_itself}}Your appointment{{#series}}s have{{/series}}{{^series}} has{{/series}} been
        changed.{{/by_itself}}
        These are the new details.
        """,
      closing: """
        {{^by_client}}If this does not suit you, please let us know{{#cancel_url}} or cancel with
        the link above{{/cancel_url}}.{{/by_client}}
        """,
      sms: """
        {{sender}}: your appointment has changed. It is now on {{short_when}}.
        {{#join_url}}Join here: {{join_url}}{{/join_url}}
        """),
    appointmentCancelled: Copy(
      subject:
        "{{sender}}: your appointment{{#series}}s have{{/series}}{{^series}} has{{/series}} been cancelled",
      lead: """
        {{#by_client}}As you asked, your
        appointment{{#series}}s have{{/series}}{{^series}} has{{/series}} been
        cancelled.{{/by_client}}
        {{#by_therapist}}We are sorry: {{therapist}} has had to cancel your
        appointment{{#series}}s{{/series}}.{{/by_therapist}}
        {{#by_practice}}We are sorry: {{sender}} has had to cancel your
        appointment{{#series}}s{{/series}}.{{/by_practice}}
        {{#by_itself}}Your appointment{{#series}}s have{{/series}}{{^series}} has{{/series}} been
        cancelled.{{/by_itself}}
        """,
      closing: """
        {{#refund}}The refund goes back the way you paid; your bank may take a few days to show
        it.{{/refund}}

        You can book another time whenever you like.
        """,
      sms: "{{sender}}: your appointment on {{short_when}} has been cancelled."),
    paymentCancelled: Copy(
      subject: "{{sender}}: your appointment has been cancelled",
      lead: """
        We did not receive your payment in time, so the appointment has been cancelled and its
        time is free again.
        """,
      closing: """
        Should a payment still reach us, it goes back to you in full. You can book another time
        whenever you like.
        """,
      sms: """
        {{sender}}: your appointment on {{short_when}} has been cancelled, as we did not receive
        the payment in time.
        """),
    paid: Copy(
      subject: "{{sender}}: thank you for your payment",
      lead: "We have received your payment. Thank you."),
    refunded: Copy(
      subject: "{{sender}}: your refund is on its way",
      lead: """
        Your refund is on its way. It goes back the way you paid; your bank may take a few days
        to show it.
        """),
    refundFailed: Copy(
      subject: "{{sender}}: your refund did not go through",
      lead: """
        We are sorry: your refund did not go through. The money is still yours. We are looking
        into it and will be in touch.
        """,
      closing: "If your card or account has changed since you paid, please let us know."),
    paymentFailed: Copy(
      subject: "{{sender}}: your payment did not go through",
      lead: """
        We were not able to take your payment. {{#pay_by}}Please pay by {{pay_by}}, with the same
        card or another{{#when}}; otherwise the appointment will be
        cancelled{{/when}}.{{/pay_by}}{{^pay_by}}Please try again, with the same card or
        another.{{/pay_by}}
        """,
      sms: """
        {{sender}}: your payment did not go through. Please
        pay{{#short_pay_by}} by {{short_pay_by}}{{/short_pay_by}}, so that your appointment
        stands.{{#pay_url}} {{pay_url}}{{/pay_url}}
        """),
    reminder: Copy(
      subject: "{{sender}}: a reminder of your appointment",
      lead: "This is a reminder of your appointment. We look forward to seeing you.",
      closing: """
        {{#cancel_url}}If something has come up, please cancel with the link above, so that the
        time can go to someone else.{{/cancel_url}}
        """,
      sms: """
        {{sender}}: a reminder of your appointment on {{short_when}}.
        {{#join_url}}Join here: {{join_url}}{{/join_url}}
        """),
    packageLinked: Copy(
      subject: "{{sender}}: your package is ready",
      lead:
        "A package has been set up for you. You can book your appointments with it from now on.",
      closing: """
        {{#renews}}It renews by itself when it is used up or over; we will write to you when it
        does.{{/renews}}
        """),
    packageRenewed: Copy(
      subject: "{{sender}}: your package has been renewed",
      lead: "Your package has been renewed. You can go on booking your appointments with it."))

  private static let englishToTherapists = TherapistCopy(
    bookingConfirmed: Copy(
      subject: "{{sender}}: new appointment{{#series}}s{{/series}}",
      lead: """
        {{^series}}A new appointment has been booked with you. It is{{/series}}{{#series}}New
        appointments have been booked with you. They are{{/series}} in your calendar.
        """,
      sms: "{{sender}}: new appointment on {{short_when}}."),
    requestReceived: Copy(
      subject: "{{sender}}: new appointment request",
      lead: """
        Someone would like an appointment with you. Please accept or decline: the time is kept
        until you do, and the request lapses when it comes.
        """,
      sms: """
        {{sender}}: new appointment request for {{short_when}}. Please accept or decline it.
        """),
    requestAccepted: Copy(
      subject: "{{sender}}: request accepted",
      lead: """
        A request was accepted automatically, as you have chosen. The appointment is in your
        calendar.
        """),
    appointmentChanged: Copy(
      subject: "{{sender}}: appointment{{#series}}s{{/series}} changed",
      lead: """
        {{#by_client}}{{client}} has changed{{/by_client}}{{#by_therapist}}You have
        changed{{/by_therapist}}{{#by_practice}}{{sender}} has changed{{/by_practice}}
        {{^by_itself}}{{^series}}an appointment.{{/series}}{{#series}}several
        appointments.{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}An appointment has{{/series}}{{#series}}Several appointments
        have{{/series}} been changed.{{/by_itself}}
        Your calendar is up to date.
        """,
      sms: "{{sender}}: an appointment has changed. It is now on {{short_when}}."),
    appointmentCancelled: Copy(
      subject: "{{sender}}: appointment{{#series}}s{{/series}} cancelled",
      lead: """
        {{#by_client}}{{client}} has cancelled{{/by_client}}{{#by_therapist}}You have
        cancelled{{/by_therapist}}{{#by_practice}}{{sender}} has cancelled{{/by_practice}}
        {{^by_itself}}{{^series}}an appointment.{{/series}}{{#series}}several
        appointments.{{/series}}{{/by_itself}}
        {{#by_itself}}{{^series}}An appointment has{{/series}}{{#series}}Several appointments
        have{{/series}} been cancelled.{{/by_itself}}
        The time is free again.
        """,
      sms: "{{sender}}: the appointment on {{short_when}} has been cancelled."),
    paymentCancelled: Copy(
      subject: "{{sender}}: appointment cancelled",
      lead: """
        An appointment has been cancelled because it was not paid in time. Its time is free
        again.
        """,
      sms: """
        {{sender}}: the appointment on {{short_when}} has been cancelled, as it was not paid in
        time.
        """),
    paymentFailed: Copy(
      subject: "{{sender}}: a payment did not go through",
      lead: """
        The payment for an appointment with you did not go through. {{#pay_by}}It can still be
        paid until {{pay_by}}; otherwise the appointment is cancelled by itself.{{/pay_by}} There
        is nothing you need to do.
        """),
    reminder: Copy(
      subject: "{{sender}}: a reminder of your next appointment",
      lead: "This is a reminder of your next appointment.",
      sms: "{{sender}}: a reminder of your appointment on {{short_when}}."))
}
