import EthPrimitives
import EthRPC
import KeeperCore

/// A range of blocks that cannot change any more.
struct PastRange: Sendable {
    var first: BlockHeader
    var last: BlockHeader

    /// Finds the blocks at both ends.
    /// - Throws: `RecordingRefusal` if the range is empty, or ends after the newest block that is final.
    static func resolve(
        _ range: (from: CassettePlace, to: CassettePlace), _ finality: ChainPreset.Finality, _ provider: Provider,
        _ finder: inout BlockFinder
    ) async throws -> Self {
        let newest = try await newest(finality, provider)
        let word = finality == .tag ? "the newest final block" : "the newest block"
        let said = "\(word) is \(newest.number) of \(UTC.instant(newest.timestamp))"
        let first: BlockHeader
        switch range.from {
        case .block(let number) where number > newest.number:
            throw RecordingRefusal.usage("--from-block: \(word) is \(newest.number), got \(number)")
        case .block(let number): first = try await finder.header(number)
        case .time(let time):
            let genesis = try await finder.header(0)
            guard time <= newest.timestamp else { throw RecordingRefusal.usage("--from-block: \(said)") }
            first =
                time <= genesis.timestamp
                ? genesis : try await finder.first(at: time, after: genesis, upTo: newest) ?? newest
        }
        let last: BlockHeader
        switch range.to {
        case .block(let number) where number > newest.number:
            throw RecordingRefusal.usage("--to-block: \(said), got \(number): only what cannot change is recorded")
        case .block(let number): last = try await finder.header(number)
        case .time(let time):
            guard time < newest.timestamp || time == newest.timestamp else {
                throw RecordingRefusal.usage(
                    "--to-block: \(said), before \(UTC.instant(time)): only what cannot change is recorded")
            }
            // The last block at or before a time is the one before the first after it.
            guard time >= first.timestamp else {
                throw RecordingRefusal.usage("--to-block: expected a place at or after block \(first.number)")
            }
            let after = try await finder.first(at: time + 1, after: first, upTo: newest)
            last = if let after { try await finder.header(after.number - 1) } else { newest }
        }
        guard last.number >= first.number else {
            throw RecordingRefusal.usage(
                "--to-block: expected a block at or after block \(first.number), got \(last.number)")
        }
        return Self(first: first, last: last)
    }

    private static func newest(_ finality: ChainPreset.Finality, _ provider: Provider) async throws -> BlockHeader {
        guard finality == .tag else { return try await provider.head() }
        guard let final = try await provider.header(.finalized) else {
            throw RPCError(.malformedResult, "the node does not say which block is final", method: "eth_getBlockByNumber")
        }
        return final
    }
}
