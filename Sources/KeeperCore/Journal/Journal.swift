public import EthCodec
public import EthPrimitives
import EthRPC
import FoundationEssentials
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Why the decision log cannot be kept.
public struct JournalError: Error, Sendable, CustomStringConvertible {
    public var description: String
    /// Another process keeps this log.
    public var isInUse = false
    public init(_ description: String) { self.description = description }
}

/// The decision log: newline-delimited JSON with sorted keys, each record with `prev`, the Keccak-256 hash of the line before it
/// (zero for the first). Later versions add fields, never another format.
public final class Journal: DecisionLog {
    private struct State {
        var descriptor: Int32?
        var chain = JournalChain()
        var count = 0
    }

    private let state: Mutex<State>

    public let keepsEvidence: Bool

    /// A log that is hashed but kept nowhere.
    public init() {
        state = Mutex(State(descriptor: nil))
        keepsEvidence = false
    }

    /// Opens or creates a file and goes on after its last line. A last line that a crash cut off is removed: it was never relied on.
    public init(path: String, keepsEvidence: Bool = false) throws(JournalError) {
        self.keepsEvidence = keepsEvidence
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw JournalError("cannot open the decision log \(path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            var error = JournalError("another process keeps the decision log \(path)")
            error.isInUse = true
            throw error
        }
        var state = State(descriptor: descriptor)
        let bytes: [UInt8]
        do { bytes = [UInt8](try Data(contentsOf: URL(filePath: path))) } catch {
            throw JournalError("cannot read the decision log \(path)")
        }
        let complete = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
        // Only what we began to write is ours to cut off: `{"` begins each of our lines.
        for start in [0, complete]
        where start < bytes.count && !bytes[start...].starts(with: "{\"".utf8.prefix(bytes.count - start)) {
            close(descriptor)
            throw JournalError("\(path) is no decision log: nothing was written to it")
        }
        if complete > 0 {
            let start = (bytes[..<(complete - 1)].lastIndex(of: 0x0A) ?? -1) + 1
            state.chain = JournalChain(digest: Keccak256.hash(Array(bytes[start..<(complete - 1)])))
            state.count = bytes[..<complete].count { $0 == 0x0A }
        }
        guard ftruncate(descriptor, complete) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
            throw JournalError("cannot write the decision log \(path): \(String(cString: strerror(errno)))")
        }
        self.state = Mutex(state)
    }

    deinit {
        state.withLock { state in
            guard let descriptor = state.descriptor else { return }
            // A process that is being started holds copies of all descriptors for a moment: closing ours would not release the log.
            flock(descriptor, LOCK_UN)
            close(descriptor)
        }
    }

    /// The hash of the newest line: it stands for all lines before it.
    public var digest: B256 { state.withLock { $0.chain.digest } }
    public var count: Int { state.withLock { $0.count } }

    /// Appends a record; `prev` is added.
    public func append(_ record: JSON) throws(JournalError) {
        let failed: JournalError? = state.withLock { state in
            // It goes on only when the line is written.
            var chain = state.chain
            let line = chain.link(record)
            if let descriptor = state.descriptor {
                let whole = line + [0x0A]
                let start = lseek(descriptor, 0, SEEK_CUR)
                let written = whole.withUnsafeBytes { write(descriptor, $0.baseAddress, whole.count) }
                guard written == whole.count else {
                    let problem = JournalError("cannot write the decision log: \(String(cString: strerror(errno)))")
                    // Half a line must not become the beginning of the next one.
                    if start >= 0, ftruncate(descriptor, start) == 0 { lseek(descriptor, start, SEEK_SET) }
                    return problem
                }
            }
            state.chain = chain
            state.count += 1
            return nil
        }
        if let failed { throw failed }
    }
}
