#if canImport(Glibc)
    import Glibc
#endif

/// Files that are replaced at once: a reader, and whoever comes after a crash, sees the old one or the new one.
enum FileReplacement {
    /// Replaces a file by bytes.
    static func write(_ bytes: [UInt8], to path: String) throws(CassetteError) {
        try replace(path) { (out) throws(CassetteError) in try out.write(bytes) }
    }

    /// Replaces a file by what is written to the new one.
    static func replace(_ path: String, _ body: (WritableFile) throws(CassetteError) -> Void) throws(CassetteError) {
        let temporary = "\(path).\(getpid()).tmp"
        unlink(temporary)
        let out = try WritableFile(creating: temporary)
        do throws(CassetteError) {
            try body(out)
            try out.synchronize()
            guard rename(temporary, path) == 0 else { throw ReadableFile.failure("cannot replace \(path)") }
        } catch {
            unlink(temporary)
            throw error
        }
    }
}
