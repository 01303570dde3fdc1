/// The files of tests below some paths: `.json` files, those in folders, and those in tar archives, each packed with gzip or not. One file
/// is in memory at a time.
public struct TestFiles {
    public struct File: Sendable {
        /// What people call it; for a file inside an archive, its name there.
        public var name: String
        /// The same with the name of its archive, for errors.
        public var place: String
        public var bytes: [UInt8]
    }

    /// The most that one file may have, unpacked: the largest of the suites have a tenth.
    public static let fileLimit = 256 << 20

    /// What is still to be opened, the next one last.
    private var paths: [String]
    /// Of the archive that is being read.
    private var archive: (path: String, reader: TarReader)?

    /// - Throws: `ConformanceError` for a path that is not there.
    public init(_ paths: [String]) throws(ConformanceError) {
        var all: [String] = []
        for path in paths {
            guard try FolderListing.isFolder(path) else {
                all.append(path)
                continue
            }
            let files = try FolderListing.files(in: path, suffix: ".json")
            guard !files.isEmpty else { throw ConformanceError(file: path, problem: "there is no .json file in it") }
            all += files
        }
        self.paths = all.reversed()
    }

    /// The next file, `nil` at the end.
    /// - Throws: `ConformanceError` for what cannot be read, or is damaged.
    public mutating func next() throws(ConformanceError) -> File? {
        while true {
            if archive != nil {
                if let file = try nextOfArchive() { return file }
                archive = nil
            }
            guard let path = paths.popLast() else { return nil }
            let stream = try ByteStream(path: path)
            let first = try stream.next()
            if Self.isDocument(path, first) {
                return File(name: path, place: path, bytes: try Self.whole(first, stream))
            }
            archive = (path, TarReader(path, startingWith: first) { () throws(ConformanceError) in try stream.next() })
        }
    }

    /// Whether a file is a test itself: by its name, else because a document begins with a brace, and the header of an archive with the name of
    /// a file, or a zero.
    private static func isDocument(_ path: String, _ bytes: [UInt8]) -> Bool {
        if path.hasSuffix(".json") || path.hasSuffix(".json.gz") { return true }
        guard let first = bytes.first else { return true }
        return first == UInt8(ascii: "{") || first > 0 && first <= 0x20
    }

    private mutating func nextOfArchive() throws(ConformanceError) -> File? {
        guard let path = archive?.path, var reader = archive?.reader else { return nil }
        // The only holder of its buffer, lest it be copied.
        archive = nil
        while let entry = try reader.next() {
            guard entry.isFile, entry.name.hasSuffix(".json") else { continue }
            let bytes = try reader.content(of: entry, limit: Self.fileLimit)
            archive = (path, reader)
            return File(name: entry.name, place: "\(path): \(entry.name)", bytes: bytes)
        }
        return nil
    }

    private static func whole(_ first: [UInt8], _ stream: ByteStream) throws(ConformanceError) -> [UInt8] {
        var bytes = first
        while true {
            let piece = try stream.next()
            if piece.isEmpty { return bytes }
            bytes += piece
            guard bytes.count <= fileLimit else {
                throw ConformanceError(file: stream.path, problem: "more than \(fileLimit >> 20) MiB")
            }
        }
    }
}
