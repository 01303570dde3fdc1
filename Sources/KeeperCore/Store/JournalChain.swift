public import EthCodec
public import EthPrimitives

/// The hash chain of a decision log: each line is JSON with sorted keys and has, as `prev`, the Keccak-256 hash of the line before it,
/// zero in the first. The newest hash stands for all lines.
public struct JournalChain: Sendable, Hashable {
    /// Of the newest line, without its line break; zero before the first.
    public private(set) var digest: B256

    /// - Parameter digest: of the newest line that there is.
    public init(digest: B256 = B256()) { self.digest = digest }

    /// The line of a record, without a line break; `prev` is added.
    public mutating func link(_ record: JSON) -> [UInt8] {
        let members = (record.members ?? []) + [JSON.Member("prev", .string(digest.description))]
        let line = JSONWriter.bytes(of: .object(members), sorted: true)
        digest = Keccak256.hash(line)
        return line
    }

    /// Goes on after a line that is there already.
    /// - Returns: whether it is a line that may stand here.
    public mutating func follow(_ line: [UInt8]) -> Bool {
        // What is no JSON names no line before it.
        let previous = (try? JSONScanner.parse(line))?["prev"]
        defer { digest = Keccak256.hash(line) }
        return previous?.string == digest.description
    }
}
