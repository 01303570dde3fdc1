internal import EthCodec
import EthPrimitives
import Synchronization

/// Answers from a cassette. Reads pinned to a block hash are answered in any order; others in the order of recording, each once.
/// A request that was not recorded throws `RPCError` with code `noRecordedAnswer`, naming method, parameters and block.
public final class ReplayingTransport: Transport {
    private let cassette: Cassette
    private let replayed = Mutex<[CanonicalRequest: Int]>([:])

    public init(_ cassette: Cassette) { self.cassette = cassette }

    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        try batch.map { request throws(RPCError) in try answer(request) }
    }

    private func answer(_ request: RPCRequest) throws(RPCError) -> RPCResponse {
        let key = CanonicalRequest(request)
        let recorded = cassette.recorded(key)
        var index = 0
        if key.pinnedTo == nil {
            index = replayed.withLock { counts in
                defer { counts[key, default: 0] += 1 }
                return counts[key, default: 0]
            }
        }
        guard index < recorded.count else { throw miss(request, key, recorded.count) }
        return try RPCResponse(parsing: recorded[index]).answering(request.id)
    }

    private func miss(_ request: RPCRequest, _ key: CanonicalRequest, _ recorded: Int) -> RPCError {
        var block = "no block"
        if let head = RecordingScope.head {
            block = "block \(head.number) (\(head.hash))"
        } else if let hash = key.pinnedTo {
            block = cassette.number(of: hash).map { "block \($0) (\(hash))" } ?? "block \(hash)"
        }
        let why = recorded == 0 ? "no recorded answer" : "all \(recorded) recorded answers are used up"
        return RPCError(
            .noRecordedAnswer,
            "\(why) to \(request.method) with parameters \(Self.middleCut(JSON.array(request.params).description)) at \(block) "
                + "(was it recorded with another configuration?)")
    }

    /// At most 600 characters: the calldata of a batch of calls would bury the rest.
    private static func middleCut(_ text: String) -> String {
        text.count <= 600 ? text : "\(text.prefix(300))…\(text.suffix(280))"
    }
}
