import EthRPC
import Synchronization

/// Hears what is asked and answered, and changes nothing of it.
final class ListeningTransport: Transport {
    /// A request with its outcome.
    struct Exchange: Sendable {
        var request: RPCRequest
        var response: RPCResponse
    }

    private let base: any Transport
    private let heard = Mutex<[Exchange]>([])

    init(_ base: any Transport) { self.base = base }

    /// What was asked and answered so far.
    var exchanges: [Exchange] { heard.withLock { $0 } }

    func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let responses = try await base.send(batch)
        heard.withLock { $0 += zip(batch, responses).map { Exchange(request: $0, response: $1) } }
        return responses
    }
}
