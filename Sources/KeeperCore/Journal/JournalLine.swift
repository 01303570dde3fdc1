public import EthCodec
public import EthPrimitives

/// A line of a decision log that was found to follow the one before.
public struct JournalLine: Sendable, Hashable {
    /// Counted from 1.
    public var number: UInt64
    /// Without the line break.
    public var bytes: [UInt8]
    /// What they say: an object.
    public var json: JSON

    public init(number: UInt64, bytes: [UInt8], json: JSON) {
        self.number = number
        self.bytes = bytes
        self.json = json
    }
}

/// What a decision log was found to be at its end.
public struct JournalEnd: Sendable, Hashable {
    public var lines: UInt64
    /// Of the newest line: it stands for all of them. Zero if there is none.
    public var digest: B256
    /// Bytes of a last line without a line break: what a crash leaves, or a process that is writing just now. They are no line, and were
    /// never relied on.
    public var unfinishedBytes: Int

    public init(lines: UInt64, digest: B256, unfinishedBytes: Int = 0) {
        self.lines = lines
        self.digest = digest
        self.unfinishedBytes = unfinishedBytes
    }
}
