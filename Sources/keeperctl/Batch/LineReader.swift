/// Cuts a stream of bytes into lines, in memory bounded by the longest line that it takes.
struct LineReader {
    enum Line: Equatable {
        case whole(ArraySlice<UInt8>)
        /// A line beyond the limit: its bytes are thrown away.
        case tooLong
    }

    let maximumLength: Int
    private var pending: [UInt8] = []
    private var isSkipping = false

    init(maximumLength: Int) { self.maximumLength = maximumLength }

    /// The lines that these bytes complete.
    mutating func take(_ bytes: some Sequence<UInt8>) -> [Line] {
        let chunk = Array(bytes)
        var lines: [Line] = []
        var start = chunk.startIndex
        while let end = chunk[start...].firstIndex(of: 0x0A) {
            append(chunk[start..<end])
            lines.append(isSkipping ? .tooLong : .whole(pending[...]))
            pending = []
            isSkipping = false
            start = end + 1
        }
        append(chunk[start...])
        return lines
    }

    /// The last line, if it has no line break.
    mutating func finish() -> [Line] {
        defer {
            pending = []
            isSkipping = false
        }
        if isSkipping { return [.tooLong] }
        return pending.isEmpty ? [] : [.whole(pending[...])]
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard !isSkipping, pending.count + bytes.count <= maximumLength else {
            isSkipping = true
            pending = []
            return
        }
        pending += bytes
    }
}
