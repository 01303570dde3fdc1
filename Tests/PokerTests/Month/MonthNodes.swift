import EthPrimitives
import EthRPC
import EthTransports
import Synchronization

/// The way to the local chain, which can be cut.
final class MonthNodes: Sendable {
    private let isCut = Mutex(false)

    func cut(_ isCut: Bool) { self.isCut.withLock { $0 = isCut } }

    func transport(_ label: String, _ url: String) -> any Transport {
        // The address of a server that this test has just started.
        guard let base = try? HTTPTransport(label: label, url: SecretText(url), timeout: 60) else { return Severed(label: label) }
        return Cuttable(base: base, label: label, nodes: self)
    }

    private struct Severed: Transport {
        let label: String
        func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
            throw RPCError(.unreachable, "no connection", endpoint: label)
        }
    }

    private struct Cuttable: Transport {
        let base: any Transport
        let label: String
        let nodes: MonthNodes

        func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
            guard !nodes.isCut.withLock({ $0 }) else { throw RPCError(.unreachable, "no connection", endpoint: label) }
            return try await base.send(batch)
        }
    }
}
