import EthRPC
import KeeperCore
import Logging
import ServiceLifecycle

/// Reads of a recording: from one node each, patient with nodes in trouble.
struct RangeReading: Sendable {
    let pool: NodePool
    let logger: Logger
    let pollMilliseconds: UInt64

    /// Attempts at one head before the recording ends with an error.
    private static let attempts = 10

    /// Tries again when the node gives no usable answer, unless it never will.
    func patiently<T>(_ work: () async throws -> T) async throws -> T {
        for _ in 1..<Self.attempts {
            do { return try await work() } catch let error as RPCError {
                if Self.isFinal(error) { throw error }
                logger.warning("\(error)")
                try await cancelWhenGracefulShutdown {
                    try await Task.sleep(for: .milliseconds(Int64(clamping: pollMilliseconds)))
                }
            }
        }
        return try await work()
    }

    /// What asking again does not change: a node that is no archive node, or does not take such requests.
    private static func isFinal(_ error: RPCError) -> Bool {
        switch error.nodeError?.kind {
        case .stateUnavailable, .historyUnavailable, .methodNotFound, .unsupported, .resultTooLarge, .unauthorized,
            .quotaExceeded:
            true
        default: false
        }
    }

    /// The exchanges of reads that belong together, from one node, when all of them succeed.
    func collect(at head: BlockHeader, _ work: (Provider) async throws -> Void) async throws -> [CassetteExchange] {
        try await patiently {
            guard let session = pool.session(at: head) else { throw RPCError(.unreachable, "there is no node to ask") }
            let recording = RecordingTransport(session)
            do {
                return try await recording.collecting { try await work(Provider(recording)) }.exchanges
            } catch let error as RPCError {
                session.discredit("\(error)")
                throw error
            }
        }
    }
}
