internal import EthCodec
import EthPrimitives

/// The last line of a recording of ours: how many exchanges there are, and what all lines before it hash to.
public struct CassetteClosing: Sendable, Hashable {
    public var exchanges: UInt64
    /// Keccak-256 over all lines before, each with its line feed, as the line says it.
    public var digest: String?

    init(exchanges: UInt64, digest: B256) {
        self.exchanges = exchanges
        self.digest = digest.description
    }

    init(_ json: JSON) {
        exchanges = json["end"]?.uint64 ?? 0
        digest = json["digest"]?.string
    }

    var json: JSON { .object(["end": .integer(exchanges), "digest": digest.map { .string($0) }]) }
}
