#if canImport(Glibc)
    import Glibc
#endif

/// Files that are replaced at once: a reader, and whoever comes after a crash, sees the old one or the new one.
enum FileReplacement {
    /// Replaces a file by bytes.
    /// - Returns: the new file, at its end.
    @discardableResult
    static func write(_ bytes: [UInt8], to path: String) throws(CassetteError) -> WritableFile {
        try replace(path) { (out) throws(CassetteError) in try out.write(bytes) }
    }

    /// Replaces a file by what is written to the new one.
    /// - Returns: the new file, at its end. Whoever goes on writing takes this one: it is locked already, and a second descriptor could not
    ///   have the lock while a process that is being started still holds a copy of the first.
    @discardableResult
    static func replace(
        _ path: String, _ body: (WritableFile) throws(CassetteError) -> Void
    ) throws(CassetteError) -> WritableFile {
        let temporary = "\(path).\(getpid()).tmp"
        unlink(temporary)
        let out = try WritableFile(creating: temporary, as: path)
        do throws(CassetteError) {
            try body(out)
            try out.synchronize()
            guard rename(temporary, path) == 0 else { throw ReadableFile.failure("cannot replace \(path)") }
            return out
        } catch {
            unlink(temporary)
            throw error
        }
    }
}
