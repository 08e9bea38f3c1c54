internal import Booking

/// What one letter says, as Mustache over the variables of `Variable`. Paragraphs are parted by an empty
/// line. What is known of session and money stands below the lead as a list, and is not said twice.
struct Copy {
  let subject: String
  let lead: String
  /// Below the list.
  let closing: String
  /// Nil where none is written. No names but the sender's, and nothing of what the appointment is for.
  let sms: String?

  init(subject: String, lead: String, closing: String = "", sms: String? = nil) {
    self.subject = subject
    self.lead = lead
    self.closing = closing
    self.sms = sms
  }
}

/// All that is written to clients in a language. A kind that is missing does not compile.
struct ClientCopy {
  let bookingConfirmed: Copy
  let requestReceived: Copy
  let requestAccepted: Copy
  let requestDeclined: Copy
  let appointmentChanged: Copy
  let appointmentCancelled: Copy
  let paymentCancelled: Copy
  let paid: Copy
  let refunded: Copy
  let refundFailed: Copy
  let paymentFailed: Copy
  let reminder: Copy
  let packageLinked: Copy
  let packageRenewed: Copy

  subscript(kind: MessageKind) -> Copy {
    switch kind {
    case .bookingConfirmed: bookingConfirmed
    case .requestReceived: requestReceived
    case .requestAccepted: requestAccepted
    case .requestDeclined: requestDeclined
    case .appointmentChanged: appointmentChanged
    case .appointmentCancelled: appointmentCancelled
    case .paymentCancelled: paymentCancelled
    case .paid: paid
    case .refunded: refunded
    case .refundFailed: refundFailed
    case .paymentFailed: paymentFailed
    case .reminder: reminder
    case .packageLinked: packageLinked
    case .packageRenewed: packageRenewed
    }
  }
}

/// All that is written to therapists in a language.
struct TherapistCopy {
  let bookingConfirmed: Copy
  let requestReceived: Copy
  let requestAccepted: Copy
  let appointmentChanged: Copy
  let appointmentCancelled: Copy
  let paymentCancelled: Copy
  let paymentFailed: Copy
  let reminder: Copy

  subscript(kind: MessageKind) -> Copy? {
    switch kind {
    case .bookingConfirmed: bookingConfirmed
    case .requestReceived: requestReceived
    case .requestAccepted: requestAccepted
    case .appointmentChanged: appointmentChanged
    case .appointmentCancelled: appointmentCancelled
    case .paymentCancelled: paymentCancelled
    case .paymentFailed: paymentFailed
    case .reminder: reminder
    case .requestDeclined, .paid, .refunded, .refundFailed, .packageLinked, .packageRenewed: nil
    }
  }
}
