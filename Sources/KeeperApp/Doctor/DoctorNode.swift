import EthRPC
public import EthTransports

/// A node that the doctor looks at.
public struct DoctorNode: Sendable {
    /// The node's name for people.
    public var label: String
    let transport: any Transport
    /// A text of the node's without what is secret in its URL and headers.
    let clean: @Sendable (String) -> String

    /// A node by its place. A place that cannot be used is a finding like others, not an error.
    /// - Parameter timeout: for one exchange.
    public init(_ endpoint: Endpoint, timeout: Duration) {
        label = endpoint.label
        do {
            transport = try endpoint.transport(timeout: timeout)
        } catch {
            transport = UnusableTransport(error: error)
        }
        clean = { endpoint.redacted($0) }
    }

    /// A node whose place is not known, for this reason.
    public init(_ label: String, unusable reason: String) {
        self.label = label
        transport = UnusableTransport(error: RPCError(.badEndpoint, reason, endpoint: label))
        clean = { $0 }
    }

    var provider: Provider { Provider(transport) }

    /// An error without what is secret: a result of a wrong form may be what the node was asked.
    func cleaned(_ error: RPCError) -> RPCError {
        var error = error
        error.message = clean(error.message)
        error.detail = error.detail.map(clean)
        return error
    }

    /// The node as one that tells what happens; `nil` over HTTP.
    var subscribing: (any Subscribing)? { transport as? any Subscribing }
}

/// Stands in for a transport that cannot be made.
private struct UnusableTransport: Transport {
    let error: RPCError

    func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] { throw error }
}
