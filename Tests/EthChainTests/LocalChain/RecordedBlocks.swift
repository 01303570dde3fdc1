import EthChain
import EthCodec
import EthPrimitives
import EthRPC
import Foundation

/// The recorded 72 hours of `Tests/Fixtures`: the blocks that the Python chain made, executed again, and what the poker recorded of them.
enum RecordedBlocks {
    static let fixtures = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

    /// Both tests of it look at the same replay, which takes seconds.
    static let replay = Result { try replayed() }

    private static func replayed() throws -> LedgerReplay {
        var replay = LedgerReplay()
        for line in try lines("poker-72h.blocks.ndjson.gz") { try replay.apply(LedgerLine(line)) }
        return replay
    }

    /// The lines of a compressed file.
    static func lines(_ name: String) throws -> [[UInt8]] {
        let packed = try Data(contentsOf: fixtures.appending(path: name))
        return try Gzip.decompress([UInt8](packed)).split(separator: 0x0A).map { Array($0) }
    }
}
