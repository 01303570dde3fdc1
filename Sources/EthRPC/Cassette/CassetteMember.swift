internal import EthCodec
public import EthPrimitives

/// A piece of a compressed recording that can be read without the rest: one gzip member, or several, that end where a line ends.
public struct CassetteMember: Sendable, Hashable {
    /// Where it begins in the file.
    public var offset: UInt64
    /// Compressed.
    public var bytes: UInt64
    /// The checksum that stands in its own last eight bytes, before its length (RFC 1952).
    public var checksum: UInt32
    /// Lines before it.
    public var linesBefore: Int
    public var lines: Int
    /// Exchanges before it.
    public var exchangesBefore: Int
    public var exchanges: Int
    /// Smallest and largest block number of its lines.
    public var blocks: ClosedRange<UInt64>?
    /// Unix seconds of its lines' blocks.
    public var times: ClosedRange<UInt64>?
    /// Lines that go with every part of the recording: the opening line, set-up reads, and those that do not name their block.
    public var loose: Int
    /// Whether the closing line is in it.
    public var isLast: Bool
    /// Keccak-256 over its lines, each with its line feed.
    public var digest: B256

    /// Where the next one begins.
    public var end: UInt64 { offset + bytes }

    /// For errors: its number is known to whoever has the others.
    public var place: String { "lines \(linesBefore + 1) to \(linesBefore + lines), bytes \(offset) to \(end)" }

    var json: JSON {
        func pair(_ range: ClosedRange<UInt64>?) -> JSON? {
            range.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) }
        }
        return .object([
            "offset": .integer(offset), "bytes": .integer(bytes), "crc": .integer(checksum), "line": .integer(linesBefore + 1),
            "lines": .integer(lines), "exchange": .integer(exchangesBefore + 1), "exchanges": .integer(exchanges),
            "blocks": pair(blocks), "times": pair(times), "loose": .integer(loose), "end": isLast ? true : nil,
            "digest": .string(digest.description),
        ])
    }

    /// Reads a line of an index; `nil` if it is none.
    init?(_ json: JSON) {
        func number(_ name: String) -> Int? { json[name]?.uint64.flatMap(Int.init(exactly:)) }
        func pair(_ name: String) -> ClosedRange<UInt64>? {
            guard let ends = json[name]?.array, ends.count == 2, let low = ends[0].uint64, let high = ends[1].uint64, low <= high
            else { return nil }
            return low...high
        }
        guard let offset = json["offset"]?.uint64, let bytes = json["bytes"]?.uint64, bytes <= .max - offset,
            let checksum = json["crc"]?.uint64.flatMap(UInt32.init(exactly:)),
            let line = number("line"), line > 0, let lines = number("lines"), lines <= .max - line,
            let exchange = number("exchange"), exchange > 0, let exchanges = number("exchanges"), exchanges <= lines,
            exchanges <= .max - exchange, let loose = number("loose"),
            // What is no hash is no digest.
            let digest = json["digest"]?.string.flatMap({ try? B256(hex: $0) })
        else { return nil }
        self.init(
            offset: offset, bytes: bytes, checksum: checksum, linesBefore: line - 1, lines: lines, exchangesBefore: exchange - 1,
            exchanges: exchanges, blocks: pair("blocks"), times: pair("times"), loose: loose,
            isLast: json["end"]?.bool ?? false, digest: digest)
    }

    init(
        offset: UInt64, bytes: UInt64, checksum: UInt32, linesBefore: Int, lines: Int, exchangesBefore: Int, exchanges: Int,
        blocks: ClosedRange<UInt64>?, times: ClosedRange<UInt64>?, loose: Int, isLast: Bool, digest: B256
    ) {
        self.offset = offset
        self.bytes = bytes
        self.checksum = checksum
        self.linesBefore = linesBefore
        self.lines = lines
        self.exchangesBefore = exchangesBefore
        self.exchanges = exchanges
        self.blocks = blocks
        self.times = times
        self.loose = loose
        self.isLast = isLast
        self.digest = digest
    }
}
