internal import EthCodec

/// Finds the way to a value by its place in the bytes: slow, and only walked for an error's text.
enum FieldPath {
    /// The path, such as `result.logs[3].topics`, of the innermost value that begins at or before `offset` and ends behind it, and
    /// that value's text as far as an excerpt needs it.
    static func find(_ offset: Int, in bytes: UnsafeBufferPointer<UInt8>, root: String) -> (path: String, value: String) {
        var path = root
        var start = 0
        while let (step, range) = step(to: offset, from: start, in: bytes) {
            path += step
            start = range.lowerBound
        }
        let shown = bytes[min(start, bytes.count)...].prefix(4 * NodeText.limit)
        var scanner = JSONScanner(bytes, offset: start)
        // Damaged JSON has no extent: then what follows stands for it.
        let end = (try? scanner.skip())?.upperBound ?? shown.endIndex
        return (path, String(decoding: shown.prefix(max(0, end - shown.startIndex)), as: UTF8.self))
    }

    /// One step down, from the value at `start` to the member or element that holds `offset`; `nil` where there is none.
    private static func step(
        to offset: Int, from start: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> (step: String, range: Range<Int>)? {
        var scanner = JSONScanner(bytes, offset: start)
        guard let first = scanner.peek(), scanner.offset < offset else { return nil }
        // Damage ends the walk: the path so far is the answer.
        return try? first == UInt8(ascii: "{") ? member(to: offset, &scanner) : element(to: offset, &scanner, first)
    }

    private static func member(to offset: Int, _ scanner: inout JSONScanner) throws(JSONError) -> (String, Range<Int>)? {
        var isFirst = true
        while let name = try scanner.nextName(first: isFirst) {
            isFirst = false
            let range = try scanner.skip()
            if range.contains(offset) { return (".\(NodeText.excerpt(name))", range) }
        }
        return nil
    }

    private static func element(
        to offset: Int, _ scanner: inout JSONScanner, _ first: UInt8
    ) throws(JSONError) -> (String, Range<Int>)? {
        guard first == UInt8(ascii: "[") else { return nil }
        var index = 0
        while try scanner.nextElement(first: index == 0) {
            let range = try scanner.skip()
            if range.contains(offset) { return ("[\(index)]", range) }
            index += 1
        }
        return nil
    }
}
