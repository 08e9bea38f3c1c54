public import Wire

extension SedutaClient {
  /// Keeps templates of packages, and links them to clients.
  public var packages: Packages { Packages(client: self) }

  /// The methods of `seduta.v1.Packages`. All throw `CallError` and `ConnectionError`.
  public struct Packages: Sendable {
    let client: SedutaClient

    /// Makes a template.
    public func create(
      _ request: Seduta_V1_PackagesCreateRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesCreateResponse {
      try await client.call(.packagesCreate, request, options)
    }

    /// Changes a template; links made of it stay as they are.
    public func update(
      _ request: Seduta_V1_PackagesUpdateRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesUpdateResponse {
      try await client.call(.packagesUpdate, request, options)
    }

    /// Reads a template.
    public func get(
      _ request: Seduta_V1_PackagesGetRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesGetResponse {
      try await client.call(.packagesGet, request, options)
    }

    /// Lists templates, by id.
    public func list(
      _ request: Seduta_V1_PackagesListRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesListResponse {
      try await client.call(.packagesList, request, options)
    }

    /// Gives a package to a client, with sessions or without.
    public func link(
      _ request: Seduta_V1_PackagesLinkRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesLinkResponse {
      try await client.call(.packagesLink, request, options)
    }

    /// Books more sessions of a link: all, or none.
    public func schedule(
      _ request: Seduta_V1_PackagesScheduleRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesScheduleResponse {
      try await client.call(.packagesSchedule, request, options)
    }

    /// Reads a link with its balance.
    public func getLink(
      _ request: Seduta_V1_PackagesGetLinkRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesGetLinkResponse {
      try await client.call(.packagesGetLink, request, options)
    }

    /// Lists links, in the order of linking.
    public func listLinks(
      _ request: Seduta_V1_PackagesListLinksRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesListLinksResponse {
      try await client.call(.packagesListLinks, request, options)
    }

    /// Lists the sessions of a link, whatever became of them, by start.
    public func listSessions(
      _ request: Seduta_V1_PackagesListSessionsRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesListSessionsResponse {
      try await client.call(.packagesListSessions, request, options)
    }

    /// Changes a link from now on.
    public func updateLink(
      _ request: Seduta_V1_PackagesUpdateLinkRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesUpdateLinkResponse {
      try await client.call(.packagesUpdateLink, request, options)
    }

    /// Gives the client another link on the same terms.
    public func renewLink(
      _ request: Seduta_V1_PackagesRenewLinkRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesRenewLinkResponse {
      try await client.call(.packagesRenewLink, request, options)
    }

    /// Deletes a link: its sessions to come stay without it, or are cancelled.
    public func deleteLink(
      _ request: Seduta_V1_PackagesDeleteLinkRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesDeleteLinkResponse {
      try await client.call(.packagesDeleteLink, request, options)
    }

    /// Takes or records money for a package that is sold by its total value.
    public func pay(
      _ request: Seduta_V1_PackagesPayRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesPayResponse {
      try await client.call(.packagesPay, request, options)
    }

    /// Chooses the procedure of a package's session, or takes the choice back.
    public func chooseProcedure(
      _ request: Seduta_V1_PackagesChooseProcedureRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesChooseProcedureResponse {
      try await client.call(.packagesChooseProcedure, request, options)
    }

    /// Prints the session card, a PDF.
    public func getCard(
      _ request: Seduta_V1_PackagesGetCardRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PackagesGetCardResponse {
      try await client.call(.packagesGetCard, request, options)
    }
  }
}
