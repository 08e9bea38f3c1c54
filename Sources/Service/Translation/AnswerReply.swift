internal import Booking
internal import Foundation
internal import SwiftProtobuf
internal import Wire

extension Seduta_Wire_V1_Reply {
  /// A reply that went well; its call id is still to be set.
  init(_ message: some Message) throws {
    self.init()
    self.message = try message.serializedData()
  }
}

extension Answer {
  var reply: Seduta_Wire_V1_Reply {
    get throws {
      switch self {
      case .client(let client):
        var response = Seduta_V1_ClientsRegisterResponse()
        response.client = client.message
        return try Seduta_Wire_V1_Reply(response)
      case .booked(let appointment):
        var response = Seduta_V1_AppointmentsBookResponse()
        response.appointment = appointment.message
        return try Seduta_Wire_V1_Reply(response)
      case .cancelled(let appointment):
        var response = Seduta_V1_AppointmentsCancelResponse()
        response.appointment = appointment.message
        return try Seduta_Wire_V1_Reply(response)
      case .holdTaken(let hold):
        var response = Seduta_V1_HoldsTakeResponse()
        response.hold = hold.message
        return try Seduta_Wire_V1_Reply(response)
      case .holdRenewed(let hold):
        var response = Seduta_V1_HoldsRenewResponse()
        response.hold = hold.message
        return try Seduta_Wire_V1_Reply(response)
      case .holdReleased:
        return try Seduta_Wire_V1_Reply(Seduta_V1_HoldsReleaseResponse())
      case .directory(let entry, let created):
        return try entry.reply(created: created)
      case .imported(let created, let replaced):
        var response = Seduta_V1_DirectoryImportResponse()
        response.created = Int32(created)
        response.replaced = Int32(replaced)
        return try Seduta_Wire_V1_Reply(response)
      case .schedule(let changed):
        return try changed.reply
      case .policy(let policy):
        var response = Seduta_V1_DirectoryUpdatePolicyResponse()
        response.policy = policy.policy.message
        response.version = policy.version
        return try Seduta_Wire_V1_Reply(response)
      }
    }
  }
}

extension DirectoryEntry {
  fileprivate func reply(created: Bool) throws -> Seduta_Wire_V1_Reply {
    switch self {
    case .therapist(let therapist, _):
      if created {
        var response = Seduta_V1_DirectoryCreateTherapistResponse()
        response.therapist = therapist.message
        return try Seduta_Wire_V1_Reply(response)
      }
      var response = Seduta_V1_DirectoryUpdateTherapistResponse()
      response.therapist = therapist.message
      return try Seduta_Wire_V1_Reply(response)
    case .location(let location, _):
      if created {
        var response = Seduta_V1_DirectoryCreateLocationResponse()
        response.location = location.message
        return try Seduta_Wire_V1_Reply(response)
      }
      var response = Seduta_V1_DirectoryUpdateLocationResponse()
      response.location = location.message
      return try Seduta_Wire_V1_Reply(response)
    case .service(let service, _):
      if created {
        var response = Seduta_V1_DirectoryCreateServiceResponse()
        response.service = service.message
        return try Seduta_Wire_V1_Reply(response)
      }
      var response = Seduta_V1_DirectoryUpdateServiceResponse()
      response.service = service.message
      return try Seduta_Wire_V1_Reply(response)
    case .schedule:
      preconditionFailure("one schedule alone is changed by a command of its own")
    }
  }
}
