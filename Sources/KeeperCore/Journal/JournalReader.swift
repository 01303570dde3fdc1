import EthCodec
import EthPrimitives

/// Cuts a decision log that comes in pieces into lines and checks each, in memory bounded by the longest.
public struct JournalReader: Sendable {
    /// Bytes of the longest line that is taken; the longest ever written are a few thousand.
    static let longestLine = 16 << 20

    private var chain = JournalChain()
    private var count: UInt64 = 0
    /// The beginning of a line whose end has not come yet.
    private var pending: [UInt8] = []

    public init() {}

    /// Hands on the lines that these bytes complete, each once it was found to follow the one before.
    /// - Throws: `StoreError`, `.damaged`, at the first that does not; and what the body throws. Nothing can be read on then.
    public mutating func take(_ bytes: ArraySlice<UInt8>, _ body: (JournalLine) throws -> Void) throws {
        var rest = bytes
        while let end = rest.firstIndex(of: 0x0A) {
            try add(rest[..<end])
            rest = rest[(end + 1)...]
            let line = pending
            pending = []
            count += 1
            let json: JSON
            do throws(JournalChain.Break) { json = try chain.read(line) } catch { throw error.error(line: count) }
            try body(JournalLine(number: count, bytes: line, json: json))
        }
        try add(rest)
    }

    /// Nothing comes any more.
    /// - Throws: `StoreError`, `.damaged`, if what follows the last line break is no beginning of a line.
    public func finish() throws(StoreError) -> JournalEnd {
        // Each line begins like this.
        guard pending.starts(with: "{\"".utf8.prefix(pending.count)) else {
            throw JournalChain.Break.form.error(line: count + 1)
        }
        return JournalEnd(lines: count, digest: chain.digest, unfinishedBytes: pending.count)
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) throws(StoreError) {
        guard pending.count + bytes.count <= Self.longestLine else {
            throw StoreError(.damaged, "line \(count + 1) of the journal is longer than any that is written")
        }
        pending += bytes
    }
}
