import EthPrimitives
import EthRPC

/// A recording that a keeper can be led through: of its chain, with heads, none of them unknown or absurdly far from the one before.
struct UsableRecording {
    let cassette: Cassette
    /// Where the keeper is made.
    let setupHead: BlockHeader

    /// Seconds between two heads beyond which a recording is not believed.
    private static let longestGap: UInt64 = 366 * 86_400

    /// - Throws: `ConfigError` if it is of another chain, `CassetteError` or `RPCError` for what is wrong with it. Notes go to standard error.
    init(path: String, range: CassetteRange? = nil, chain: ChainID) throws {
        cassette = try range.map { try Cassette(path: path, range: $0) } ?? Cassette(path: path)
        for note in cassette.notes { Terminal.note("note: \(note)") }
        if let id = cassette.chainID, id != chain {
            throw ConfigError("chain.id", "expected chain \(chain), the recording is of chain \(id)")
        }
        if let miss = cassette.missingHeader { throw miss }
        guard let first = cassette.heads.first else {
            throw CassetteError(.malformedLine, "the recording holds no block header")
        }
        for (before, after) in zip(cassette.heads, cassette.heads.dropFirst())
        where after.timestamp > before.timestamp && after.timestamp - before.timestamp > Self.longestGap {
            throw CassetteError(.malformedLine, "more than a year lies between the heads \(before.number) and \(after.number)")
        }
        setupHead = cassette.setupHead ?? first
    }
}

extension Cassette {
    /// What is known of each head's block and of the blocks between it and the head before.
    var evidenceByHead: [BlockHash: [BlockEvidence]] {
        let blocks = evidencedBlocks
        var byHead: [BlockHash: [BlockEvidence]] = [:]
        var previous: BlockHeader?
        for head in heads {
            let hashes = blocks.filter { block in
                block.hash == head.hash || (previous.map { $0.number < block.number } ?? false && block.number < head.number)
            }.map(\.hash)
            byHead[head.hash] = hashes.compactMap { evidence(of: $0) }
            previous = head
        }
        return byHead
    }
}
