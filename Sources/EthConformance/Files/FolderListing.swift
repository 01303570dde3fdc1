#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files below a folder.
enum FolderListing {
    /// Deeper than any suite; a loop of links ends there.
    private static let maximumDepth = 64

    /// `nil` if the path is no folder.
    /// - Throws: `ConformanceError` for a path that is not there.
    static func isFolder(_ path: String) throws(ConformanceError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { throw ByteStream.failure(path) }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// Paths of all files that end in `suffix`, in the order of their names.
    static func files(in folder: String, suffix: String, depth: Int = 0) throws(ConformanceError) -> [String] {
        guard depth < maximumDepth else { throw ConformanceError(file: folder, problem: "folders inside each other without end") }
        guard let directory = opendir(folder) else { throw ByteStream.failure(folder) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if !name.hasPrefix(".") { names.append(name) }
        }
        var files: [String] = []
        for name in names.sorted() {
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            if try isFolder(path) {
                files += try self.files(in: path, suffix: suffix, depth: depth + 1)
            } else if name.hasSuffix(suffix) {
                files.append(path)
            }
        }
        return files
    }
}
