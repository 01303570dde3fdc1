#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files and standard input, read whole up to a limit: a device without end is no input.
enum FileInput {
    /// The most that a document may have: far above every transaction and interface.
    static let documentLimit = 64 << 20
    /// The most that a key file, a password or a mnemonic may have.
    static let secretLimit = 1 << 20

    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - name: what errors call it.
    /// - Throws: `OperationError` that names the file and what is wrong with it.
    static func bytes(_ path: String, as name: String? = nil, limit: Int = documentLimit) throws(OperationError) -> [UInt8] {
        let name = name ?? (path == "-" ? "standard input" : path)
        var out: [UInt8] = []
        try chunks(path, as: name) { (chunk) throws(OperationError) in
            guard out.count + chunk.count <= limit else { throw .badData("\(name) is longer than \(limit) bytes") }
            out.append(contentsOf: chunk)
        }
        return out
    }

    /// Hands the content over piece by piece, in constant memory.
    static func chunks(
        _ path: String, as name: String? = nil, _ body: (UnsafeRawBufferPointer) throws(OperationError) -> Void
    ) throws(OperationError) {
        let name = name ?? (path == "-" ? "standard input" : path)
        func failure(_ code: Int32) -> OperationError {
            .badData("cannot read \(name): \(String(cString: strerror(code)).lowercased())")
        }
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count == 0 { return }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(errno)
            }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
