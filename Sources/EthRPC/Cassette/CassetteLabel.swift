internal import EthCodec
public import EthPrimitives

/// Where a line belongs, without looking at its exchange.
public struct CassetteLabel: Sendable, Hashable {
    public var block: UInt64?
    public var hash: BlockHash?
    /// Unix seconds of the block.
    public var time: UInt64?
    public var note: String?

    /// Note of the reads that a keeper is made with: they belong to no head.
    public static let setup = "setup"
    /// Note of logs and receipts that only verify.
    public static let evidence = "evidence"

    public init(block: UInt64? = nil, hash: BlockHash? = nil, time: UInt64? = nil, note: String? = nil) {
        self.block = block
        self.hash = hash
        self.time = time
        self.note = note
    }

    /// Reads a line as far as it takes.
    /// - Throws: `malformedLine` naming the line.
    init(parsing line: [UInt8], position: Int) throws(CassetteError) {
        let result: Result<Self, JSONError> = line.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            var label = Self()
            do throws(JSONError) {
                var isFirst = true
                while let name = try scanner.nextName(first: isFirst) {
                    isFirst = false
                    // Our own lines have their labels in front.
                    if name == "request", label.block != nil, label.hash != nil, label.time != nil { return .success(label) }
                    guard Self.names.contains(name) else {
                        _ = try scanner.skip()
                        continue
                    }
                    label.set(name, try scanner.value())
                }
                try scanner.end()
                return .success(label)
            } catch { return .failure(error) }
        }
        do { self = try result.get() } catch { throw CassetteError(.malformedLine, "line \(position): \(error)") }
    }

    private static let names: Set = ["block", "hash", "time", "note"]

    private mutating func set(_ name: String, _ value: JSON) {
        switch name {
        case "block": block = value.uint64
        case "time": time = value.uint64
        // A hash of another form labels nothing; lookups go by the requests themselves.
        case "hash": hash = value.string.flatMap { try? BlockHash(hex: $0) }
        default: note = value.string
        }
    }
}
