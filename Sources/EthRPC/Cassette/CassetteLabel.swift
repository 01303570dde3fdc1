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
        let result: Result<Values, JSONError> = line.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            var values = Values()
            do throws(JSONError) {
                var isFirst = true
                while let name = try scanner.nextName(first: isFirst) {
                    isFirst = false
                    // Our own lines have their labels in front.
                    switch name {
                    case "request" where values.block != nil && values.hash != nil && values.time != nil: return .success(values)
                    case "block": values.block = try scanner.value()
                    case "hash": values.hash = try scanner.value()
                    case "time": values.time = try scanner.value()
                    case "note": values.note = try scanner.value()
                    default: _ = try scanner.skip()
                    }
                }
                try scanner.end()
                return .success(values)
            } catch { return .failure(error) }
        }
        let values: Values
        do { values = try result.get() } catch { throw CassetteError(.malformedLine, "line \(position): \(error)") }
        block = try Self.number(values.block, "block", position)
        time = try Self.number(values.time, "time", position)
        // A hash of another form labels nothing; lookups go by the requests themselves.
        hash = values.hash?.string.flatMap { try? BlockHash(hex: $0) }
        note = values.note?.string
    }

    /// A number of a line: absent or `null`, it is none.
    static func number(_ value: JSON?, _ name: String, _ position: Int) throws(CassetteError) -> UInt64? {
        guard let value, value != .null else { return nil }
        guard let number = value.uint64 else {
            throw CassetteError(
                .malformedLine,
                "line \(position): expected \"\(name)\" to be a whole number below 2^64, got \(NodeText.excerpt(value.description))"
            )
        }
        return number
    }

    private struct Values {
        var block: JSON?
        var hash: JSON?
        var time: JSON?
        var note: JSON?
    }
}
