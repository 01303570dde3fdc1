internal import EthCodec
public import EthPrimitives
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Writes a recording: an opening line, exchanges, a closing line with their number and digest. `.gz` files consist of gzip
/// members of at most 256 lines, so that a crash loses no more than the last member.
public final class CassetteWriter: Sendable {
    /// Lines in one gzip member.
    static let linesPerMember = 256

    private struct State {
        var descriptor: Int32
        var pending: [UInt8] = []
        var pendingLines = 0
        var exchanges = 0
        var digest = Keccak256()
    }

    private let state: Mutex<State>
    private let compressed: Bool

    /// Creates the file, which must not exist yet, and writes the opening line. A path ending in `.gz` is compressed.
    public init(path: String, chainID: ChainID) throws(CassetteError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CassetteError(.unreadable, "cannot create \(path): \(String(cString: strerror(errno)))")
        }
        compressed = path.hasSuffix(".gz")
        state = Mutex(State(descriptor: descriptor))
        try append(.object(["cassette": 1, "chainId": .integer(chainID.rawValue)]), counts: false)
    }

    deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

    /// Number of exchanges written so far.
    public var count: Int { state.withLock { $0.exchanges } }

    /// Adds one exchange: the requests and the response objects as they came.
    public func record(
        _ batch: [RPCRequest], _ responses: [RPCResponse], head: BlockHeader?, note: String? = nil
    ) throws(CassetteError) {
        var writer = JSONWriter()
        writer.writeRaw("{".utf8)
        if let head {
            writer.writeRaw("\"block\":\(head.number),\"hash\":\"\(head.hash)\",\"time\":\(head.timestamp),".utf8)
        }
        if let note {
            writer.writeRaw("\"note\":".utf8)
            writer.write(.string(note))
            writer.writeRaw(",".utf8)
        }
        writer.writeRaw("\"request\":".utf8)
        writer.writeRaw(RPCRequest.body(of: batch))
        writer.writeRaw(",\"response\":".utf8)
        if batch.count == 1, let only = responses.first {
            writer.writeRaw(only.raw)
        } else {
            writer.writeRaw("[".utf8)
            for (index, response) in responses.enumerated() {
                if index > 0 { writer.writeRaw(",".utf8) }
                writer.writeRaw(response.raw)
            }
            writer.writeRaw("]".utf8)
        }
        writer.writeRaw("}".utf8)
        try append(line: writer.bytes.filter { $0 != 0x0A && $0 != 0x0D }, counts: true)
    }

    /// Writes the closing line and closes the file.
    public func finish() throws(CassetteError) {
        let (count, digest) = state.withLock { ($0.exchanges, $0.digest.finalize()) }
        try append(.object(["end": .integer(count), "digest": .string(digest.description)]), counts: false)
        try flush()
        let descriptor = state.withLock { state in
            defer { state.descriptor = -1 }
            return state.descriptor
        }
        guard fsync(descriptor) == 0, close(descriptor) == 0 else {
            throw CassetteError(.unreadable, "cannot finish the recording: \(String(cString: strerror(errno)))")
        }
    }

    private func append(_ json: JSON, counts: Bool) throws(CassetteError) {
        try append(line: JSONWriter.bytes(of: json), counts: counts)
    }

    private func append(line: [UInt8], counts: Bool) throws(CassetteError) {
        let full = state.withLock { state in
            state.pending.append(contentsOf: line)
            state.pending.append(0x0A)
            state.digest.update(line)
            state.digest.update([0x0A])
            state.pendingLines += 1
            if counts { state.exchanges += 1 }
            return state.pendingLines == Self.linesPerMember || !compressed
        }
        if full { try flush() }
    }

    private func flush() throws(CassetteError) {
        let failure: CassetteError? = state.withLock { state in
            guard !state.pending.isEmpty else { return nil }
            do throws(CassetteError) {
                let bytes = compressed ? try Gzip.compress(state.pending) : state.pending
                try Self.writeAll(bytes, to: state.descriptor)
                state.pending.removeAll(keepingCapacity: true)
                state.pendingLines = 0
                return nil
            } catch { return error }
        }
        if let failure { throw failure }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(CassetteError) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + offset }, bytes.count - offset) }
            guard written > 0 else {
                throw CassetteError(.unreadable, "cannot write the recording: \(String(cString: strerror(errno)))")
            }
            offset += written
        }
    }
}
