#if canImport(Glibc)
    import Glibc
#endif

/// A recording that is made from the lines of another. It is written under a name of its own beside its place, and takes that place
/// when it is whole: whoever interrupts it leaves nothing that looks like a recording.
final class CassetteCopy {
    private let path: String
    private let temporary: String
    private var writer: CassetteWriter?

    init(_ path: String) {
        self.path = path
        temporary = "\(path).\(getpid()).tmp" + (path.hasSuffix(".gz") ? ".gz" : "")
    }

    /// Begins the file, whose place must be free.
    func begin(_ opening: CassetteOpening) throws(CassetteError) {
        guard access(path, F_OK) != 0 else { throw CassetteError(.unreadable, "cannot create \(path): file exists") }
        removeTemporary()
        writer = try CassetteWriter(path: temporary, opening: opening)
    }

    /// Adds a line as it stands. Without an opening line before it, it is of a recording that somebody else wrote.
    func append(_ line: [UInt8], _ label: CassetteLabel) throws(CassetteError) {
        if writer == nil { try begin(CassetteOpening(chainID: nil)) }
        try writer?.append(line, label)
    }

    func finish() throws(CassetteError) {
        try writer?.finish()
        // Unlike a renaming, a link replaces nothing.
        guard link(temporary, path) == 0 else { throw ReadableFile.failure("cannot create \(path)") }
        // An index is an aid: without it the recording is read from its beginning.
        rename(CassetteIndex.path(of: temporary), CassetteIndex.path(of: path))
        unlink(temporary)
        writer = nil
    }

    /// Removes what was written.
    func abandon() {
        guard writer != nil else { return }
        writer = nil
        removeTemporary()
    }

    private func removeTemporary() {
        unlink(temporary)
        unlink(CassetteIndex.path(of: temporary))
    }
}
