#if canImport(Glibc)
    import Glibc
#endif

/// A recording that is made from the lines of another; it exists when it is whole.
final class CassetteCopy {
    private let path: String
    private var writer: CassetteWriter?

    init(_ path: String) { self.path = path }

    /// Creates the file, which must not exist yet.
    func begin(_ opening: CassetteOpening) throws(CassetteError) {
        writer = try CassetteWriter(path: path, opening: opening)
    }

    /// Adds a line as it stands. Without an opening line before it, it is of a recording that somebody else wrote.
    func append(_ line: [UInt8], _ label: CassetteLabel) throws(CassetteError) {
        if writer == nil { try begin(CassetteOpening(chainID: nil)) }
        try writer?.append(line, label)
    }

    func finish() throws(CassetteError) { try writer?.finish() }

    /// Removes what was written.
    func abandon() {
        guard writer != nil else { return }
        writer = nil
        unlink(path)
        unlink(CassetteIndex.path(of: path))
    }
}
