internal import EthCodec
public import EthPrimitives

/// The first line of a recording of ours: what was recorded, and by what.
public struct CassetteOpening: Sendable, Hashable {
    /// `nil` only in recordings that somebody else wrote.
    public var chainID: ChainID?
    /// The program whose reads these are; `nil` where it does not say.
    public var keeper: String?
    /// What the recording of a past range is to cover; `nil` for one of blocks as they came.
    public var range: RecordedRange?
    /// Whether names and texts were replaced before somebody passed it on.
    public var isRedacted: Bool

    public init(chainID: ChainID?, keeper: String? = nil, range: RecordedRange? = nil, isRedacted: Bool = false) {
        self.chainID = chainID
        self.keeper = keeper
        self.range = range
        self.isRedacted = isRedacted
    }

    /// Reads the line; members that nobody knows are passed over.
    /// - Returns: `nil` if it is of another version.
    /// - Throws: `malformedLine` for a chain id that is no number.
    init?(_ json: JSON) throws(CassetteError) {
        guard json["cassette"]?.uint64 == 1 else { return nil }
        chainID = try CassetteLabel.number(json["chainId"], "chainId", 1).map { ChainID($0) }
        keeper = json["keeper"]?.string
        isRedacted = json["redacted"]?.bool ?? false
        if let first = json["from"]?.uint64, let last = json["to"]?.uint64 {
            range = RecordedRange(first: first, last: last, every: json["every"]?.string ?? "")
        }
    }

    var json: JSON {
        .object([
            "cassette": 1, "chainId": chainID.map { .integer($0.rawValue) }, "keeper": keeper.map { .string($0) },
            "from": range.map { .integer($0.first) }, "to": range.map { .integer($0.last) },
            "every": range.map { .string($0.every) }, "redacted": isRedacted ? true : nil,
        ])
    }
}

/// The blocks that a recording of the past is to cover.
public struct RecordedRange: Sendable, Hashable, CustomStringConvertible {
    /// Block numbers, both included.
    public var first: UInt64
    public var last: UInt64
    /// Which heads in it, as the recorder names it.
    public var every: String

    public init(first: UInt64, last: UInt64, every: String) {
        self.first = first
        self.last = last
        self.every = every
    }

    public var description: String { "blocks \(first) to \(last), every \(every)" }
}
