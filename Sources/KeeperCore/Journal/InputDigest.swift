public import EthPrimitives
import EthRPC
import Synchronization

/// Stands for all exchanges with a node that an observation was made of: method, parameters in canonical form, and the answer byte for
/// byte. Their order does not count.
public struct InputDigest: Codable, Sendable, Hashable {
    /// Exchanges.
    public var count: Int
    /// Keccak-256 of the sorted Keccak-256 hashes of all of them.
    public var digest: B256

    init(_ hashes: [B256]) {
        count = hashes.count
        digest = Keccak256.hash(hashes.map { $0.bytes }.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 })
    }
}

/// Passes everything on and keeps the hashes of what was asked and answered.
final class DigestingTransport: Transport {
    private let base: any Transport
    private let hashes = Mutex<[B256]>([])

    init(_ base: any Transport) { self.base = base }

    var digest: InputDigest { InputDigest(hashes.withLock { $0 }) }

    func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let responses = try await base.send(batch)
        let new = zip(batch, responses).map { Self.hash($0, $1) }
        hashes.withLock { $0 += new }
        return responses
    }

    private static func hash(_ request: RPCRequest, _ response: RPCResponse) -> B256 {
        var bytes = Array(CanonicalRequest(request).description.utf8) + [0x0A]
        switch response.outcome {
        case .success(let result): bytes += result
        // Kinds of errors, not their texts: those name moments and balances.
        case .failure(let error): bytes += Array("error \(error.code)".utf8)
        }
        return Keccak256.hash(bytes)
    }
}
