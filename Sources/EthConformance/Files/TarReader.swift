/// Reads tar archives (POSIX.1-1988 ustar, pax and GNU's long names) front to back, in the memory of one file.
///
/// Safe on hostile bytes: sizes are checked before anything is kept, names are only names, and nothing is ever written anywhere.
struct TarReader {
    /// Bytes one after the other; an empty piece is the end.
    typealias Source = () throws(ConformanceError) -> [UInt8]

    struct Entry {
        var name: String
        /// Bytes of its content.
        var size: Int
        var isFile: Bool
    }

    /// The most that a name may have.
    private static let nameLimit = 1 << 16
    private static let blockSize = 512

    private let archive: String
    private let source: Source
    private var piece: [UInt8] = []
    private var position = 0
    /// Of the archive, that lie behind.
    private(set) var offset = 0
    /// Bytes of the last entry's content, filled up to whole blocks, that were not read.
    private var pending = 0

    /// - Parameter archive: its name, for errors.
    init(_ archive: String, startingWith piece: [UInt8] = [], _ source: @escaping Source) {
        self.archive = archive
        self.source = source
        self.piece = piece
    }

    /// The next entry; `nil` at the end mark. What was not read of the one before is passed over.
    mutating func next() throws(ConformanceError) -> Entry? {
        var (longName, longSize): (String?, Int?) = (nil, nil)
        while true {
            try skip(pending)
            pending = 0
            let start = offset
            let block = try read(Self.blockSize, "a header")
            if block.allSatisfy({ $0 == 0 }) {
                try end()
                return nil
            }
            let header = try TarHeader(block, damaged(at: start))
            pending = (header.size + Self.blockSize - 1) / Self.blockSize * Self.blockSize
            switch header.kind {
            case .longName: longName = TarHeader.text(try content(header.size, limit: Self.nameLimit)[...])
            case .extended:
                let fields = try TarHeader.extended(content(header.size, limit: Self.nameLimit), damaged(at: start))
                longName = fields.path ?? longName
                longSize = fields.size ?? longSize
            case .ignored: continue
            case .file, .other:
                let size = longSize ?? header.size
                pending = (size + Self.blockSize - 1) / Self.blockSize * Self.blockSize
                return Entry(name: longName ?? header.name, size: size, isFile: header.kind == .file)
            }
        }
    }

    /// The content of the entry at hand.
    mutating func content(of entry: Entry, limit: Int) throws(ConformanceError) -> [UInt8] {
        try content(entry.size, limit: limit)
    }

    private mutating func content(_ size: Int, limit: Int) throws(ConformanceError) -> [UInt8] {
        guard size <= limit else { throw damaged(at: offset)("an entry of \(size) bytes, at most \(limit) are read") }
        let bytes = try read(size, "an entry")
        try skip(pending - size)
        pending = 0
        return bytes
    }

    /// Reads on to the end, so that damage there is found as well.
    private mutating func end() throws(ConformanceError) {
        while !piece.isEmpty || position == 0 {
            offset += piece.count - position
            piece = try source()
            position = 0
            if piece.isEmpty { return }
        }
    }

    private mutating func read(_ count: Int, _ what: String) throws(ConformanceError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            try refill(what)
            let part = min(count - bytes.count, piece.count - position)
            bytes.append(contentsOf: piece[position..<position + part])
            position += part
            offset += part
        }
        return bytes
    }

    private mutating func skip(_ count: Int) throws(ConformanceError) {
        var left = count
        while left > 0 {
            try refill("an entry")
            let part = min(left, piece.count - position)
            position += part
            offset += part
            left -= part
        }
    }

    private mutating func refill(_ what: String) throws(ConformanceError) {
        guard position == piece.count else { return }
        piece = try source()
        position = 0
        guard !piece.isEmpty else { throw damaged(at: offset)("it ends inside \(what)") }
    }

    private func damaged(at offset: Int) -> (String) -> ConformanceError {
        { [archive] problem in
            ConformanceError(file: archive, place: "byte \(offset)", problem: "not a complete tar archive: \(problem)")
        }
    }
}
