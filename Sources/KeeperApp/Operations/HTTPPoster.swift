import EthPrimitives
import EthRPC
import EthTransports
import KeeperAlerts

/// Posts alerts over HTTP.
struct HTTPPoster: AlertPoster {
    func post(_ request: AlertRequest, timeout: Duration) async throws -> AlertReply {
        do {
            let reply = try await PlainHTTPClient.send(
                request.method, request.url, headers: request.headers.map { ($0.name, SecretText($0.value)) },
                body: request.body, timeout: timeout, maximumBytes: 0)
            return AlertReply(status: reply.status, retryAfter: reply.retryAfter)
        } catch let error as RPCError {
            switch error.code {
            case .timeout: throw AlertPostError.timeout
            case .unreachable: throw AlertPostError.unreachable
            default: throw AlertPostError.broken
            }
        }
    }
}
