/// Reads RLP (Ethereum yellow paper, appendix B) strictly: one value, in its only canonical form, with nothing behind it.
///
/// Safe on hostile bytes: every length is checked against what is left before anything is allocated, and nesting is bounded.
public enum RLPDecoder {
    /// Deeper than any structure of the protocol.
    public static let defaultMaximumDepth = 32
    /// Above any block or transaction of the protocol.
    public static let defaultMaximumBytes = 16 << 20

    /// Decodes the one value that `bytes` spell.
    public static func decode(
        _ bytes: [UInt8], maximumDepth: Int = defaultMaximumDepth, maximumBytes: Int = defaultMaximumBytes
    ) throws(RLPError) -> RLPItem {
        guard bytes.count <= maximumBytes else { throw .tooLong(bytes: bytes.count, maximum: maximumBytes) }
        var cursor = Cursor(bytes: bytes, position: 0, maximumDepth: maximumDepth)
        let item = try cursor.item(end: bytes.count, depth: 0)
        guard cursor.position == bytes.count else { throw .trailingBytes(count: bytes.count - cursor.position) }
        return item
    }

    /// Strings of one small byte, shared so that a list of them does not take many times its size.
    private static let singleBytes: [[UInt8]] = (0..<0x80).map { [$0] }

    private struct Cursor {
        let bytes: [UInt8]
        var position: Int
        let maximumDepth: Int

        /// The value at the cursor, which must end at or before `end`.
        mutating func item(end: Int, depth: Int) throws(RLPError) -> RLPItem {
            guard position < end else { throw .truncated(position: position) }
            let start = position
            let prefix = bytes[start]
            switch prefix {
            case 0..<0x80:
                position += 1
                return .bytes(RLPDecoder.singleBytes[Int(prefix)])
            case 0x80..<0xc0:
                let count = try length(prefix: prefix, short: 0x80, end: end)
                if count == 1, bytes[position] < 0x80 { throw .notCanonical(position: start) }
                let string = Array(bytes[position..<position + count])
                position += count
                return .bytes(string)
            default:
                let count = try length(prefix: prefix, short: 0xc0, end: end)
                guard depth < maximumDepth else { throw .tooDeep(maximum: maximumDepth) }
                let listEnd = position + count
                var items: [RLPItem] = []
                while position < listEnd { items.append(try item(end: listEnd, depth: depth + 1)) }
                return .list(items)
            }
        }

        /// Reads the header and returns the payload's length, which is known to fit before `end`.
        private mutating func length(prefix: UInt8, short: UInt8, end: Int) throws(RLPError) -> Int {
            let start = position
            position += 1
            let lengthOfLength = Int(prefix - short) - 55
            guard lengthOfLength > 0 else { return try fitting(UInt64(prefix - short), start: start, end: end) }
            guard lengthOfLength <= end - position else { throw missing(start, end) }
            guard bytes[position] != 0 else { throw .notCanonical(position: start) }
            var count: UInt64 = 0
            for byte in bytes[position..<position + lengthOfLength] { count = count << 8 | UInt64(byte) }
            position += lengthOfLength
            guard count >= 56 else { throw .notCanonical(position: start) }
            return try fitting(count, start: start, end: end)
        }

        private func fitting(_ count: UInt64, start: Int, end: Int) throws(RLPError) -> Int {
            guard count <= UInt64(end - position) else { throw missing(start, end) }
            return Int(count)
        }

        private func missing(_ start: Int, _ end: Int) -> RLPError {
            end == bytes.count ? .truncated(position: start) : .overrunsList(position: start)
        }
    }
}
