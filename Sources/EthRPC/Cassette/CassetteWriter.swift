internal import EthCodec
public import EthPrimitives
import Synchronization

/// Writes a recording: an opening line, exchanges, a closing line with their number and digest.
///
/// `.gz` files consist of gzip members of at most 256 lines, the closing line in one of its own. Each is on the disk before its line of
/// the index (`FILE.idx`) is written, so that after a crash at any byte what is whole can be read and continued, and the index never
/// says more than the file holds.
public final class CassetteWriter: Sendable {
    /// Lines in one gzip member.
    static let linesPerMember = 256

    private struct State: Sendable {
        var file: WritableFile?
        var index: WritableFile?
        /// Where the next member goes.
        var offset: UInt64 = 0
        var pending: [UInt8] = []
        var draft = CassetteMemberDraft()
        var framing = CassetteFraming()
        var position = 0
    }

    private let state: Mutex<State>
    private let compressed: Bool

    /// Creates the file, which must not exist yet, and writes the opening line. A path ending in `.gz` is compressed.
    public convenience init(path: String, chainID: ChainID) throws(CassetteError) {
        try self.init(path: path, opening: CassetteOpening(chainID: chainID))
    }

    /// Creates the file and writes the opening line.
    /// - Parameter replacing: takes the place of a file of which nothing is worth keeping.
    public init(path: String, opening: CassetteOpening, replacing: Bool = false) throws(CassetteError) {
        compressed = path.hasSuffix(".gz")
        var state = State()
        if replacing {
            state.file = try WritableFile(appendingTo: path)
            try state.file?.truncate(to: 0)
        } else {
            state.file = try WritableFile(creating: path)
        }
        if compressed { state.index = try Self.index(CassetteIndex(), path) }
        self.state = Mutex(state)
        try append(JSONWriter.bytes(of: opening.json), CassetteLabel())
    }

    /// Goes on with a recording.
    public init(_ continuation: CassetteContinuation) throws(CassetteError) {
        compressed = continuation.isCompressed
        var state = State()
        let cut = continuation.cut
        var file = try WritableFile(appendingTo: continuation.path)
        state.framing = cut.framing
        state.position = cut.lines
        var members = cut.members
        if compressed, !continuation.kept.isEmpty, !continuation.isRepeatable {
            // Nobody can record these lines again: they are in the old file or in the new one at every moment.
            let rewritten = try Self.rewrite(continuation)
            members.append(rewritten.last)
            state.draft = CassetteMemberDraft(after: rewritten.last)
            file = rewritten.file
        } else if compressed {
            state.pending = continuation.kept
            state.draft = cut.draft
        }
        state.offset = compressed ? members.last?.end ?? 0 : cut.offset
        try file.truncate(to: state.offset)
        state.file = file
        if compressed { state.index = try Self.index(CassetteIndex(members), continuation.path) }
        self.state = Mutex(state)
    }

    /// Puts the file's beginning with the kept lines as a member of their own in its place.
    private static func rewrite(
        _ continuation: CassetteContinuation
    ) throws(CassetteError) -> (last: CassetteMember, file: WritableFile) {
        let start = continuation.cut.members.last?.end ?? 0
        let bytes = try Gzip.compress(continuation.kept)
        let old = try ReadableFile(path: continuation.path)
        let file = try FileReplacement.replace(continuation.path) { (out) throws(CassetteError) in
            var offset: UInt64 = 0
            while offset < start {
                let piece = try old.read(at: offset, count: Int(min(1 << 20, start - offset)))
                guard !piece.isEmpty else { throw CassetteError(.unreadable, "\(continuation.path) became shorter") }
                try out.write(piece)
                offset += UInt64(piece.count)
            }
            try out.write(bytes)
        }
        return (
            continuation.cut.draft.member(offset: start, bytes: UInt64(bytes.count), checksum: Gzip.checksum(bytes)), file
        )
    }

    private static func index(_ index: CassetteIndex, _ path: String) throws(CassetteError) -> WritableFile {
        try FileReplacement.write(index.bytes, to: CassetteIndex.path(of: path))
    }

    /// Number of exchanges in the recording so far.
    public var count: Int { state.withLock { $0.framing.exchanges } }

    /// Adds one exchange: the requests and the response objects as they came.
    public func record(
        _ batch: [RPCRequest], _ responses: [RPCResponse], head: BlockHeader?, note: String? = nil
    ) throws(CassetteError) {
        try record([CassetteExchange(batch, responses, head: head, note: note)])
    }

    /// Adds exchanges that belong together.
    public func record(_ exchanges: [CassetteExchange]) throws(CassetteError) {
        for exchange in exchanges { try append(exchange.line, exchange.label) }
    }

    /// Writes what is pending, so that a crash does not lose it: of a compressed recording a member that is smaller than others.
    public func checkpoint() throws(CassetteError) { try suspend(closes: false) }

    /// Writes the closing line and closes the file.
    public func finish() throws(CassetteError) {
        try suspend(closes: false)
        let closing = state.withLock { CassetteClosing(exchanges: UInt64($0.framing.exchanges), digest: $0.framing.digest) }
        try append(JSONWriter.bytes(of: closing.json), CassetteLabel())
        try suspend()
    }

    /// Writes what is pending and closes the file without a closing line: it can be continued.
    public func suspend() throws(CassetteError) { try suspend(closes: true) }

    private func suspend(closes: Bool) throws(CassetteError) {
        try change { (state) throws(CassetteError) in
            try flush(&state)
            guard closes else { return }
            try state.file?.synchronize()
            try state.index?.synchronize()
            (state.file, state.index) = (nil, nil)
        }
    }

    /// Adds a line as it stands, without its line feed.
    func append(_ line: [UInt8], _ label: CassetteLabel) throws(CassetteError) {
        try change { (state) throws(CassetteError) in
            state.position += 1
            let kind = try state.framing.take(line, position: state.position)
            state.pending.append(contentsOf: line)
            state.pending.append(0x0A)
            state.draft.add(line, kind, label)
            if !compressed || state.draft.lines >= Self.linesPerMember { try flush(&state) }
        }
    }

    private func change(_ body: (inout State) throws(CassetteError) -> Void) throws(CassetteError) {
        let failure: CassetteError? = state.withLock { state in
            do throws(CassetteError) {
                try body(&state)
                return nil
            } catch { return error }
        }
        if let failure { throw failure }
    }

    private func flush(_ state: inout State) throws(CassetteError) {
        guard !state.pending.isEmpty else { return }
        guard let file = state.file else { throw CassetteError(.unreadable, "the recording is closed") }
        let bytes = compressed ? try Gzip.compress(state.pending) : state.pending
        do throws(CassetteError) { try file.write(bytes) } catch {
            // Half a member must not stand before the next one. If this fails too, whoever continues cuts it off.
            try? file.truncate(to: state.offset)  // see above
            throw error
        }
        if let index = state.index {
            try file.synchronize()
            let member = state.draft.member(
                offset: state.offset, bytes: UInt64(bytes.count), checksum: Gzip.checksum(bytes))
            try index.write(CassetteIndex.line(member))
            state.draft = CassetteMemberDraft(after: member)
        }
        state.offset += UInt64(bytes.count)
        state.pending.removeAll(keepingCapacity: true)
    }
}
