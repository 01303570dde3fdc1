#if canImport(Glibc)
    import Glibc
#endif

/// Reads a recording from its first byte to its last, a line at a time, in bounded memory.
///
/// Plain and compressed files read alike; of compressed ones it also tells where runs of gzip members end at the end of a line.
final class CassetteReader {
    /// What is unpacked at most, so that a file made to burst does not.
    struct Limits: Sendable {
        /// Bytes of one line.
        var line = 64 << 20
        /// Bytes of all lines.
        var total: UInt64 = 1 << 36
        /// From here on, a compressed file may not unpack to more than `ratio` times its size: recordings, whose hashes and prices do
        /// not compress, stay below 100.
        var trusted: UInt64 = 1 << 26
        var ratio: UInt64 = 250
    }

    /// One line.
    struct Line {
        /// Without its line feed.
        var bytes: [UInt8]
        /// From 1.
        var position: Int
        /// Where it stands in a plain file; in a compressed one, in the unpacked bytes.
        var offset: UInt64
        /// Whether a line feed ends it.
        var isComplete: Bool
    }

    enum Piece {
        case line(Line)
        /// Whole gzip members up to here held all lines since the one before.
        case member(end: UInt64)
    }

    private let file: ReadableFile
    private let limits: Limits
    private let inflater: Inflater?
    /// Where the next input comes from.
    private var offset: UInt64 = 0
    private var input: ArraySlice<UInt8> = []
    private var buffer: [UInt8] = []
    private var cursor = 0
    /// No line feed is before this.
    private var searched = 0
    private var unpacked: UInt64 = 0
    private var read: UInt64 = 0
    private var isInMember = false
    /// Whether zlib has more to give without any input.
    private var owesOutput = false
    /// The end of the member that was unpacked last, until somebody was told.
    private var memberEnd: UInt64?
    /// The end of the members that somebody was told of.
    private var told: UInt64 = 0
    private(set) var position = 0

    let isCompressed: Bool
    var size: UInt64 { file.size }

    convenience init(path: String, limits: Limits = Limits()) throws(CassetteError) {
        try self.init(ReadableFile(path: path), limits: limits)
    }

    init(_ file: ReadableFile, limits: Limits = Limits()) throws(CassetteError) {
        self.file = file
        self.limits = limits
        isCompressed = try file.read(at: 0, count: 2) == [0x1F, 0x8B]
        inflater = isCompressed ? try Inflater() : nil
    }

    /// Goes on at the member that begins at an offset.
    /// - Parameter lines: how many lines are before it.
    func jump(to offset: UInt64, lines: Int) {
        self.offset = offset
        told = offset
        position = lines
        (input, buffer, cursor, searched, memberEnd, isInMember, owesOutput) = ([], [], 0, 0, nil, false, false)
        inflater?.reset()
    }

    /// The next piece; `nil` at the end of the file.
    /// - Throws: `unreadable` where the bytes are no whole gzip member, `tooLarge` above a limit.
    func next() throws(CassetteError) -> Piece? {
        while true {
            if let end = lineFeed() { return .line(take(upTo: end, isComplete: true)) }
            if let end = memberEnd {
                memberEnd = nil
                if cursor == buffer.count { return member(end) }
            }
            guard try fill() else {
                if cursor < buffer.count { return .line(take(upTo: buffer.count, isComplete: false)) }
                return isCompressed && told < offset ? member(offset) : nil
            }
            guard buffer.count - cursor <= limits.line else {
                throw CassetteError(.tooLarge, "line \(position + 1): more than \(limits.line) bytes in one line")
            }
        }
    }

    private func member(_ end: UInt64) -> Piece {
        told = end
        return .member(end: end)
    }

    private func lineFeed() -> Int? {
        guard searched < buffer.count else { return nil }
        let found = buffer.withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress, let hit = memchr(base + searched, 0x0A, bytes.count - searched) else {
                return nil
            }
            return UnsafeRawPointer(hit) - base
        }
        searched = found ?? buffer.count
        return found
    }

    private func take(upTo end: Int, isComplete: Bool) -> Line {
        position += 1
        let start = unpacked - UInt64(buffer.count - cursor)
        let line = Line(bytes: Array(buffer[cursor..<end]), position: position, offset: start, isComplete: isComplete)
        cursor = min(buffer.count, end + 1)
        searched = cursor
        return line
    }

    /// Gets more bytes; `false` at the end of the file.
    private func fill() throws(CassetteError) -> Bool {
        if cursor > 0 {
            buffer.removeSubrange(..<cursor)
            searched -= cursor
            cursor = 0
        }
        let before = buffer.count
        if input.isEmpty, !owesOutput {
            input = try file.read(at: offset, count: 1 << 17)[...]
            read += UInt64(input.count)
            if input.isEmpty {
                guard !isInMember else { throw damage("not a complete gzip file: it ends", offset) }
                return false
            }
        }
        guard let inflater else {
            buffer.append(contentsOf: input)
            offset += UInt64(input.count)
            input = []
            try count(buffer.count - before)
            return true
        }
        isInMember = true
        owesOutput = false
        let (used, progress) = inflater.inflate(input, into: &buffer)
        input = input.dropFirst(used)
        offset += UInt64(used)
        try count(buffer.count - before)
        switch progress {
        case .more: owesOutput = true
        // All input is used up; zlib waits for more.
        case .needsInput where input.isEmpty: break
        case .needsInput: throw damage("not a complete gzip file: it stops", offset)
        case .memberEnded:
            isInMember = false
            inflater.reset()
            memberEnd = offset
        case .damaged(let status): throw damage("not a complete gzip file: damaged, zlib status \(status),", offset)
        }
        return true
    }

    private func damage(_ what: String, _ offset: UInt64) -> CassetteError {
        CassetteError(.unreadable, "\(what) at byte \(offset), after line \(position)")
    }

    private func count(_ more: Int) throws(CassetteError) {
        unpacked += UInt64(more)
        let allowed = isCompressed ? max(limits.trusted, read * limits.ratio) : .max
        guard unpacked <= min(limits.total, allowed) else {
            throw CassetteError(.tooLarge, "more than \(min(limits.total, allowed)) bytes when unpacked")
        }
    }
}
