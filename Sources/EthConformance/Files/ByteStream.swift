internal import EthRPC

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file's bytes piece by piece, unpacked if they are gzip (RFC 1952), whatever the file's name.
final class ByteStream {
    let path: String
    private let descriptor: Int32
    private var input: ArraySlice<UInt8> = []
    private var inflater: Inflater?
    /// Whether a gzip member has begun and not ended.
    private var isInsideMember = false
    private var isAtEnd = false
    /// Bytes of the file that were used.
    private var offset = 0

    private static let pieceSize = 1 << 17

    init(path: String) throws(ConformanceError) {
        self.path = path
        // A pipe without a writer would keep the opening waiting; files do not mind.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure(path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ConformanceError(file: path, problem: "it is no regular file")
        }
        try fill()
        guard input.starts(with: [0x1F, 0x8B] as [UInt8]) else { return }
        do throws(CassetteError) {
            inflater = try Inflater()
        } catch {
            throw ConformanceError(file: path, problem: "\(error)")
        }
        isInsideMember = true
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next bytes; none at the end.
    func next() throws(ConformanceError) -> [UInt8] {
        guard let inflater else {
            let piece = Array(input)
            offset += piece.count
            input = []
            if !piece.isEmpty { try fill() }
            return piece
        }
        var out: [UInt8] = []
        while out.isEmpty {
            if input.isEmpty { try fill() }
            if !isInsideMember {
                if input.isEmpty { return [] }
                inflater.reset()
                isInsideMember = true
            }
            guard !input.isEmpty || !isAtEnd else { throw damaged("it ends inside a member") }
            let (used, progress) = inflater.inflate(input, into: &out)
            input = input.dropFirst(used)
            offset += used
            switch progress {
            case .memberEnded: isInsideMember = false
            case .damaged: throw damaged("the compressed bytes are not what was written")
            case .more, .needsInput: break
            }
        }
        return out
    }

    private func damaged(_ problem: String) -> ConformanceError {
        ConformanceError(file: path, place: "byte \(offset)", problem: "not a complete gzip file: \(problem)")
    }

    private func fill() throws(ConformanceError) {
        guard !isAtEnd, input.isEmpty else { return }
        var problem = false
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            var got = read(descriptor, buffer.baseAddress, buffer.count)
            while got < 0, errno == EINTR { got = read(descriptor, buffer.baseAddress, buffer.count) }
            problem = got < 0
            count = max(0, got)
        }
        guard !problem else { throw Self.failure(path) }
        input = piece[...]
        isAtEnd = piece.isEmpty
    }

    static func failure(_ path: String) -> ConformanceError {
        ConformanceError(file: path, problem: "cannot read it: \(String(cString: strerror(errno)).lowercased())")
    }
}
